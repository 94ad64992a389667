import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { PivotController } from "@web/views/pivot/pivot_controller";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";
import { pivotView } from "@web/views/pivot/pivot_view";
import { percent } from "../measures/ranges";
import { withFigureTarget } from "./figure_target";
import { shareLabels } from "./share_pivot_labels";
import { SharePivotModel } from "./share_pivot_model";
import { SHARE_MODES } from "./shares";

const MOST_COLUMNS = 16383; // of an Excel sheet, beside the one of the titles

export class SharePivotController extends PivotController {
    getContext() {
        return { ...super.getContext(), pivot_share_mode: this.model.metaData.shareMode };
    }
}

export class SharePivotRenderer extends PivotRenderer {
    static template = "crm_outsourcing_interactions.SharePivotRenderer";

    setup() {
        super.setup();
        this.notification = useService("notification");
    }

    get shareModes() {
        return SHARE_MODES.map((mode) => ({ mode, label: shareLabels()[mode] }));
    }

    get shareLabel() {
        return shareLabels()[this.model.metaData.shareMode];
    }

    onShareModeSelected(mode) {
        this.model.setShareMode(mode);
    }

    /** Show a share with its count; a ratio has as many decimals as a share. */
    getFormattedValue(cell) {
        const formatted = super.getFormattedValue(cell);
        if (!this.model.isShare(cell.measure)) {
            const isPercentage = this.model.metaData.widgets[cell.measure] === "percentage";
            return isPercentage
                ? { ...formatted, value: percent(cell.value), ...this.ratioTexts(cell) }
                : formatted;
        }
        if (cell.share === undefined) {
            return { value: "" };
        }
        const bounds = this.model.boundsOfCell(cell);
        const texts = bounds ? { range: this.model.rangeTextOf(cell), help: this.partsText(bounds) } : {};
        return { value: percent(cell.share), n: formatted.value, ...texts };
    }

    /** Range and word of a ratio, with what they are made of. */
    ratioTexts(cell) {
        const range = this.model.rangeOfRatio(cell);
        const help = range && [_t("Base: %s", range.base), _t("To review: %s", range.open)].join(" · ");
        return range ? { range: this.model.rangeTextOf(cell), help } : {};
    }

    partsText({ n, toReview, open }) {
        const round = (number) => Math.round(100 * number) / 100;
        return [
            _t("Confirmed: %s", round(n - toReview)),
            _t("Suggested: %s", round(toReview)),
            _t("To review, of all kinds: %s", round(open)),
        ].join(" · ");
    }

    onOpenView(cell, newWindow) {
        this.openedMeasure = cell.measure;
        super.onOpenView(cell, newWindow);
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
            withFigureTarget(context, metaData, this.openedMeasure, domain),
            newWindow,
        );
    }

    onDownloadButtonClicked() {
        const table = this.model.exportData();
        if (table.measure_headers.length > MOST_COLUMNS) {
            const message = _t(
                "Excel cannot hold that many columns. Filter further, or choose fewer measures.",
            );
            this.notification.add(message, { type: "warning" });
            return;
        }
        download({
            url: "/crm_interaction/pivot_xlsx",
            data: { data: new Blob([JSON.stringify(table)], { type: "application/json" }) },
        });
    }
}

export const sharePivotView = {
    ...pivotView,
    Controller: SharePivotController,
    Renderer: SharePivotRenderer,
    Model: SharePivotModel,
    buttonTemplate: "crm_outsourcing_interactions.SharePivotButtons",
};
registry.category("views").add("interaction_share_pivot", sharePivotView);
