import { Domain } from "@web/core/domain";
import { registry } from "@web/core/registry";
import { isRatio } from "../measures/measures";
import { ShareGraphModel } from "../share_graph/share_graph_model";
import { ShareGraphRenderer } from "../share_graph/share_graph_renderer";
import { shareGraphView } from "../share_graph/share_graph_view";
import { evidenceDomain, isMedian, medianText } from "../measures/medians";

/** Medians are no zero where there is no data, and open what they were measured from. */
class AnswerGraphModel extends ShareGraphModel {
    get isRatio() {
        const { measure, fields } = this.metaData;
        return isRatio(measure, fields) || isMedian(measure, fields);
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
        const [most] = this.model.evidenceAt(dataset, dataIndex) || [];
        if (!isMedian(measure, fields)) {
            return super.valueWithN(...arguments);
        }
        return medianText(dataset.data[dataIndex], most);
    }

    openView(domain, ...rest) {
        const evidence = evidenceDomain(this.model.metaData.measure);
        return super.openView(Domain.and([domain, evidence]).toList(), ...rest);
    }
}

export const answerGraphView = { ...shareGraphView, Model: AnswerGraphModel, Renderer: AnswerGraphRenderer };
registry.category("views").add("interaction_answer_graph", answerGraphView);
