import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { useClientFigures } from "./client_figures";

import { Component } from "@odoo/owl";

/** One figure of a client on a card; which one, the name of the field says. */
class ClientFigure extends Component {
    static template = "crm_outsourcing_interactions.ClientFigure";
    static props = { ...standardFieldProps };

    setup() {
        this.figuresOf = useClientFigures();
    }
}

registry.category("fields").add("interaction_client", {
    component: ClientFigure,
    supportedTypes: ["integer", "float", "date", "json"],
    fieldDependencies: [{ name: "shown", type: "json" }],
});
