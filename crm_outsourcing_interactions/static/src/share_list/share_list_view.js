import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatPercentage } from "@web/views/fields/formatters";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";
import { isRatio } from "../measures/measures";

import { onWillStart, onWillUpdateProps } from "@odoo/owl";

function ratioText(value) {
    return value === false || value === undefined
        ? ""
        : formatPercentage(value, { digits: [false, 1], trailingZeros: true });
}

/** A list with ratios in its groups and its footer; a single contact has none. */
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

    /** Ratios of all: they cannot be worked out from those of the groups. */
    async loadTotals({ list }) {
        const names = Object.keys(list.activeFields).filter((name) => isRatio(name, list.fields));
        const specs = names.map((name) => `${name}:avg`);
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
            const value = this.props.list.selection.length ? false : this.totals[`${column.name}:avg`];
            aggregates[column.name] = { value: ratioText(value), rawValue: value };
        }
        return aggregates;
    }

    formatGroupAggregate(group, column) {
        if (this.isRatioColumn(column)) {
            return { value: ratioText(group.aggregates[column.name]) };
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
