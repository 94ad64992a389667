import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const STEP = 10;
const GAP = 2;
const HEIGHT = 36;
const LEAST = 1;

/** One small bar for each month: `[{ label, n }, …]`; the number is in the bar's hint and in the label. */
export class InteractionSparkline extends Component {
    static template = "crm_outsourcing_interactions.InteractionSparkline";
    static props = { ...standardFieldProps };

    get months() {
        return this.props.record.data[this.props.name] || [];
    }

    get width() {
        return STEP * this.months.length;
    }

    get height() {
        return HEIGHT;
    }

    /** The bars in words. */
    get spoken() {
        return this.months.map(({ label, n }) => `${label}: ${n}`).join(", ");
    }

    get bars() {
        const most = Math.max(1, ...this.months.map(({ n }) => n));
        return this.months.map(({ label, n }, i) => {
            const height = n ? Math.max((HEIGHT * n) / most, LEAST) : LEAST;
            return { label, n, height, x: STEP * i, y: HEIGHT - height, width: STEP - GAP };
        });
    }
}

registry.category("fields").add("interaction_sparkline", {
    component: InteractionSparkline,
    supportedTypes: ["json"],
});
