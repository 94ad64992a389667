import { PivotModel } from "@web/views/pivot/pivot_model";
import { baseGroup, SHARE_MODES, sheetName, shareOf } from "./shares";
import { shareLabels } from "./share_pivot_labels";

const PERCENT = 100;
const ADDITIVE = ["sum", "count", "count_distinct"];

/** A pivot that also shows its cells as shares, and leaves out what has no value. */
export class SharePivotModel extends PivotModel {
    setup(params) {
        params.metaData.shareMode ||= "value";
        super.setup(...arguments);
    }

    async load(searchParams) {
        const mode = searchParams.context.pivot_share_mode;
        if (SHARE_MODES.includes(mode) && mode !== this.loadedMode) {
            this.loadedMode = mode;
            this.metaData.shareMode = mode;
        }
        return super.load(...arguments);
    }

    setShareMode(mode) {
        this.metaData.shareMode = mode;
        this.notify();
    }

    /** Only what can be added up has shares: not a ratio, not an average. */
    hasShares(measure) {
        return measure === "__count" || ADDITIVE.includes(this.metaData.fields[measure]?.aggregator);
    }

    isShare(measure) {
        return this.metaData.shareMode !== "value" && this.hasShares(measure);
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
            if (this.isShare(cell.measure) && !("share" in cell)) {
                const base = baseGroup(cell.groupId, this.metaData.shareMode);
                cell.share = shareOf(cell.value, this._getCellValue(base, cell.measure, { data: this.data }));
            }
        }
        return rows;
    }

    exportData() {
        const exported = super.exportData();
        const columns = this.getTable().headers.at(-1);
        const rows = this.getTable().rows;
        exported.title = sheetName(exported.title);
        exported.measure_headers.forEach((header, i) => {
            if (this.isShare(columns[i].measure)) {
                header.title = `${header.title} (${shareLabels()[this.metaData.shareMode]})`;
            }
        });
        exported.rows.forEach((row, i) =>
            row.values.forEach((cell, j) => {
                const { measure, share } = rows[i].subGroupMeasurements[j];
                if (this.isShare(measure)) {
                    cell.value = share === undefined ? "" : Math.round(share * PERCENT * PERCENT) / PERCENT;
                }
            }),
        );
        return exported;
    }
}
