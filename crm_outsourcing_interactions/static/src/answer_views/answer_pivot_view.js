import { registry } from "@web/core/registry";
import { Domain } from "@web/core/domain";
import { SharePivotModel } from "../share_pivot/share_pivot_model";
import { SharePivotRenderer, sharePivotView } from "../share_pivot/share_pivot_view";
import { evidenceDomain, isMedian, medianHelp, medianText, mostOf } from "../measures/medians";

/** Ask for the largest value of a median too, and say where it is only known to be more. */
class AnswerPivotModel extends SharePivotModel {
    sureSpecs(measure, fields) {
        return [...super.sureSpecs(measure, fields), mostOf(measure, fields)].filter(Boolean);
    }

    mostOfCell({ groupId, measure }) {
        const spec = mostOf(measure, this.metaData.fields);
        return this._getCellValue(groupId, spec, { data: this.data });
    }

    rangeTextOf(cell) {
        const { measure, value } = cell;
        if (!isMedian(measure, this.metaData.fields)) {
            return super.rangeTextOf(cell);
        }
        const most = this.mostOfCell(cell);
        return value === undefined || value === most ? "" : medianText(value, most);
    }
}

class AnswerPivotRenderer extends SharePivotRenderer {
    getFormattedValue(cell) {
        if (!isMedian(cell.measure, this.model.metaData.fields) || cell.value === undefined) {
            return super.getFormattedValue(cell);
        }
        const most = this.model.mostOfCell(cell);
        return { value: medianText(cell.value, most), help: medianHelp(cell.value, most) };
    }

    recordsBehind(domain) {
        return Domain.and([domain, evidenceDomain(this.openedMeasure)]).toList();
    }
}

registry.category("views").add("interaction_answer_pivot", {
    ...sharePivotView,
    Model: AnswerPivotModel,
    Renderer: AnswerPivotRenderer,
});
