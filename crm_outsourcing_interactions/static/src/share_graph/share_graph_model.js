import { deserializeDate, deserializeDateTime, serializeDate } from "@web/core/l10n/dates";
import { GraphModel, SEQUENTIAL_TYPES } from "@web/views/graph/graph_model";
import { fixesTheKind, isAdditive, isRatio, nameTheCount } from "../measures/measures";
import { toShares } from "./graph_shares";

/** A graph that also shows percentages, and the marks of what changed in the counting. */
export class ShareGraphModel extends GraphModel {
    setup() {
        super.setup(...arguments);
        this.marksOrm = this.orm; // the model's own is replaced while it shows a sample
    }

    async load(searchParams) {
        const asked = searchParams.context.graph_shares;
        if (asked !== this.metaData.askedShares) {
            Object.assign(this.metaData, { shares: Boolean(asked), askedShares: asked });
        }
        return super.load(...arguments);
    }

    /** Whether the graph can be shown in percentages: a pie always is, a ratio never. */
    get offersShares() {
        const { mode, cumulated, measure, fields } = this.metaData;
        return isAdditive(measure, fields) && mode !== "pie" && !(mode === "line" && cumulated);
    }

    get showsShares() {
        return Boolean(this.metaData.shares) && this.offersShares;
    }

    get isRatio() {
        return isRatio(this.metaData.measure, this.metaData.fields);
    }

    _buildMetaData() {
        const metaData = super._buildMetaData(...arguments);
        nameTheCount(metaData.measures, metaData.fields);
        const wished = metaData.beforeRatio || {};
        delete metaData.beforeRatio;
        Object.assign(metaData, wished);
        if (isRatio(metaData.measure, metaData.fields)) {
            const { stacked, mode } = metaData;
            metaData.beforeRatio = { stacked, mode };
            metaData.stacked = false;
            metaData.mode = mode === "pie" ? "bar" : mode;
            metaData.groupBy = metaData.groupBy.filter(({ fieldName }) => !fixesTheKind(fieldName));
        }
        return metaData;
    }

    async updateMetaData(params) {
        if (this.isRatio && ("mode" in params || "stacked" in params)) {
            delete this.metaData.beforeRatio;
        }
        return super.updateMetaData(...arguments);
    }

    async _loadDataPoints(metaData) {
        const loaded = await super._loadDataPoints(metaData);
        if (isRatio(metaData.measure, metaData.fields)) {
            for (const dataPoint of loaded[0]) {
                dataPoint.value = dataPoint.value === false ? null : dataPoint.value;
            }
        }
        metaData.periods = this._periods(metaData, loaded[0]);
        metaData.marks = await this._loadMarks(metaData.periods);
        return loaded;
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

    async _loadMarks(periods) {
        if (!periods.length) {
            return [];
        }
        const domain = [
            ["date", ">=", serializeDate(periods[0].start)],
            ["date", "<", serializeDate(periods.at(-1).end)],
        ];
        const fields = ["date", "name", "display_date"];
        return this.marksOrm.searchRead("crm.interaction.mark", domain, fields, { order: "date, id" });
    }

    _getData(dataPoints) {
        const data = super._getData(...arguments);
        if (this.isRatio) {
            const known = new Set(dataPoints.map((dataPoint) => this._placeOf(dataPoint)));
            for (const dataset of data.datasets) {
                dataset.data = dataset.data.map((value, i) =>
                    known.has(`${i} ${dataset.label}`) ? value : null,
                );
            }
        }
        return data;
    }

    _placeOf(dataPoint) {
        return `${dataPoint.labelIndex} ${this._getDatasetLabel(dataPoint)}`;
    }

    _getLineOverlayDataset() {
        return this.isRatio || this.showsShares ? null : super._getLineOverlayDataset();
    }

    _prepareData() {
        super._prepareData(...arguments);
        if (this.showsShares) {
            toShares(this.data.datasets);
        }
    }
}
