import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

/** The items of a menu without *Delete* where Odoo captured all of the records: the model refuses to delete these. */
function withoutVainDelete(items, getRecords) {
    const isAvailable = () => items.delete.isAvailable() && getRecords().some(({ data }) => !data.event);
    return { ...items, delete: { ...items.delete, isAvailable } };
}

/** List of interactions, in which *Delete* is for those logged by hand. */
export class InteractionListController extends ListController {
    getStaticActionMenuItems() {
        return withoutVainDelete(super.getStaticActionMenuItems(), () => this.model.root.selection);
    }
}

/** Form of an interaction, in which *Delete* is for one logged by hand. */
class InteractionFormController extends FormController {
    getStaticActionMenuItems() {
        return withoutVainDelete(super.getStaticActionMenuItems(), () => [this.model.root]);
    }
}

registry.category("views").add("interaction_list", { ...listView, Controller: InteractionListController });
registry.category("views").add("interaction_form", { ...formView, Controller: InteractionFormController });
