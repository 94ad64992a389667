import { PivotModel } from "@web/views/pivot/pivot_model";
import { isAdditive, isRatio, nameTheCount } from "../measures/measures";
import { isInOneKind, withoutKind } from "./kinds";
import { baseGroup, exportShares, nextMode, shareOf } from "./shares";
import { shareLabels } from "./share_pivot_labels";

/** A pivot that also shows its cells as shares, and leaves out what has no value. */
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
     * Between what a kind's share can lie, whatever the contacts to classify turn out to be.
     *
     * @returns {number[]|undefined} only where a cell is of one kind and some contacts have none
     */
    boundsOfCell({ groupId, measure, share }) {
        const unclassified = withoutKind(groupId, this.metaData);
        const base = baseGroup(groupId, this.metaData.shareMode);
        if (!unclassified || isInOneKind(base, this.metaData)) {
            return undefined;
        }
        const value = this._getCellValue(unclassified, measure, { data: this.data });
        const open = shareOf(value, this._getCellValue(base, measure, { data: this.data }));
        return open && [share, share + open];
    }

    _getMeasurements() {
        const measurements = super._getMeasurements(...arguments);
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
        const shares = rows.map((row) => row.subGroupMeasurements.map((cell) => cell.share));
        return exportShares(super.exportData(), columns, shares, shareLabels()[this.metaData.shareMode]);
    }
}
