import { registry } from "@web/core/registry";
import { listView } from "@web/views/list/list_view";
import { ShareListRenderer } from "../share_list/share_list_view";
import { isMedian, medianText } from "../measures/medians";

/** A list with shares and medians in groups and footer; a single matter has none. */
class AnswerListRenderer extends ShareListRenderer {
    isRatioColumn(column) {
        return (
            super.isRatioColumn(column) ||
            (column.type === "field" && isMedian(column.name, this.props.list.fields))
        );
    }

    cellText(name, read) {
        return isMedian(name, this.props.list.fields)
            ? medianText(read(`${name}:median`), read(`${name}_most:median`))
            : super.cellText(name, read);
    }

    totalSpecs(list) {
        const medians = Object.keys(list.activeFields).filter((name) => isMedian(name, list.fields));
        return [...super.totalSpecs(list), ...medians.map((name) => `${name}:median`)];
    }
}

registry.category("views").add("interaction_answer_list", { ...listView, Renderer: AnswerListRenderer });
