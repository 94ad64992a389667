import { registry } from "@web/core/registry";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";

/** A direction as an arrow, as on badges; in words while it is edited and for screen readers. */
export class DirectionArrow extends SelectionField {
    static template = "crm_outsourcing_interactions.DirectionArrow";

    get arrow() {
        return { incoming: "↓", outgoing: "↑" }[this.props.record.data[this.props.name]] || "";
    }
}

registry.category("fields").add("interaction_direction", { ...selectionField, component: DirectionArrow });
