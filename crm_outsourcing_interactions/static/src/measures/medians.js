import { _t } from "@web/core/l10n/translation";
import { sprintf } from "@web/core/utils/strings";
import { formatFloatTime } from "@web/views/fields/formatters";

const DUE = "due_count,late_count,in_time".split(",");

/** Whether a measure is a median, of which the server also gives the largest possible value. */
export function isMedian(measure, fields) {
    return fields[measure]?.aggregator === "median";
}

/** The aggregate with the largest value that a median can have. */
export function mostOf(measure, fields) {
    return isMedian(measure, fields) && fields[`${measure}_most`] ? `${measure}_most:median` : undefined;
}

/**
 * A median in words: where unanswered questions decide, it lies in a range, or is only known to be more.
 *
 * @param {number|false|undefined} least
 * @param {number|false|undefined} most
 */
export function medianText(least, most) {
    if (least === undefined || least === false || least === null) {
        return "";
    }
    const text = formatFloatTime(least);
    if (least === most) {
        return text;
    }
    return most ? `${text}–${formatFloatTime(most)}` : sprintf(_t("more than %s"), text);
}

/** What is known of a median beyond its least value. */
export function medianHelp(least, most) {
    if (least === most) {
        return "";
    }
    return most
        ? _t("Depends on how long the open questions still take")
        : _t("Half of the questions or more are unanswered");
}

/** The records behind a measure, within those of its group. */
export function evidenceDomain(measure) {
    const [prefix, ...rest] = measure.split("_");
    const name = rest.join("_");
    if (measure === "reopened") {
        return [["reopened", ">", 0]];
    }
    if (!["our", "their"].includes(prefix)) {
        return [];
    }
    if (name === "late_count") {
        return [[`${prefix}_state`, "=", "late"]];
    }
    return DUE.includes(name)
        ? [[`${prefix}_state`, "in", ["in_time", "late"]]]
        : [[`${prefix}_asked_on`, "!=", false]];
}
