import { deserializeDate, deserializeDateTime, serializeDate } from "@web/core/l10n/dates";
import { GraphModel, SEQUENTIAL_TYPES } from "@web/views/graph/graph_model";
import { interactionsText } from "../measures/ranges";
import { fixesTheKind, isAdditive, isRatio, nameTheCount } from "../measures/measures";
import { evidenceOf } from "./evidence";
import { toShares } from "./graph_shares";

const KINDS = "crm.interaction.kind";

function placeName(datasetLabel, labelIndex) {
    return `${labelIndex} ${datasetLabel}`;
}

/** Show percentages and method changes in a graph. */
export class ShareGraphModel extends GraphModel {
    async load(searchParams) {
        const asked = searchParams.context.graph_shares;
        if (asked !== this.metaData.askedShares) {
            Object.assign(this.metaData, { shares: Boolean(asked), askedShares: asked });
        }
        return super.load(...arguments);
    }

    /** Whether the graph can be shown in percentages: a pie always is, a ratio never. */
    get offersShares() {
        const { mode, cumulated } = this.metaData;
        return this.addsUp && mode !== "pie" && !(mode === "line" && cumulated);
    }

    get showsShares() {
        return Boolean(this.metaData.shares) && this.offersShares;
    }

    /** Whether values of the measure can be added up: stacked, cumulated, shown as slices. */
    get addsUp() {
        return isAdditive(this.metaData.measure, this.metaData.fields);
    }

    get isRatio() {
        return isRatio(this.metaData.measure, this.metaData.fields);
    }

    _buildMetaData() {
        const metaData = super._buildMetaData(...arguments);
        nameTheCount(metaData.measures, metaData.fields);
        const { measure, fields } = metaData;
        Object.assign(metaData, metaData.wished);
        delete metaData.wished;
        if (!isAdditive(measure, fields)) {
            const { stacked, cumulated, mode } = metaData;
            metaData.wished = { stacked, cumulated, mode };
            Object.assign(metaData, {
                stacked: false,
                cumulated: false,
                mode: mode === "pie" ? "bar" : mode,
            });
        }
        if (isRatio(measure, fields)) {
            metaData.groupBy = metaData.groupBy.filter(({ fieldName }) => !fixesTheKind(fieldName));
        }
        return metaData;
    }

    async updateMetaData(params) {
        const { wished } = this.metaData;
        if (wished && "mode" in params) {
            wished.mode = params.mode; // chosen for a ratio, kept for what adds up
        }
        return super.updateMetaData(...arguments);
    }

    async _loadDataPoints(metaData) {
        const [loaded, evidence, kindColors] = await Promise.all([
            super._loadDataPoints(metaData),
            this._loadEvidence(metaData),
            this._loadKindColors(metaData),
        ]);
        metaData.kindColors = kindColors;
        for (const dataPoint of loaded[0]) {
            dataPoint.evidence = evidence[dataPoint.identifier];
        }
        if (isRatio(metaData.measure, metaData.fields)) {
            for (const dataPoint of loaded[0]) {
                dataPoint.value = dataPoint.value === false ? null : dataPoint.value;
            }
        }
        metaData.periods = this._periods(metaData, loaded[0]);
        [metaData.changes, metaData.taken] = await Promise.all([
            this._loadChanges(metaData.periods),
            this._loadTaken(metaData),
        ]);
        return loaded;
    }

    /** Aggregates of the number, and the bounds, behind the values of a measure. */
    evidenceOf({ resModel, measure }) {
        return evidenceOf(resModel, measure);
    }

    /** The number behind a value in words. */
    numberText(n) {
        return interactionsText(n);
    }

