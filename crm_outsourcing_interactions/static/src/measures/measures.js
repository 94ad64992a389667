import { _t } from "@web/core/l10n/translation";

const ADDITIVE = ["sum", "count", "count_distinct"];
const FIXES_THE_KIND = ["kind_id", "type_id"];

/** Only what can be added up has shares: not a ratio, not an average. */
export function isAdditive(measure, fields) {
    return measure === "__count" || ADDITIVE.includes(fields[measure]?.aggregator);
}

/** Whether a measure counts interactions or purposes. */
export function isCount(measure) {
    return ["__count", "interaction_count"].includes(measure);
}

/** A measure computed from counts of several kinds, after aggregation. */
export function isRatio(measure, fields) {
    return fields[measure]?.aggregator === "avg" && !fields[measure].store;
}

/** Inside one kind or type, a ratio between kinds is meaningless. */
export function fixesTheKind(groupBy) {
    return FIXES_THE_KIND.includes(groupBy.split(":")[0]);
}

/** Call records by their name: matters, and purposes beside the measure Interactions. */
export function nameTheCount(measures, fields) {
    const isMatters = Boolean(fields.interactions_per_matter);
    if (measures.__count && (isMatters || fields.interaction_count)) {
        measures.__count = { ...measures.__count, string: isMatters ? _t("Matters") : _t("Purposes") };
    }
}

const OPEN = {
    __count: "open_count:sum",
    interaction_count: "open_interaction_count:sum",
    duration: "open_duration:sum",
};

/** Aggregate of the part of a measure to review, if the model has one. */
export function openOf(measure, fields) {
    return fields.open_count && OPEN[measure];
}
