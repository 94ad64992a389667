import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { isRunning, subjectOf } from "./cell_verdicts";
import { SharePivotModel } from "./share_pivot_model";
import { SharePivotRenderer, sharePivotView } from "./share_pivot_view";

import { useEffect } from "@odoo/owl";

const RATIOS = ["improvement_ratio", "additional_ratio"];
const COUNTS = ["__count", "interaction_count"];

/** Shares of kinds with the ratios in lines below, the colours of the targets, and the running month marked. */
export class SharesModel extends SharePivotModel {
    get moreSpecs() {
        return RATIOS.map((ratio) => `${ratio}:avg`);
    }

    /** Whether shares of kinds are shown, with the ratios below them. */
    get hasRatioLines() {
        const { shareMode, fullRowGroupBys } = this.metaData;
        return shareMode === "column" && fullRowGroupBys[0] === "kind_id";
    }

    _getTableHeaders() {
        const headers = super._getTableHeaders();
        for (const cell of headers.flat()) {
            const values = cell.groupId?.[1] || [];
            const groupBy = this.metaData.fullColGroupBys[values.length - 1];
            if (!cell.measure && isRunning(groupBy, values.at(-1))) {
                cell.title = `${cell.title} · ${_t("running")}`;
            }
        }
        return headers;
    }

    _getTableRows(tree, columns) {
        const rows = super._getTableRows(tree, columns);
        const isWhole = tree === this.data.rowGroupTree;
        return isWhole && this.hasRatioLines ? [...rows, ...this.ratioRows(columns)] : rows;
    }

    ratioRows(columns) {
        const { activeMeasures, fields } = this.metaData;
        return RATIOS.filter((ratio) => !activeMeasures.includes(ratio)).map((ratio) => ({
            title: fields[ratio].string,
            indent: 0,
            isRatio: true,
            isLeaf: true,
            subGroupMeasurements: columns.map((column) => this.ratioCell(ratio, column)),
        }));
    }

    ratioCell(ratio, column) {
        const groupId = [[], column.groupId[1]];
        const isFirst = column.measure === this.metaData.activeMeasures[0];
        const value = isFirst ? this._getCellValue(groupId, ratio, { data: this.data }) : undefined;
        return { groupId, measure: ratio, value, share: value, currencyIds: [] };
    }

    async _subdivideGroup(group, divisors, config) {
        await super._subdivideGroup(...arguments);
        await this.loadVerdicts(config);
    }

    /** Ask which shares and ratios of months are on target, however the cells are shown at first. */
    async loadVerdicts(config) {
        const { data, metaData } = config;
        const client = subjectOf(metaData.domain);
        const isByMonth =
            metaData.fullRowGroupBys[0] === "kind_id" && metaData.fullColGroupBys[0] === "month:month";
        const cells = isByMonth && client !== undefined ? this.targetCells(config) : [];
        data.verdicts = {};
        if (cells.length) {
            const values = cells.map((cell) => cell.values);
            const verdicts = await this.orm.call("crm.interaction.target", "cell_verdicts", [client, values]);
            cells.forEach(({ key }, i) => (data.verdicts[key] = verdicts[i]));
        }
    }

    /** The shares of kinds and the ratios of each month, as the server evaluates them. */
    targetCells({ data, metaData }) {
        const config = { data, metaData, shareMode: "column" };
        const kinds = [...data.rowGroupTree.directSubTrees.keys()].filter(Boolean);
        const months = [...data.colGroupTree.directSubTrees.keys()].filter(Boolean);
        const count = COUNTS.find((measure) => metaData.activeMeasures.includes(measure));
        const of = (month) => [
            ...(count ? kinds.map((kind) => this.shareCell([[kind], [month]], count, config)) : []),
            ...RATIOS.map((ratio) => this.ratioTargetCell([[], [month]], ratio, config)),
        ];
        return months.flatMap(of).filter(Boolean);
    }

    shareCell(groupId, measure, config) {
        const bounds = this.boundsOfCell({ groupId, measure }, config);
        const [[kind], [month]] = groupId;
        return (
            bounds &&
            targetCell(
                groupId,
                measure,
                { ...bounds, amount: bounds.n / bounds.total, n: bounds.total },
                {
                    measure: "kind_share",
                    kind_id: kind,
                    month,
                },
            )
        );
    }

    ratioTargetCell(groupId, measure, config) {
        const amount = this._getCellValue(groupId, measure, config);
        const range = this.rangeOfRatio({ groupId, measure, value: amount }, config);
        return (
            range &&
            targetCell(
                groupId,
                measure,
                { ...range, amount, n: range.base },
                {
                    measure,
                    kind_id: false,
                    month: groupId[1][0],
                },
            )
        );
    }

    /** @returns {{zone: string, text: string}|undefined} */
    verdictOf({ groupId, measure }) {
        return this.metaData.shareMode === "column"
            ? this.data.verdicts?.[keyOf(groupId, measure)] || undefined
            : undefined;
    }

    /** Ratios stand in the column of the shares, not in that of the numbers. */
    exportData() {
        const table = super.exportData();
        const first = table.rows.length - (this.hasRatioLines ? this.ratioRows([]).length : 0);
        for (const row of table.rows.slice(first)) {
            row.values = row.values.map((cell, i) =>
                typeof cell.value === "number" && !table.formats[i] ? { ...cell, value: "" } : cell,
            );
        }
        return table;
    }
}

function keyOf(groupId, measure) {
    return JSON.stringify([groupId, measure]);
}

function targetCell(groupId, measure, { amount, n, low, high }, subject) {
    return { key: keyOf(groupId, measure), values: { ...subject, amount, n, low, high } };
}

/** Scroll the newest month, left of the totals, beside the titles: on a phone one column is in view. */
export function scrollToNewest(table) {
    const cells = [...(table?.tBodies[0].rows[0]?.querySelectorAll("td") || [])];
    if (cells.length > 2) {
        table.parentElement.scrollLeft = cells.at(-2).offsetLeft - cells[0].offsetLeft;
    }
}

export class SharesRenderer extends SharePivotRenderer {
    static template = "crm_outsourcing_interactions.SharesRenderer";

    setup() {
        super.setup();
        // the line of totals stays below the headings, however many lines they have
        useEffect(() => {
            const { el } = this.tableRef;
            el?.style.setProperty("--o-shares-head", `${el.tHead.offsetHeight}px`);
        });
        useEffect(
            () => this.env.isSmall && this.hasOneMeasure && scrollToNewest(this.tableRef.el),
            () => [this.model.data],
        );
    }

    /** The column of totals stays in view where it is one. */
    get hasOneMeasure() {
        return this.model.metaData.activeMeasures.length === 1;
    }

    getFormattedValue(cell) {
        return { ...super.getFormattedValue(cell), verdict: this.model.verdictOf(cell) };
    }

    onHeaderClick(ev, cell, isXAxis) {
        if (!cell.isRatio) {
            super.onHeaderClick(ev, cell, isXAxis);
        }
    }
}

registry.category("views").add("interaction_shares", {
    ...sharePivotView,
    Renderer: SharesRenderer,
    Model: SharesModel,
});
