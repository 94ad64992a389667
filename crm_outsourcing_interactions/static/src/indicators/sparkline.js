import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { takenActions } from "../measures/taken_actions";

const STEP = 10;
const GAP = 2;
const HEIGHT = 36;
const LEAST = 1;
const TOP = 10;

/**
 * One small bar for each month: `[{ label, n, marks }, …]`; the number is in the bar's hint and in the label. A mark above
 * it stands for the corrective actions of the month, which a click opens.
 */
export class InteractionSparkline extends Component {
    static template = "crm_outsourcing_interactions.InteractionSparkline";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    get months() {
        return this.props.record.data[this.props.name] || [];
    }

    get width() {
        return STEP * this.months.length;
    }

    get height() {
        return HEIGHT;
    }

    /** Space above the bars, if there are marks. */
    get top() {
        return this.months.some(({ marks = [] }) => marks.length) ? TOP : 0;
    }

    /** The bars in words. */
    get spoken() {
        return this.bars.map(({ text }) => text).join(", ");
    }

    get bars() {
        const most = Math.max(1, ...this.months.map(({ n }) => n));
        return this.months.map(({ label, n, marks = [] }, i) => {
            const height = n ? Math.max((HEIGHT * n) / most, LEAST) : LEAST;
            const [x, y, width] = [STEP * i, HEIGHT - height, STEP - GAP];
            const text = [
                `${label}: ${n}`,
                ...marks.map((mark) => `${mark.display_date}: ${mark.name}`),
            ].join("\n");
            const mark = marks.length ? `M${x} ${y - TOP}h${width}l${-width / 2} ${TOP - 3}z` : "";
            return { n, height, x, y, width, text, mark, ids: marks.map(({ id }) => id) };
        });
    }

    open(ids) {
        return ids.length && this.action.doAction(takenActions(ids));
    }
}

registry.category("fields").add("interaction_sparkline", {
    component: InteractionSparkline,
    supportedTypes: ["json"],
});
