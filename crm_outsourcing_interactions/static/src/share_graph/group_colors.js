const ZONES = { green: "#28a745", yellow: "#ffc107", red: "#dc3545", none: "#adb5bd" };

/**
 * Field whose values determine the colours of a graph, if any.
 *
 * Zones always have. Kinds do where nothing else needs a colour: as the only group, or as the parts of bars and the
 * lines.
 *
 * @param {Object} metaData of a graph
 * @returns {[string, Object]|[]} the field, and colours by its values
 */
function colorsOfGroups({ groupBy, mode, kindColors }) {
    const names = groupBy.map(({ fieldName }) => fieldName);
    if (names.includes("zone")) {
        return ["zone", ZONES];
    }
    const parts = mode === "pie" ? 1 : 2;
    return kindColors && names.length <= parts && names.at(-1) === "kind_id" ? ["kind_id", kindColors] : [];
}

/** The value of a field in the group of a data point. */
function valueOf(point, field) {
    const value = Object.assign({}, ...JSON.parse(point?.identifier || "[]"))[field];
    return Array.isArray(value) ? value[0] : value;
}

/**
 * Draw zones and kinds in their colours, whatever their order: green is not blue, and a kind looks as it does on the
 * dashboard.
 *
 * @param {{datasets: Object[]}} data of a chart, coloured already
 * @param {import("./share_graph_model").ShareGraphModel} model
 */
export function paintGroups(data, model) {
    const { mode } = model.metaData;
    const [field, ownColors] = colorsOfGroups(model.metaData);
    for (const dataset of field ? data.datasets : []) {
        const colors = dataset.data.map((_value, i) => ownColors[valueOf(model.pointAt(dataset, i), field)]);
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
