import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const WIDTH = 100;
const EMPTY = { value: null, previous: null, bounds: null, sections: [], text: "" };

/** A bullet graph: the value as a bar before the zones of its target, with its range and the value before. */
export class TargetBullet extends Component {
    static template = "crm_outsourcing_interactions.TargetBullet";
    static props = { ...standardFieldProps };

    get graph() {
        return this.props.record.data[this.props.name] || EMPTY;
    }

    /** Value, range and verdict in words, for screen readers. */
    get spoken() {
        const { text, range, tip } = this.graph;
        return [text, range, tip].filter(Boolean).join(". ");
    }

    get zones() {
        return this.graph.sections.map(([zone, from, to]) => ({
            x: from * WIDTH,
            width: (to - from) * WIDTH,
            className: `o_target_bullet_${zone}`,
        }));
    }

    /** Lengths on the scale of the picture, undefined where there is no data. */
    get lengths() {
        const { value, previous, bounds } = this.graph;
        const length = (part) => (part === null ? undefined : part * WIDTH);
        return {
            value: length(value),
            previous: length(previous),
            from: bounds ? bounds[0] * WIDTH : undefined,
            range: bounds ? Math.max((bounds[1] - bounds[0]) * WIDTH, 1) : undefined,
        };
    }
}

registry.category("fields").add("target_bullet", { component: TargetBullet, supportedTypes: ["json"] });
