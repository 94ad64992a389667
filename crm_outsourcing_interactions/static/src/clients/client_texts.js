import { deserializeDate } from "@web/core/l10n/dates";
import { formatPercentage } from "@web/views/fields/formatters";

const { DateTime } = luxon;

export function percent(share) {
    return formatPercentage(share, { digits: [false, share < 0.1 ? 1 : 0] });
}

/** Two shares with one sign, e.g. "2.4–7.5%". */
export function between(low, high) {
    return `${percent(low).replace(/\s*%/, "")}–${percent(high)}`;
}

/**
 * Some months up to one, e.g. "Sep – Nov".
 *
 * @param {string|undefined} last first day of the last month
 * @param {number} length number of months, 0 if a value has no period
 * @param {Object} [more] options of the format, e.g. `{ year: "numeric" }`
 * @returns {string}
 */
export function periodText(last, length, more = {}) {
    if (!last || !length) {
        return "";
    }
    const end = deserializeDate(last);
    const start = end.minus({ months: length - 1 });
    const format = new Intl.DateTimeFormat(DateTime.now().locale, { month: "short", ...more });
    return format.formatRange(start.toJSDate(), end.toJSDate());
}

/** Time since a moment in its largest unit, e.g. "3 d". */
export function durationText(since) {
    const hours = Math.max(Math.floor(DateTime.now().diff(since, "hours").hours), 0);
    const [number, unit] = hours < 48 ? [hours, "hour"] : [Math.floor(hours / 24), "day"];
    return new Intl.NumberFormat(DateTime.now().locale, {
        style: "unit",
        unit,
        unitDisplay: "narrow",
    }).format(number);
}
