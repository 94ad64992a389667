import { Domain } from "@web/core/domain";

const PERIOD = ["date", "month", "active"];
const CLIENT = "commercial_partner_id";

/**
 * Whose interactions a domain selects, all of them in its period.
 *
 * @param {Array} domain
 * @returns {number|false|undefined} the client's id, `false` for all clients; none where it selects only some of them,
 *   so that no target applies
 */
export function subjectOf(domain) {
    const terms = new Domain(domain).toList({});
    if (terms.includes("!")) {
        return undefined;
    }
    const others = terms.filter((term) => Array.isArray(term) && !PERIOD.includes(term[0]));
    if (!others.length) {
        return false;
    }
    const [[name, operator, value]] = others;
    const isOneClient = others.length === 1 && name === CLIENT && operator === "=" && Number.isInteger(value);
    return isOneClient ? value : undefined;
}

/**
 * Whether a group of a date is not over yet.
 *
 * @param {string} groupBy such as "month:month"
 * @param {string|false|undefined} first day of the group
 */
export function isRunning(groupBy, first) {
    const interval = groupBy?.split(":")[1];
    const start = luxon.DateTime.fromISO(first || "");
    const now = luxon.DateTime.now();
    return Boolean(interval && start.isValid && start <= now && now < start.plus({ [interval]: 1 }));
}
