const FIELD = "zone";
const COLORS = { green: "#28a745", yellow: "#ffc107", red: "#dc3545", none: "#adb5bd" };

/** The colour of the zone that a data point is in, if the graph groups by zones. */
function colorOf(point) {
    const groups = Object.assign({}, ...JSON.parse(point?.identifier || "[]"));
    return COLORS[groups[FIELD]];
}

/**
 * Draw the zones of indicators in their colours, whatever their order: green is not blue.
 *
 * @param {{datasets: Object[]}} data of a chart, coloured already
 * @param {import("./share_graph_model").ShareGraphModel} model
 */
export function paintZones(data, model) {
    const { groupBy, mode } = model.metaData;
    if (!groupBy.some(({ fieldName }) => fieldName === FIELD)) {
        return data;
    }
    for (const dataset of data.datasets) {
        const colors = dataset.data.map((_value, i) => colorOf(model.pointAt(dataset, i)));
        const known = new Set(colors.filter(Boolean));
        const [color] = known;
        if (mode === "line" && known.size === 1) {
            Object.assign(dataset, {
                borderColor: color,
                pointBackgroundColor: color,
                backgroundColor: `${color}55`,
            });
        } else if (mode !== "line" && known.size) {
            dataset.backgroundColor = known.size === 1 && mode === "bar" ? color : colors;
            dataset.hoverBackgroundColor = dataset.backgroundColor;
        }
    }
    return data;
}
