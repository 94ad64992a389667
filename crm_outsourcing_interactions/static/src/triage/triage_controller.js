import { InteractionListController } from "../interaction_form/captured";

/** Event of the model: the buttons above the list do what the keys do, with notice and *Undo*. */
export const DECIDE = "QUEUE_DECIDE";
const DECISIONS = { action_confirm: "confirm", action_ignore: "ignore" };

/** Of a page, what the user may not read comes last. */
export function withUnreadableLast(params) {
    const onRootLoaded = (root) => {
        const isHidden = ({ data }) => Boolean(data.is_document_hidden);
        root.isGrouped || root.records.sort((one, other) => isHidden(one) - isHidden(other));
        return params.hooks?.onRootLoaded?.(root);
    };
    return { ...params, hooks: { ...params.hooks, onRootLoaded } };
}

/** What was classified several at a time leaves the list, as what the keys classify does. */
export class TriageListController extends InteractionListController {
    get modelParams() {
        const params = withUnreadableLast(super.modelParams);
        return { ...params, hooks: { ...params.hooks, onSavedMulti: () => this.model.load() } };
    }

    async beforeExecuteActionButton({ name }) {
        if (name in DECISIONS && !this.model.root.isDomainSelected) {
            this.model.bus.trigger(DECIDE, DECISIONS[name]);
            return false;
        }
        return super.beforeExecuteActionButton(...arguments);
    }
}
