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

/**
 * The least and the most that the share of a kind can be: only what is reviewed counts, or everything to review as well.
 *
 * @param {{n: number, toReview: number, open: number, total: number}} counts of the kind, of it to review, to review of
 *   all kinds, of all
 * @returns {Object|undefined} the counts with `low` and `high`, none without a total
 */
export function shareBounds(counts) {
    const { n, toReview, open, total } = counts;
    return total
        ? { ...counts, low: (n - toReview) / total, high: (n - toReview + open) / total }
        : undefined;
}

/**
 * The mode that a search asks for. A favourite's mode holds until another one is chosen by hand; what comes
 * after it and names none, shows values again.
 *
 * @param {{shareMode?: string, askedMode?: string}} metaData
 * @param {string|undefined} asked `pivot_share_mode` of the context
 */
export function nextMode({ shareMode = "value", askedMode }, asked) {
    if (asked === askedMode) {
        return shareMode;
    }
    return SHARE_MODES.includes(asked) ? asked : "value";
}

const LONGEST_SHEET_NAME = 31;

/** A title that an Excel sheet may have: without the characters that are forbidden there, and short enough. */
export function sheetName(title) {
    const allowed = String(title)
        .replace(/[[\]:*?/\\]/g, " ")
        .slice(0, LONGEST_SHEET_NAME);
    return allowed.replace(/^['\s]+|['\s]+$/g, "") || "1";
}

const PERCENT_FORMAT = "0.0%";

/**
 * The exported pivot with a column for each share before the one of its number, and one for its range after it.
 *
 * @param {Object} exported what the standard pivot exports
 * @param {{isShare: boolean, isPercentage: boolean, hasRange: boolean}[]} columns
 * @param {{shares: (number|undefined)[][], ranges: string[][]}} cells a row of them for each exported row
 * @param {{share: string, range: string}} labels what sort of share it is; what a range is called
 */
export function exportShares(exported, columns, { shares, ranges }, labels) {
    const each = (cells, cell, share, range) =>
        cells.flatMap((own, i) => [
            ...(columns[i].isShare ? [share(own, i)] : []),
            cell(own, i),
            ...(columns[i].hasRange ? [range(own, i)] : []),
        ]);
    const same = (cell) => cell;
    const measureCount = each(columns.slice(0, exported.measure_count), same, same, same).length;
    const wider = (header) => ({ ...header, width: (header.width / exported.measure_count) * measureCount });
    return {
        ...exported,
        title: sheetName(exported.title),
        measure_count: measureCount,
        col_group_headers: exported.col_group_headers.map((row) => row.map(wider)),
        measure_headers: each(
            exported.measure_headers,
            same,
            (header) => ({ ...header, title: `${header.title} (${labels.share})` }),
            (header) => ({ ...header, title: `${header.title} (${labels.range})` }),
        ),
        formats: each(
            columns,
            (column) => (column.isPercentage ? PERCENT_FORMAT : null),
            () => PERCENT_FORMAT,
            () => null,
        ),
        rows: exported.rows.map((row, i) => ({
            ...row,
            values: each(
                row.values,
                same,
                (cell, j) => ({ ...cell, value: shares[i][j] ?? "" }),
                (cell, j) => ({ ...cell, value: ranges[i][j] }),
            ),
        })),
    };
}