    /** Number and bounds behind the values of a ratio, by the identifier of the data points. */
    async _loadEvidence(metaData) {
        const { resModel, domain, groupBy } = metaData;
        const aggregates = this.evidenceOf(metaData);
        if (!aggregates.length) {
            return {};
        }
        const specs = groupBy.map(({ spec }) => spec);
        const { context } = this.searchParams;
        const groups = await this.orm.formattedReadGroup(resModel, domain, specs, aggregates, { context });
        return Object.fromEntries(
            groups.map((group) => [
                JSON.stringify(specs.map((spec) => ({ [spec]: group[spec] }))),
                aggregates.map((aggregate) => group[aggregate]),
            ]),
        );
    }

    /** The colours of kinds by their ids, if the graph groups by them. */
    async _loadKindColors({ groupBy, fields }) {
        const kind = groupBy.find(({ fieldName }) => fields[fieldName].relation === KINDS);
        return kind ? this.orm.call(KINDS, "get_chart_colors") : null;
    }

    /** The periods on the axis, in the order of time; none when it is not an axis of time. */
    _periods({ groupBy, fields }, dataPoints) {
        const [first] = groupBy;
        const type = first && fields[first.fieldName]?.type;
        if (!SEQUENTIAL_TYPES.includes(type)) {
            return [];
        }
        const deserialize = type === "date" ? deserializeDate : deserializeDateTime;
        const periods = new Map();
        for (const { identifier, labels } of dataPoints) {
            const value = JSON.parse(identifier)[0][first.spec];
            if (value && !periods.has(labels[0])) {
                const start = deserialize(value[0]);
                periods.set(labels[0], { label: labels[0], start, end: start.plus({ [first.interval]: 1 }) });
            }
        }
        return [...periods.values()].sort((a, b) => a.start - b.start);
    }

    async _loadChanges(periods) {
        if (!periods.length) {
            return [];
        }
        const domain = [
            ["date", ">=", serializeDate(periods[0].start)],
            ["date", "<", serializeDate(periods.at(-1).end)],
        ];
        const fields = ["date", "name", "display_date"];
        return this.orm.searchRead("crm.interaction.method.change", domain, fields, {
            order: "date, id",
        });
    }

    /** The corrective actions taken for the client of the graph, or for the whole firm. */
    async _loadTaken({ resModel, domain, periods }) {
        if (!periods.length) {
            return [];
        }
        const [start, end] = [periods[0].start, periods.at(-1).end].map((day) => serializeDate(day));
        return this.orm.call("crm.interaction.taken.action", "marks", [resModel, domain, start, end]);
    }

    _getData(dataPoints) {
        const data = super._getData(...arguments);
        const place = (point) => placeName(this._getDatasetLabel(point), point.labelIndex);
        this.pointsByPlace = new Map(dataPoints.map((point) => [place(point), point]));
        if (this.isRatio) {
            for (const dataset of data.datasets) {
                dataset.data = dataset.data.map((value, i) => (this.pointAt(dataset, i) ? value : null));
            }
        }
        return data;
    }

    /**
     * What stands at a place of the chart.
     *
     * @param {{label: string}} dataset
     * @param {number} labelIndex
     * @returns {Object|undefined} the data point
     */
    pointAt(dataset, labelIndex) {
        return this.pointsByPlace.get(placeName(dataset.label, labelIndex));
    }

    /**
     * The place of a value among those that were loaded: a line of a single point has an empty place before it.
     *
     * @param {number} dataIndex its place in the chart
     * @returns {number}
     */
    placeOfValue(dataIndex) {
        const { labels } = this.data;
        return labels.length === 3 && labels[0] === "" ? dataIndex - 1 : dataIndex;
    }

    /** n and bounds of a value in the chart. */
    evidenceAt(dataset, dataIndex) {
        return this.pointAt(dataset, this.placeOfValue(dataIndex))?.evidence;
    }

    _getLineOverlayDataset() {
        return !this.addsUp || this.showsShares ? null : super._getLineOverlayDataset();
    }

    _prepareData() {
        super._prepareData(...arguments);
        if (this.showsShares) {
            toShares(this.data.datasets);
        }
    }
}
