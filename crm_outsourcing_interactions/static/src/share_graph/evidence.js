const BASE = "base_count:sum";
const OPEN = "open_count:sum";
const OF_IMPROVEMENT = [BASE, "improvement_low:avg", "improvement_high:avg", OPEN];
const OF_ADDITIONAL = [BASE, "additional_low:avg", "additional_high:avg", OPEN];

/** Count behind a measure that does not add up, and its bounds if any. */
const EVIDENCE = {
    "crm.interaction": {
        improvement_ratio: OF_IMPROVEMENT,
        improvement_low: OF_IMPROVEMENT,
        improvement_high: OF_IMPROVEMENT,
        additional_ratio: OF_ADDITIONAL,
        additional_low: OF_ADDITIONAL,
        additional_high: OF_ADDITIONAL,
        open_share: ["__count"],
    },
    "crm.interaction.indicator": {
        percent: ["n:max"],
        number: ["n:max"],
        value: ["n:max"],
    },
};

/**
 * Aggregates of the server with count and bounds of a measure.
 *
 * @param {string} resModel
 * @param {string} measure
 * @returns {string[]} of n, of the least, of the most and of what is to review; none where nothing is known
 */
export function evidenceOf(resModel, measure) {
    return EVIDENCE[resModel]?.[measure] || [];
}
