import { _t } from "@web/core/l10n/translation";
import { sprintf } from "@web/core/utils/strings";
import { formatInteger, formatPercentage } from "@web/views/fields/formatters";

import { plural } from "./plurals";

/**
 * The aggregates between whose values a ratio lies, and how much awaits review, if the model has them.
 *
 * @param {string} measure
 * @param {Object} fields
 * @returns {{low: string, high: string, open: string, base: string}|undefined}
 */
export function rangeOf(measure, fields) {
    const [role, end] = measure.split(/_(?=ratio$)/);
    return end && fields[`${role}_low`] && fields[`${role}_high`] && fields.open_count
        ? {
              low: `${role}_low:avg`,
              high: `${role}_high:avg`,
              open: "open_count:sum",
              base: "base_count:sum",
          }
        : undefined;
}

export function percent(share) {
    return formatPercentage(share, { digits: [false, 1], trailingZeros: true });
}

/** A number of interactions to review in words. */
export function toReviewText(n) {
    return _t("%s to review", formatInteger(n));
}

/**
 * Text beside a value: its range and one word for its certainty, or the word alone. A range of 100 % or more excludes
 * nothing: what is to review stands instead.
 *
 * @param {{low: number, high: number, open: number}} range
 * @param {(value: number) => string} format
 */
export function rangeText({ low, high, open }, format = percent) {
    if (open && high - low >= 1 && format === percent) {
        return toReviewText(open);
    }
    const word = _t("bounds"); // a term inside a template literal is not found by the list of terms
    return open ? `${format(low)}–${format(high)} · ${word}` : _t("exact");
}

/** A number of interactions in words. */
export function interactionsText(n) {
    return sprintf(plural(_t("%(n)s interaction|%(n)s interactions"), n), { n: formatInteger(n) });
}
