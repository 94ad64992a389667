import { _t } from "@web/core/l10n/translation";
import { isCount } from "../measures/measures";

/** Below this number of interactions, a share or ratio is drawn as unsure; the default minimum sample of targets. */
export const FEW = 20;

function total(values) {
    return values.reduce((sum, value) => sum + (value || 0), 0);
}

/** Which values of a graph over time are not settled: those of the running period, and shares of few interactions. */
export class Unsure {
    /** @param {import("./share_graph_model").ShareGraphModel} model */
    constructor(model) {
        this.model = model;
        const now = luxon.DateTime.now();
        const { periods = [] } = model.metaData;
        this.periods = new Map(periods.map((period) => [period.label, period]));
        this.running = periods.find(({ start, end }) => start <= now && now < end)?.label;
    }

    /** The number of interactions, or answers, behind the value of a dataset; none where the values are numbers themselves. */
    numberAt(dataset, i) {
        const { data, metaData, isRatio, showsShares } = this.model;
        if (isRatio) {
            return this.model.evidenceAt(dataset, i)?.[0];
        }
        return showsShares && isCount(metaData.measure)
            ? total(data.datasets.map(({ values }) => values[this.model.placeOfValue(i)]))
            : undefined;
    }

    isUnsure(dataset, i) {
        const label = this.model.data.labels[i];
        return this.periods.has(label) && (label === this.running || this.numberAt(dataset, i) < FEW);
    }

    /** Text below a period: that it is running, and the number of interactions where it is small. */
    textBelow(i) {
        const { datasets, labels } = this.model.data;
        const unsure = datasets.filter((dataset) => this.isUnsure(dataset, i));
        if (!unsure.length || unsure.length < datasets.length) {
            return "";
        }
        const numbers = datasets.map((dataset) => this.numberAt(dataset, i));
        const n = this.model.isRatio ? total(numbers) : numbers[0];
        const running = labels[i] === this.running && _t("running");
        return [running, n !== undefined && this.model.numberText(n)].filter(Boolean).join(" · ");
    }

    /** Draw the lines to unsure values dashed. */
    dash(data) {
        for (const dataset of data.datasets) {
            const borderDash = ({ p1DataIndex }) =>
                this.isUnsure(dataset, p1DataIndex) ? [6, 4] : undefined;
            dataset.segment = { borderDash };
        }
        return data;
    }

    /** Draw the bars of unsure values pale, and the line of their sums dashed. */
    fade(data) {
        const { datasets, labels } = this.model.data;
        for (const dataset of datasets) {
            const colors = dataset.backgroundColor;
            const color = (i) => (Array.isArray(colors) ? colors[i] : colors);
            if (labels.some((_label, i) => this.isUnsure(dataset, i))) {
                dataset.legendColor = color(0);
                dataset.backgroundColor = labels.map((_label, i) =>
                    this.isUnsure(dataset, i) ? `${color(i)}80` : color(i),
                );
                dataset.hoverBackgroundColor = dataset.backgroundColor;
            }
        }
        this.dash({ datasets: data.datasets.filter((dataset) => !datasets.includes(dataset)) });
        return data;
    }
}
