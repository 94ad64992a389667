/** How the cells of a pivot are shown: as they are, or as a share of one of the totals. */
export const SHARE_MODES = ["value", "total", "row", "column"];

/**
 * The group whose value is 100 % for a cell.
 *
 * @param {[any[], any[]]} groupId row and column of the cell
 * @param {string} mode one of SHARE_MODES but "value"
 */
export function baseGroup([row, column], mode) {
    return { total: [[], []], row: [row, []], column: [[], column] }[mode];
}

/**
 * @param {number|undefined} value
 * @param {number|undefined} base
 * @returns {number|undefined} a share, none without a base
 */
export function shareOf(value, base) {
    return value === undefined || !base ? undefined : value / base;
}

const LONGEST_SHEET_NAME = 31;

/** A title that an Excel sheet may have: without the characters that are forbidden there, and short enough. */
export function sheetName(title) {
    return (
        title
            .replace(/[[\]:*?/\\]/g, " ")
            .trim()
            .slice(0, LONGEST_SHEET_NAME)
            .trim() || "1"
    );
}
