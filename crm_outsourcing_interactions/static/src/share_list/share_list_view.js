import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";
import { isRatio } from "../measures/measures";
import { percent, rangeOf, rangeText } from "../measures/ranges";

import { onWillStart, onWillUpdateProps } from "@odoo/owl";

function ratioText(value) {
    return value === false || value === undefined ? "" : percent(value);
}

/** A list with ratios in groups and footer; a single interaction has none. */
export class ShareListRenderer extends ListRenderer {
    setup() {
        this.orm = useService("orm");
        super.setup();
        onWillStart(() => this.loadTotals(this.props));
        onWillUpdateProps((props) => this.loadTotals(props));
    }

    isRatioColumn(column) {
        return column.type === "field" && isRatio(column.name, this.props.list.fields);
    }

    /**
     * A ratio and, where its bounds are in the list, its range and one word.
     *
     * @param {string} name of the column
     * @param {(spec: string) => any} read the value of an aggregate
     */
    cellText(name, read) {
        const text = ratioText(read(`${name}:avg`));
        const range = rangeOf(name, this.props.list.activeFields);
        if (!text || !range) {
            return text;
        }
        const { low, high, open } = range;
        return `${text}\u2003${rangeText({ low: read(low), high: read(high), open: read(open) })}`;
    }

    /** The aggregates in the footer. */
    totalSpecs(list) {
        const names = Object.keys(list.activeFields).filter((name) => isRatio(name, list.fields));
        const specs = names.map((name) => `${name}:avg`);
        return list.activeFields.open_count ? [...specs, "open_count:sum"] : specs;
    }

    /** Ratios of all: they cannot be worked out from those of the groups. */
    async loadTotals({ list }) {
        const specs = this.totalSpecs(list);
        this.totals = {};
        if (specs.length) {
            [this.totals] = await this.orm.formattedReadGroup(list.resModel, list.domain, [], specs, {
                context: list.context,
            });
        }
    }

    computeAggregates() {
        const aggregates = super.computeAggregates();
        for (const column of this.columns.filter((own) => this.isRatioColumn(own))) {
            const { aggregator } = this.props.list.fields[column.name];
            const value = this.props.list.selection.length
                ? false
                : this.totals[`${column.name}:${aggregator}`];
            const text = value === false ? "" : this.cellText(column.name, (spec) => this.totals[spec]);
            aggregates[column.name] = { value: text, rawValue: value };
        }
        return aggregates;
    }

    formatGroupAggregate(group, column) {
        if (this.isRatioColumn(column)) {
            return { value: this.cellText(column.name, (spec) => group.aggregates[spec.split(":")[0]]) };
        }
        return super.formatGroupAggregate(...arguments);
    }

    canUseFormatter(column, record) {
        return this.isRatioColumn(column) || super.canUseFormatter(column, record);
    }

    getFormattedValue(column) {
        return this.isRatioColumn(column) ? "" : super.getFormattedValue(...arguments);
    }
}

registry.category("views").add("interaction_share_list", { ...listView, Renderer: ShareListRenderer });
