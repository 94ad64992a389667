import { _t } from "@web/core/l10n/translation";
import { sortBy } from "@web/core/utils/arrays";
import { formatPercentage } from "@web/views/fields/formatters";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { rangeText } from "../measures/ranges";
import { takenActions } from "../measures/taken_actions";
import { withFigureTarget } from "../share_pivot/figure_target";
import { paintGroups } from "./group_colors";
import { methodChangesPlugin } from "./method_changes_plugin";
import { Unsure } from "./unsure";

import { onWillUnmount } from "@odoo/owl";

const SMALLEST_LABELLED_SLICE = 0.04;

function percentage(share, digits = 1) {
    return formatPercentage(share, { digits: [false, digits], trailingZeros: true });
}

function total(values) {
    return values.reduce((sum, value) => sum + (value || 0), 0);
}

/** Write each slice's share on it. */
const slicesPlugin = {
    id: "interactionSlices",
    afterDatasetsDraw(chart) {
        const { ctx } = chart;
        const values = chart.data.datasets[0].data;
        Object.assign(ctx, {
            textAlign: "center",
            textBaseline: "middle",
            lineWidth: 3,
            font: "bold 13px sans-serif",
        });
        Object.assign(ctx, { fillStyle: "#fff", strokeStyle: "rgba(0, 0, 0, .55)" });
        chart.getDatasetMeta(0).data.forEach((slice, i) => {
            const share = values[i] / total(values);
            if (chart.getDataVisibility(i) && share >= SMALLEST_LABELLED_SLICE) {
                const { x, y } = slice.getCenterPoint();
                ctx.strokeText(percentage(share), x, y);
                ctx.fillText(percentage(share), x, y);
            }
        });
    },
};

export class ShareGraphRenderer extends GraphRenderer {
    setup() {
        super.setup();
        this.changes = methodChangesPlugin(this);
        onWillUnmount(() => this.changes.clear());
    }

    toggleShares() {
        const shares = !this.model.metaData.shares;
        this.model.updateMetaData(shares ? { shares, stacked: true } : { shares });
    }

    getChartConfig() {
        const config = super.getChartConfig();
        const plugins = this.model.metaData.mode === "pie" && this.model.hasData() ? [slicesPlugin] : [];
        return { ...config, plugins: [...(config.plugins || []), ...plugins, this.changes] };
    }

    get unsure() {
        return new Unsure(this.model);
    }

    get countsOnly() {
        const { fields, measure } = this.model.metaData;
        return measure === "__count" || fields[measure]?.type === "integer";
    }

    getScaleOptions() {
        const options = super.getScaleOptions();
        if (options.x) {
            options.x.ticks.callback = this.withTextBelow(options.x.ticks.callback);
        }
        if (this.model.showsShares) {
            const { stacked } = this.model.metaData;
            options.y.ticks.callback = (value) => percentage(value, 0);
            if (stacked && this.model.data.datasets.length > 1) {
                options.y.max = 1;
            }
        } else if (this.countsOnly && options.y?.ticks) {
            options.y.ticks.precision = 0;
            options.y.ticks.callback = (value) => this.formatValue(value);
        }
        return options;
    }

    withTextBelow(callback) {
        const { unsure } = this;
        return (value, index) => {
            const lines = [callback(value, index), unsure.textBelow(index)].filter(Boolean);
            return lines.length > 1 ? lines : lines[0] || "";
        };
    }

    getLegendOptions() {
        const options = super.getLegendOptions();
        const { generateLabels } = options.labels;
        const own = this.model.metaData.mode === "pie" ? this.withShare : this.withColor;
        options.labels.generateLabels = (chart) =>
            generateLabels(chart).map((item) => own.call(this, item, chart));
        return options;
    }

    /** The colour of a dataset whose bars have several. */
    withColor(item, chart) {
        const color = chart.data.datasets[item.datasetIndex]?.legendColor;
        return color ? { ...item, fillStyle: color, strokeStyle: color } : item;
    }

    withShare(item, chart) {
        const { data: values, backgroundColor: colors } = chart.data.datasets[0];
        if (!this.model.hasData() || values[item.index] === undefined) {
            return item;
        }
        const share = percentage(values[item.index] / total(values));
        const fillStyle = colors[item.index];
        return { ...item, fillStyle, text: `${item.text}  ${share}`, fullText: `${item.fullText}  ${share}` };
    }

    getBarChartData() {
        return this.unsure.fade(paintGroups(super.getBarChartData(), this.model));
    }

    getLineChartData() {
        return this.unsure.dash(paintGroups(super.getLineChartData(), this.model));
    }

    getPieChartData() {
        return paintGroups(super.getPieChartData(), this.model);
    }

    /** A share is shown with its n beside it, a ratio with n and its bounds. */
    getTooltipItems(data, metaData, tooltipModel) {
        const items = super.getTooltipItems(...arguments);
        const points = sortBy(tooltipModel.dataPoints, "raw", "desc");
        return items.map((item, i) => {
            const { datasetIndex, dataIndex } = points[i];
            const dataset = data.datasets[datasetIndex];
            if (!dataset) {
                return item; // the line of the sum
            }
            const color = Array.isArray(item.boxColor) ? item.boxColor[dataIndex] : item.boxColor;
            return { ...item, boxColor: color, value: this.valueWithN(item.value, dataset, dataIndex) };
        });
    }

    valueWithN(value, dataset, dataIndex) {
        const { measure, fieldAttrs, allIntegers } = this.model.metaData;
        const { values, data } = dataset;
        if (this.model.showsShares) {
            const value = values[this.model.placeOfValue(dataIndex)];
            const n = this.formatValue(value, allIntegers, fieldAttrs[measure]?.widget);
            return `${percentage(data[dataIndex])} (${n})`;
        }
        const [n, low, high, open] = this.model.evidenceAt(dataset, dataIndex) || [];
        if (!n) {
            return value;
        }
        const format = (bound) => this.formatValue(bound, false, fieldAttrs[measure]?.widget);
        const range = low === undefined ? [] : [rangeText({ low, high, open }, format)];
        return `${[value, ...range].join(" · ")} (${this.model.numberText(n)})`;
    }

    /** A click on a point of a line opens its interactions, as one on a bar does. */
    onGraphClicked(ev, isMiddleClick) {
        const { disableLinking, mode } = this.model.metaData;
        if (mode !== "line" || disableLinking) {
            super.onGraphClicked(ev, isMiddleClick);
            return;
        }
        const [point] = this.chart.getElementsAtEventForMode(ev, "nearest", { intersect: true }, false);
        const domains = point && this.chart.data.datasets[point.datasetIndex].domains;
        const domain = domains?.[this.model.placeOfValue(point.index)];
        if (domain) {
            this.onGraphClickedFinal(domain, isMiddleClick);
        }
    }

    /** The records behind a figure, of those of its group. */
    recordsBehind(domain) {
        return domain;
    }

    openView(domain, views, context, newWindow) {
        const { metaData } = this.model;
        super.openView(
            this.recordsBehind(domain),
            views,
            withFigureTarget(context, metaData, metaData.measure, domain),
            newWindow,
        );
    }

    openTaken(ids) {
        this.actionService.doAction(takenActions(ids));
    }

    openChanges(ids) {
        this.actionService.doAction({
            type: "ir.actions.act_window",
            name: _t("Method Changes"),
            res_model: "crm.interaction.method.change",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [["id", "in", ids]],
        });
    }
}
