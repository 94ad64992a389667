import { deserializeDate } from "@web/core/l10n/dates";
import { memoize } from "@web/core/utils/functions";
import { formatPercentage } from "@web/views/fields/formatters";

const { DateTime } = luxon;
const MONTH = { month: "short" };

// Making one takes longer than all else of a figure.
const monthFormat = memoize((locale) => new Intl.DateTimeFormat(locale, MONTH));
const yearFormat = memoize((locale) => new Intl.DateTimeFormat(locale, { ...MONTH, year: "numeric" }));
const hourFormat = memoize((locale) => durationFormat(locale, "hour"));
const dayFormat = memoize((locale) => durationFormat(locale, "day"));

function durationFormat(locale, unit) {
    return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "narrow" });
}

export function percent(share) {
    return formatPercentage(share, { digits: [false, share < 0.1 ? 1 : 0] });
}

/** Two shares with one sign, e.g. "2.4–7.5%". */
export function between(low, high) {
    return `${percent(low).replace(/\s*%/, "")}–${percent(high)}`;
}

/** The range of a value that is not exact; none where it excludes nothing. */
export function shortRange({ low, high, open }) {
    const isWide = open && high - low >= 1;
    return low === high || isWide ? "" : between(low, high);
}

/**
 * Some months up to one, e.g. "Sep – Nov".
 *
 * @param {string|undefined} last first day of the last month
 * @param {number} length number of months, 0 if a value has no period
 * @param {boolean} [hasYear] whether the year is named
 * @returns {string}
 */
export function periodText(last, length, hasYear = false) {
    if (!last || !length) {
        return "";
    }
    const end = deserializeDate(last);
    const start = end.minus({ months: length - 1 });
    const format = (hasYear ? yearFormat : monthFormat)(end.locale);
    return format.formatRange(start.toJSDate(), end.toJSDate());
}

/** The number of months from one to another, both given by their first day and included. */
export function monthsBetween(first, last) {
    return Math.round(deserializeDate(last).diff(deserializeDate(first), "months").months) + 1;
}

/** Time since a moment in its largest unit, e.g. "3 d". */
export function durationText(since) {
    const now = DateTime.now();
    const hours = Math.max(Math.floor(now.diff(since, "hours").hours), 0);
    return hours < 48
        ? hourFormat(now.locale).format(hours)
        : dayFormat(now.locale).format(Math.floor(hours / 24));
}
