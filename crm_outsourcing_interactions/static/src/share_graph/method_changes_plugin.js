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

function element(changes, chart, onClick) {
    const { top, height } = chart.chartArea;
    const line = document.createElement("div");
    line.className = "o_interaction_change position-absolute";
    Object.assign(line.style, {
        left: `${chart.canvas.offsetLeft + changes[0].x}px`,
        top: `${chart.canvas.offsetTop + top}px`,
        height: `${height}px`,
    });
    const flag = document.createElement("button");
    flag.className = "btn btn-link p-0 fa fa-flag";
    flag.setAttribute("aria-label", changes.map(({ name }) => name).join("; "));
    flag.dataset.tooltipTemplate = "crm_outsourcing_interactions.ChangeTooltip";
    flag.dataset.tooltipInfo = JSON.stringify({ changes });
    flag.addEventListener("click", () => onClick(changes.map(({ id }) => id)));
    line.append(flag);
    return line;
}

/**
 * Plugin for Chart.js that draws a line at each method change.
 *
 * @param {import("./share_graph_renderer").ShareGraphRenderer} renderer
 */
export function methodChangesPlugin(renderer) {
    let lines = [];
    const clear = () => lines.splice(0).forEach((line) => line.remove());
    return {
        id: "interactionChanges",
        clear,
        afterLayout(chart) {
            clear();
            const { mode, changes, periods } = renderer.model.metaData;
            if (mode === "pie" || !changes?.length || !renderer.containerRef.el) {
                return;
            }
            const placed = changes
                .map((change) => ({ ...change, place: placeOf(deserializeDate(change.date), periods) }))
                .filter(({ place }) => place)
                .map(({ place, ...change }) => ({ ...change, x: pixelOf(chart, place) }))
                .filter(({ x }) => x !== undefined);
            lines = cluster(placed, APART).map((own) =>
                element(own, chart, (ids) => renderer.openChanges(ids)),
            );
            renderer.containerRef.el.append(...lines);
        },
    };
}
