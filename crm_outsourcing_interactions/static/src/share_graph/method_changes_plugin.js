import { deserializeDate } from "@web/core/l10n/dates";
import { cluster, placeOf } from "./graph_shares";

const APART = 16; // pixels

/**
 * The position of a change on the horizontal axis of a chart, in pixels.
 *
 * @param {Object} chart
 * @param {{label: string, fraction: number}} place
 */
function pixelOf(chart, { label, fraction }) {
    const { x } = chart.scales;
    const index = chart.data.labels.indexOf(label);
    if (index < 0) {
        return undefined;
    }
    const step = chart.data.labels.length > 1 ? x.getPixelForValue(1) - x.getPixelForValue(0) : x.width;
    const pixel = x.getPixelForValue(index) + (fraction - 0.5) * step;
    return Math.max(chart.chartArea.left, Math.min(chart.chartArea.right, pixel));
}

/**
 * Marks of some changes at their places, with a button that opens them.
 *
 * @param {Object[]} changes with `x`
 * @param {Object} chart
 * @param {{className: string, icon: string, open: Function}} look
 */
function element(changes, chart, { className, icon, open }) {
    const { top, height } = chart.chartArea;
    const line = document.createElement("div");
    line.className = `o_interaction_change position-absolute ${className}`;
    Object.assign(line.style, {
        left: `${chart.canvas.offsetLeft + changes[0].x}px`,
        top: `${chart.canvas.offsetTop + top}px`,
        height: `${height}px`,
    });
    const flag = document.createElement("button");
    flag.className = `btn btn-link p-0 fa ${icon}`;
    flag.setAttribute("aria-label", changes.map(({ name }) => name).join("; "));
    flag.dataset.tooltipTemplate = "crm_outsourcing_interactions.ChangeTooltip";
    flag.dataset.tooltipInfo = JSON.stringify({ changes });
    flag.addEventListener("click", () => open(changes.map(({ id }) => id)));
    line.append(flag);
    return line;
}

/** Write the names of marks beside them, where there is room: half the way to the next mark, all of it to the edge. */
function writeNames(clusters, lines, { left, right }) {
    clusters.forEach((own, i) => {
        const [{ x, name }] = own;
        const [before, after] = [clusters[i - 1]?.[0].x, clusters[i + 1]?.[0].x];
        const [toLeft, toRight] = [before ? (x - before) / 2 : x - left, after ? (after - x) / 2 : right - x];
        const text = document.createElement("span");
        text.className = `o_interaction_change_name text-truncate small ${toLeft > toRight ? "o_left" : ""}`;
        text.textContent = own.length > 1 ? `${name} +${own.length - 1}` : name;
        text.style.maxWidth = `${Math.max(toLeft, toRight) - APART}px`;
        lines[i].append(text);
    });
}

/**
 * The changes that have a place in a chart, in groups that would overlap.
 *
 * @param {Object[]} changes
 * @param {Object[]} periods
 * @param {Object} chart
 */
function placed(changes, periods, chart) {
    const found = (changes || [])
        .map((change) => ({ ...change, place: placeOf(deserializeDate(change.date), periods) }))
        .filter(({ place }) => place)
        .map(({ place, ...change }) => ({ ...change, x: pixelOf(chart, place) }))
        .filter(({ x }) => x !== undefined);
    return cluster(found, APART);
}

/**
 * Plugin for Chart.js that draws a line at each method change, and one with its name at each corrective action taken.
 *
 * @param {import("./share_graph_renderer").ShareGraphRenderer} renderer
 */
export function methodChangesPlugin(renderer) {
    let lines = [];
    const flag = { className: "", icon: "fa-flag", open: (ids) => renderer.openChanges(ids) };
    const bolt = {
        className: "o_interaction_taken",
        icon: "fa-bolt",
        open: (ids) => renderer.openTaken(ids),
    };
    const clear = () => lines.splice(0).forEach((line) => line.remove());
    return {
        id: "interactionChanges",
        clear,
        afterLayout(chart) {
            clear();
            const { mode, changes, taken, periods } = renderer.model.metaData;
            if (mode === "pie" || !renderer.containerRef.el) {
                return;
            }
            const flags = placed(changes, periods, chart).map((own) => element(own, chart, flag));
            const clusters = placed(taken, periods, chart);
            const bolts = clusters.map((own) => element(own, chart, bolt));
            writeNames(clusters, bolts, chart.chartArea);
            lines = [...flags, ...bolts];
            renderer.containerRef.el.append(...lines);
        },
    };
}
