import { _t } from "@web/core/l10n/translation";

/** @returns {Object} label of each share mode */
export function shareLabels() {
    return {
        value: _t("Values"),
        total: _t("% of grand total"),
        row: _t("% of row"),
        column: _t("% of column"),
    };
}
