/**
 * Replace the values of a chart by shares: of each bar where it is split, else of all of them.
 * The values stay in `values`.
 *
 * @param {{data: (number|null)[]}[]} datasets
 */
export function toShares(datasets) {
    const add = (a, b) => a + (b || 0);
    const isSplit = datasets.length > 1;
    const base = (i) =>
        isSplit ? datasets.map(({ data }) => data[i]).reduce(add, 0) : datasets[0].data.reduce(add, 0);
    const bases = (datasets[0]?.data || []).map((_, i) => base(i));
    for (const dataset of datasets) {
        dataset.values = dataset.data;
        dataset.data = dataset.values.map((value, i) => (bases[i] ? (value || 0) / bases[i] : 0));
    }
}

/**
 * Position of a moment on an axis of periods.
 *
 * @param {number} moment
 * @param {{label: string, start: number, end: number}[]} periods in the order of time
 * @returns {{label: string, fraction: number}|undefined} the period, and how far in it
 */
export function placeOf(moment, periods) {
    const period = periods.findLast(({ start }) => start <= moment);
    if (!period) {
        return undefined;
    }
    const fraction = Math.min(1, (moment - period.start) / (period.end - period.start));
    return { label: period.label, fraction };
}

/**
 * Group items that would overlap.
 *
 * @param {{x: number}[]} items
 * @param {number} distance
 * @returns {Object[][]}
 */
export function cluster(items, distance) {
    const clusters = [];
    for (const item of items.toSorted((a, b) => a.x - b.x)) {
        const last = clusters.at(-1);
        if (last && item.x - last[0].x < distance) {
            last.push(item);
        } else {
            clusters.push([item]);
        }
    }
    return clusters;
}
