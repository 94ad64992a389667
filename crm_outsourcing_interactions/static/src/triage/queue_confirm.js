import { _t } from "@web/core/l10n/translation";
import { sprintf } from "@web/core/utils/strings";
import { plural } from "../measures/plurals";
import { lacksOpinion } from "../tagging/interaction_types";
import { linesOf } from "./queue_rows";

const asksOpinion = ({ data }) => lacksOpinion(data.type_id?.id, data.polarity);
const isSuggestion = ({ data }) => Boolean(data.type_id) && !data.unknown_sender;

/** Whether the type of a line can be confirmed as it is: a client's opinion only as a complaint or as praise. */
export function isConfirmable(record) {
    return isSuggestion(record) && !asksOpinion(record);
}

/** The choices between complaint and praise that the targets of the keys leave open. */
export function askedOpinions({ targets, offered }) {
    const isAsked = targets.length === 1 && isSuggestion(targets[0]) && asksOpinion(targets[0]);
    return isAsked ? offered.filter(({ id }) => id === targets[0].data.type_id.id) : [];
}

/** Confirm those of the targets that have a type; the others stay selected. */
export async function confirmTargets(renderer) {
    const { targets, decisions } = renderer;
    const idsOf = (records) => records.map(({ resId }) => resId);
    const left = idsOf(targets.filter((record) => !isConfirmable(record)));
    if (left.length === targets.length) {
        decisions.asked = targets.every(asksOpinion) ? _t("Complaint or praise?") : _t("Choose a type first");
        return;
    }
    await decisions.tag(idsOf(targets.filter(isConfirmable)), { state: "confirmed" });
    // the model has the lines that were just read, the view not yet
    const lines = linesOf(renderer.props.list.model.root);
    const kept = lines.filter(({ resId }) => left.includes(resId));
    await Promise.all(kept.map((record) => record.toggleSelection(true)));
    if (left.length) {
        decisions.done = _t("%(done)s; %(n)s stay selected: choose their type", {
            done: decisions.done,
            n: left.length,
        });
    }
}

/** How many lines the keys are for, if some are selected. */
export function selectedText({ triageRecords }) {
    const n = triageRecords.filter(({ selected }) => selected).length;
    return n
        ? sprintf(
              plural(_t("%(n)s selected – the keys apply to it|%(n)s selected – the keys apply to all"), n),
              { n },
          )
        : "";
}
