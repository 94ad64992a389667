import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const RADIUS = 40;
const CENTRE = { x: 50, y: 46 };
const NEEDLE = 33;
const DIGITS = 2;

/**
 * @param {number} part of the scale, 0 on the left to 1 on the right
 * @param {number} radius
 * @returns {string} the point of the half circle, as "x y"
 */
export function pointAt(part, radius) {
    const angle = Math.PI * (1 - part);
    const x = CENTRE.x + radius * Math.cos(angle);
    const y = CENTRE.y - radius * Math.sin(angle);
    return `${x.toFixed(DIGITS)} ${y.toFixed(DIGITS)}`;
}

/** A dial with the zones of a target as a coloured half circle and a needle at the value; see gauge.py. */
export class TargetGauge extends Component {
    static template = "crm_outsourcing_interactions.TargetGauge";
    static props = { ...standardFieldProps };

    get dial() {
        return this.props.record.data[this.props.name] || { needle: null, sections: [], text: "" };
    }

    /** Value, range and verdict in words, for screen readers. */
    get spoken() {
        const { text, range, tip } = this.dial;
        return [text, range, tip].filter(Boolean).join(". ");
    }

    get arcs() {
        return this.dial.sections.map(([zone, from, to]) => ({
            path: `M ${pointAt(from, RADIUS)} A ${RADIUS} ${RADIUS} 0 0 1 ${pointAt(to, RADIUS)}`,
            colour: `o_target_gauge_${zone}`,
        }));
    }

    get needle() {
        return this.dial.needle === null
            ? ""
            : `M ${CENTRE.x} ${CENTRE.y} L ${pointAt(this.dial.needle, NEEDLE)}`;
    }
}

registry.category("fields").add("target_gauge", { component: TargetGauge, supportedTypes: ["json"] });
