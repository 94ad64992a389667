import { _t } from "@web/core/l10n/translation";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { mayClassify } from "../tagging/interaction_types";

import { Component, onWillStart, reactive, useState } from "@odoo/owl";

const QUEUES = {
    mine: "crm_outsourcing_interactions.crm_interaction_action_review",
    team: "crm_outsourcing_interactions.crm_interaction_action_review_team",
    waiting: "crm_outsourcing_interactions.crm_interaction_matter_action_us",
};

/** Open the card to log an interaction outside Odoo, with the client of the document on the screen. */
export const quickLogService = {
    dependencies: ["action", "command", "orm"],
    start(env, { action, command, orm }) {
        const card = reactive({ number: 0, values: false });
        const show = (values) => Object.assign(card, { number: card.number + 1, values });
        const open = async () => {
            const { resModel, resId } = action.currentController?.props || {};
            const args = [resModel || false, resId || false];
            show(await orm.silent.call("crm.interaction", "quick_log_defaults", args));
        };
        /** Complete the call on a document that was just marked as done, if it was logged. */
        const openCall = async (model, resId) => {
            const call = await orm.silent.call("crm.interaction", "logged_call", [model, resId]);
            if (call) {
                show(call);
            }
        };
        if (mayClassify()) {
            command.add(_t("Log an interaction with a client"), open, { category: "app", global: true });
        }
        return { card, show, open, openCall, close: () => (card.values = false) };
    },
};
registry.category("services").add("interaction_quick_log", quickLogService);

registry.category("actions").add("interaction_quick_log", (env, { params }) => {
    env.services.interaction_quick_log.show(params);
});

/** Show the numbers of interactions to review and of matters that wait for us, and the menu to log an interaction. */
export class InteractionSystray extends Component {
    static template = "crm_outsourcing_interactions.InteractionSystray";
    static components = { Dropdown, DropdownItem };
    static props = {};

    setup() {
        this.action = useService("action");
        this.review = useService("interaction_review");
        this.quickLog = useService("interaction_quick_log");
        this.matters = useService("interaction_matters");
        this.counts = useState(this.review.counts);
        this.waiting = useState(this.matters.counts);
        onWillStart(() => {
            this.load(); // the page does not wait for it
        });
    }

    load() {
        this.review.load();
        this.matters.start();
    }

    openQueue(name) {
        this.action.doAction(QUEUES[name], { clearBreadcrumbs: true });
    }
}

if (mayClassify()) {
    registry
        .category("systray")
        .add("crm_outsourcing_interactions.systray", { Component: InteractionSystray }, { sequence: 24 });
}
