import { _t } from "@web/core/l10n/translation";
import { PivotModel } from "@web/views/pivot/pivot_model";
import { isAdditive, isRatio, nameTheCount, openOf } from "../measures/measures";
import { rangeOf, rangeText } from "../measures/ranges";
import { aroundKind, isInOneKind } from "./kinds";
import { baseGroup, exportShares, nextMode, shareBounds, shareOf } from "./shares";
import { shareLabels } from "./share_pivot_labels";

/** Show cells of a pivot as shares; cells without a value are empty. */
export class SharePivotModel extends PivotModel {
    setup(params) {
        params.metaData.shareMode ||= "value";
        super.setup(...arguments);
    }

    async load(searchParams) {
        const asked = searchParams.context.pivot_share_mode;
        this.metaData.shareMode = nextMode(this.metaData, asked);
        this.metaData.askedMode = asked;
        return super.load(...arguments);
    }

    async _loadData(config) {
        nameTheCount(config.metaData.measures, config.metaData.fields);
        return super._loadData(...arguments);
    }

    setShareMode(mode) {
        this.metaData.shareMode = mode;
        if (this.metaData.sortedColumn) {
            this._sortRows(this.metaData.sortedColumn, { metaData: this.metaData, data: this.data });
        }
        this.notify();
    }

    isShare(measure, { shareMode, fields } = this.metaData) {
        return shareMode !== "value" && isAdditive(measure, fields);
    }

    shareOfCell(groupId, measure, data = this.data) {
        const value = (group) => this._getCellValue(group, measure, { data });
        return shareOf(value(groupId), value(baseGroup(groupId, this.metaData.shareMode)));
    }

    /**
     * Between what a kind's share can lie, whatever the interactions to review turn out to be.
     *
     * @returns {{low: number, high: number, open: number, toReview: number}|undefined} only where a cell is of one kind
     */
    boundsOfCell({ groupId, measure }, { data, metaData, shareMode } = this) {
        const open = openOf(measure, metaData.fields);
        const around = aroundKind(groupId, metaData);
        const base = baseGroup(groupId, shareMode || metaData.shareMode);
        if (!open || !around || isInOneKind(base, metaData)) {
            return undefined;
        }
        const value = (group, name) => this._getCellValue(group, name, { data }) || 0;
        return shareBounds({
            n: value(groupId, measure),
            toReview: value(groupId, open),
            open: value(around, open),
            total: value(base, measure),
        });
    }

    /**
     * Between what a ratio lies, as `boundsOfCell`.
     *
     * @returns {{low: number, high: number, open: number, base: number}|undefined}
     */
    rangeOfRatio({ groupId, measure, value }, { data, metaData } = this) {
        const range = rangeOf(measure, metaData.fields);
        if (!range || value === undefined) {
            return undefined;
        }
        const entries = Object.entries(range);
        const read = (name) => this._getCellValue(groupId, name, { data }) || 0;
        return Object.fromEntries(entries.map(([key, name]) => [key, read(name)]));
    }

    /** Range and word of a cell. */
    rangeTextOf(cell) {
        const range = this.isShare(cell.measure) ? this.boundsOfCell(cell) : this.rangeOfRatio(cell);
        return range && (cell.share ?? cell.value) !== undefined ? rangeText(range) : "";
    }

    /** The aggregates that a measure's range is made of. */
    sureSpecs(measure, fields) {
        return [openOf(measure, fields), ...Object.values(rangeOf(measure, fields) || {})].filter(Boolean);
    }

    /** Aggregates shown beside the active measures. */
    get moreSpecs() {
        return [];
    }

    /** Ask also how much awaits review, and for the bounds of ratios. */
    _getGroupsSubdivision(params, groupInfo) {
        const specs = [...params.measureSpecs, ...this.moreSpecs];
        const more = specs.flatMap((spec) => this.sureSpecs(spec.split(":")[0], this.metaData.fields));
        return super._getGroupsSubdivision(
            { ...params, measureSpecs: [...new Set([...specs, ...more])] },
            groupInfo,
        );
    }

    _getMeasurements(group, { metaData }) {
        const measurements = super._getMeasurements(...arguments);
        const more = this.moreSpecs.map((spec) => spec.split(":")[0]);
        for (const [i, spec] of this.moreSpecs.entries()) {
            if (spec in group) {
                measurements[more[i]] = group[spec];
            }
        }
        for (const measure of [...metaData.activeMeasures, ...more]) {
            for (const spec of this.sureSpecs(measure, metaData.fields)) {
                if (spec in group) {
                    measurements[spec] = group[spec];
                }
            }
        }
        for (const [measure, value] of Object.entries(measurements)) {
            if (value === false) {
                delete measurements[measure]; // SQL's NULL: there is no data, which is neither zero nor "false"
            }
        }
        return measurements;
    }

    _getTableRows(tree, columns) {
        const rows = super._getTableRows(tree, columns);
        for (const cell of rows.flatMap((row) => row.subGroupMeasurements)) {
            if (this.isShare(cell.measure)) {
                cell.share = this.shareOfCell(cell.groupId, cell.measure);
            } else if (
                isRatio(cell.measure, this.metaData.fields) &&
                isInOneKind(cell.groupId, this.metaData)
            ) {
                cell.value = undefined;
            }
        }
        return rows;
    }

    /** Sort by what is shown: shares of rows are in another order than their values. */
    _sortRows(sortedColumn, config) {
        const { data } = config;
        if (!this.isShare(sortedColumn.measure, config.metaData)) {
            return super._sortRows(...arguments);
        }
        const measurements = {};
        for (const key of Object.keys(data.measurements)) {
            const share = this.shareOfCell(JSON.parse(key), sortedColumn.measure, data);
            measurements[key] = { [sortedColumn.measure]: share };
        }
        return super._sortRows(sortedColumn, { ...config, data: { ...data, measurements } });
    }

    exportData() {
        const { headers, rows } = this.getTable();
        const columns = headers.at(-1).map(({ measure }) => ({
            isShare: this.isShare(measure),
            isPercentage: this.metaData.widgets[measure] === "percentage",
        }));
        const each = (value) => rows.map((row) => row.subGroupMeasurements.map(value));
        const ranges = each((cell) => this.rangeTextOf(cell));
        headers.at(-1).forEach(({ measure }, i) => {
            const same = headers.at(-1).map((header, j) => header.measure === measure && j);
            const places = same.filter((j) => j !== false); // the columns of a measure are all alike
            columns[i].hasRange = ranges.some((row) => places.some((j) => row[j]));
        });
        const label = shareLabels()[this.metaData.shareMode];
        const cells = { shares: each((cell) => cell.share), ranges };
        return exportShares(super.exportData(), columns, cells, { share: label, range: _t("Range") });
    }
}
