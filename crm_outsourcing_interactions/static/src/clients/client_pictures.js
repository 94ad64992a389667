/** Geometry of the small pictures of a client: few shapes, since a page has eighty of them. */

export const BAR = 7;
export const GAP = 2;
export const HEIGHT = 24;
/** Height of a mark above a bar. */
export const MARK = 7;
const LEAST = 1;

function barHeight(n, most) {
    return Math.round(Math.max((HEIGHT * n) / Math.max(most, 1), LEAST));
}

/**
 * The bars of some months as one path.
 *
 * @param {number[]} values
 * @param {number} most the value of the highest bar
 * @param {number} [offset] number of bars to the left
 * @returns {string} the "d" of an SVG path
 */
export function barsPath(values, most, offset = 0) {
    return values
        .map((n, i) => {
            const height = barHeight(n, most);
            return `M${(offset + i) * (BAR + GAP)} ${HEIGHT}v-${height}h${BAR}v${height}z`;
        })
        .join("");
}

/**
 * Triangles above some of the bars, as one path.
 *
 * @param {number[]} places of the bars
 * @param {number[]} values of all bars
 * @param {number} most the value of the highest bar
 * @returns {string} the "d" of an SVG path
 */
export function marksPath(places, values, most) {
    return places
        .map((i) => {
            const top = HEIGHT - barHeight(values[i], most) - 1;
            return `M${i * (BAR + GAP)} ${top}h${BAR}l${-BAR / 2} ${1 - MARK}z`;
        })
        .join("");
}

/**
 * The parts of a stacked bar, as fractions of its width.
 *
 * @param {{n: number}[]} parts
 * @returns {Object[]} the parts with `x` and `width`
 */
export function stacked(parts) {
    const total = parts.reduce((sum, { n }) => sum + n, 0);
    let x = 0;
    return parts.map((part) => {
        const width = total ? part.n / total : 0;
        x += width;
        return { ...part, width, x: x - width };
    });
}
