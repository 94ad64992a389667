import { registry } from "@web/core/registry";
import { formatPercentage } from "@web/views/fields/formatters";
import { PivotController } from "@web/views/pivot/pivot_controller";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";
import { pivotView } from "@web/views/pivot/pivot_view";
import { shareLabels } from "./share_pivot_labels";
import { SharePivotModel } from "./share_pivot_model";
import { SHARE_MODES } from "./shares";

class SharePivotController extends PivotController {
    getContext() {
        return { ...super.getContext(), pivot_share_mode: this.model.metaData.shareMode };
    }
}

class SharePivotRenderer extends PivotRenderer {
    get shareModes() {
        return SHARE_MODES.map((mode) => ({ mode, label: shareLabels()[mode] }));
    }

    get shareLabel() {
        return shareLabels()[this.model.metaData.shareMode];
    }

    onShareModeSelected(mode) {
        this.model.setShareMode(mode);
    }

    getFormattedValue(cell) {
        const formatted = super.getFormattedValue(cell);
        if (!this.model.isShare(cell.measure)) {
            return formatted;
        }
        const value = cell.share === undefined ? "" : formatPercentage(cell.share, { digits: [false, 1] });
        return { ...formatted, value, help: formatted.value };
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
