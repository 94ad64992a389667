import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { addDecisionNotice } from "../decision_notice/decision_notice";
import { asThisPage } from "../tagging/interaction_review";

/**
 * @typedef {Object} MatterState `crm.interaction.matter_state`, also in the badge
 * @property {string|null} mark what a person said of the interaction
 * @property {Object|null} matter
 * @property {Object|null} proposed the matter to which it may belong
 */

const OURS = [
    { key: "a", value: "acknowledgement", name: _t("Acknowledgement") },
    { key: "q", value: "question_back", name: _t("Question Back") },
];
const OPEN = [
    { key: "i", value: "no_answer", name: _t("Needs No Answer") },
    { key: "e", value: "elsewhere", name: _t("Answered Elsewhere") },
    { key: "w", value: "withdrawn", name: _t("Withdrawn") },
];
const PROPOSED = [
    { key: "l", decision: "accept", name: _t("Link") },
    { key: "d", decision: "refuse", name: _t("Do Not Link") },
];
const SPLIT = { key: "s", decision: "split", name: _t("Split Off") };
const MERGE = { key: "m", name: _t("Merge with…") };
const MERGE_DIALOG = "crm_outsourcing_interactions.crm_interaction_matter_merge_action";
const UNMARK = { key: "b", value: false, name: _t("Undo Decision") };

/**
 * The decisions that fit an interaction, each with its key.
 *
 * @param {string} direction of the interaction
 * @param {MatterState} [state]
 */
export function offeredDecisions(direction, { mark, matter, proposed } = {}) {
    const ofMatter = matter ? (mark ? [UNMARK] : marksOf(direction, matter)) : [];
    const merge = matter ? [{ ...MERGE, merged: matter.id }] : [];
    return [...(proposed ? PROPOSED : []), ...ofMatter, ...(matter?.count > 1 ? [SPLIT] : []), ...merge];
}

function marksOf(direction, matter) {
    const isAsked = direction === "incoming" ? isOpen(matter) : matter.waiting === "client";
    return [...(direction === "outgoing" && matter.count > 1 ? OURS : []), ...(isAsked ? OPEN : [])];
}

/** Whether somebody has to move in a matter, or perhaps has. */
export function isOpen({ waiting, perhaps }) {
    return waiting !== "nobody" || perhaps;
}

/**
 * Decide about the matter of interactions; show the new numbers and offer to undo it.
 *
 * @param {Object} env whose services outlive a popover
 * @param {number[]} ids of the interactions
 * @param {Object} choice one of `offeredDecisions`
 * @param {Function} reload called when the screen has to show what changed
 * @returns {Promise<Function|undefined>} undoes it; nothing for a merge, whose dialog goes its own way
 */
export async function decideMatter(env, ids, choice, reload) {
    if (choice.merged) {
        const additionalContext = { default_matter_id: choice.merged, interaction_merge_here: true };
        return void env.services.action.doAction(MERGE_DIALOG, { additionalContext, onClose: reload });
    }
    const { decision = "mark", value = null, name } = choice;
    const { undo, counts } = await env.services.orm.call(
        "crm.interaction",
        "decide_matter",
        [ids, decision, value],
        asThisPage,
    );
    env.services.interaction_matters.show(counts);
    const takeBack = () => undoDecision(env, ids, undo, reload);
    notify(env, name, takeBack);
    await reload();
    return takeBack;
}

async function undoDecision(env, ids, undo, reload) {
    const args = [ids, undo];
    const { counts } = await env.services.orm.call("crm.interaction", "undo_matter", args, asThisPage);
    env.services.interaction_matters.show(counts);
    await reload();
    return {};
}

function notify(env, message, takeBack) {
    addDecisionNotice(env.services.notification, message, [[_t("Undo"), takeBack]]);
}

/** What a button on a form decided: say so, offer to undo it, and show the form anew. */
function matterDecided(env, { params }) {
    const { message, ids, undo, next } = params;
    const reload = () => env.services.action.doAction({ type: "ir.actions.client", tag: "soft_reload" });
    notify(env, message, () => undoDecision(env, ids, undo, reload));
    env.services.interaction_matters.reload();
    return next || { type: "ir.actions.client", tag: "soft_reload" };
}

registry.category("actions").add("interaction_matter_decided", matterDecided);
