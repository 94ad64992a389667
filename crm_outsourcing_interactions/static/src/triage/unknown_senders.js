import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

import { onWillStart, useState } from "@odoo/owl";

const WAITING = [
    ["unknown_sender", "!=", false],
    ["state", "=", "to_review"],
    ["active", "=", false],
];
const DONE = {
    action_new_client: _t("The sender is a new client"),
    action_never_client: _t("Messages from this address will never be interactions"),
    action_other_client: _t("Assigned to another client"),
};
const ACTION = "crm_outsourcing_interactions.crm_interaction_action_unknown_senders";

/**
 * Unknown senders: one line above the queues, and what may be said of them in their own list, which shows addresses.
 *
 * @param {Object} list of the view
 */
export function useUnknownSenders(list) {
    const orm = useService("orm");
    const actions = useService("action");
    const unknownSenders = useState({
        count: 0,
        open: () => actions.doAction(ACTION),
        /** Call a method that says who the senders are, perhaps by a dialog; return what was done, in words. */
        async decide(name, ids) {
            const reload = () => list.model.load();
            const dialog = await orm.call("crm.interaction", name, [ids]);
            await (dialog?.type ? actions.doAction(dialog, { onClose: reload }) : reload());
            return dialog?.type ? "" : String(DONE[name] || "");
        },
    });
    onWillStart(async () => {
        if (!("unknown_sender" in list.activeFields)) {
            unknownSenders.count = await orm.silent.searchCount("crm.interaction", WAITING);
        }
    });
    return unknownSenders;
}

/** @returns {Object} what the keys do that say whose message it is: a client's (c), a new one's (n), another one's (o), nobody's (g) */
export function clientKeys(renderer) {
    const { canChangeClient, isUnknownSender } = renderer;
    return {
        c: isUnknownSender && (() => renderer.decide("action_this_is_client")),
        n: isUnknownSender && (() => renderer.decide("action_new_client")),
        g: isUnknownSender && (() => renderer.decide("action_never_client")),
        o: canChangeClient && (() => renderer.decide("action_other_client")),
    };
}
