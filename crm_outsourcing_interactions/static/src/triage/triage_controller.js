import { ListController } from "@web/views/list/list_controller";

/** What was classified several at a time leaves the list, as what the keys classify does. */
export class TriageListController extends ListController {
    get modelParams() {
        const params = super.modelParams;
        return { ...params, hooks: { ...params.hooks, onSavedMulti: () => this.model.load() } };
    }
}
