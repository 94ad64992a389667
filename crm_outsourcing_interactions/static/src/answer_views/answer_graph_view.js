import { _t } from "@web/core/l10n/translation";
import { Domain } from "@web/core/domain";
import { registry } from "@web/core/registry";
import { sprintf } from "@web/core/utils/strings";
import { formatInteger } from "@web/views/fields/formatters";
import { isRatio } from "../measures/measures";
import { plural } from "../measures/plurals";
import { ShareGraphModel } from "../share_graph/share_graph_model";
import { ShareGraphRenderer } from "../share_graph/share_graph_renderer";
import { shareGraphView } from "../share_graph/share_graph_view";
import { evidenceDomain, isMedian, medianText, mostOf } from "../measures/medians";

/** Medians are no zero where there is no data, and open what they were measured from. */
class AnswerGraphModel extends ShareGraphModel {
    get isRatio() {
        const { measure, fields } = this.metaData;
        return isRatio(measure, fields) || isMedian(measure, fields);
    }

    /** Answers due, and the largest value of a median. */
    evidenceOf({ measure, fields }) {
        const due = `${measure.split("_")[0]}_due_count`;
        return this.isRatio && fields[due] ? [`${due}:sum`, mostOf(measure, fields)].filter(Boolean) : [];
    }

    numberText(n) {
        return sprintf(plural(_t("%(n)s answer due|%(n)s answers due"), n), { n: formatInteger(n) });
    }

    async _loadDataPoints(metaData) {
        const loaded = await super._loadDataPoints(metaData);
        for (const dataPoint of loaded[0]) {
            dataPoint.value = dataPoint.value === false ? null : dataPoint.value;
        }
        return loaded;
    }
}

class AnswerGraphRenderer extends ShareGraphRenderer {
    valueWithN(value, dataset, dataIndex) {
        const { measure, fields } = this.model.metaData;
        const [due, most] = this.model.evidenceAt(dataset, dataIndex) || [];
        if (!isMedian(measure, fields)) {
            return super.valueWithN(...arguments);
        }
        const text = medianText(dataset.data[dataIndex], most);
        return text && due ? `${text} (${this.model.numberText(due)})` : text;
    }

    recordsBehind(domain) {
        return Domain.and([domain, evidenceDomain(this.model.metaData.measure)]).toList();
    }
}

export const answerGraphView = { ...shareGraphView, Model: AnswerGraphModel, Renderer: AnswerGraphRenderer };
registry.category("views").add("interaction_answer_graph", answerGraphView);
