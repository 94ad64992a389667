import { _t } from "@web/core/l10n/translation";

/**
 * The list of some corrective actions taken.
 *
 * @param {number[]} ids
 * @returns {Object} an action
 */
export function takenActions(ids) {
    return {
        type: "ir.actions.act_window",
        name: _t("Actions Taken"),
        res_model: "crm.interaction.taken.action",
        views: [
            [false, "list"],
            [false, "kanban"],
        ],
        domain: [["id", "in", ids]],
    };
}
