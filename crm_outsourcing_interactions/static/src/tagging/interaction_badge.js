import { _t } from "@web/core/l10n/translation";
import { interactionType } from "./interaction_types";

import { Component } from "@odoo/owl";

/** What sort of contact a message is: direction and code, dashed while to review, "?" while unclassified. */
export class InteractionBadge extends Component {
    static template = "crm_outsourcing_interactions.InteractionBadge";
    static props = { interaction: Object, onClick: Function };

    get type() {
        return interactionType(this.props.interaction.type_id);
    }

    get label() {
        const { direction, state, type_id } = this.props.interaction;
        if (state === "ignored") {
            return "∅";
        }
        const arrow = { incoming: "↓", outgoing: "↑" }[direction] || "";
        return `${arrow} ${type_id ? this.type?.code || "…" : "?"}`.trim();
    }

    get title() {
        const { state, reason } = this.props.interaction;
        const states = {
            ignored: _t("Not an interaction"),
            to_review: _t("To review"),
            confirmed: _t("Confirmed"),
        };
        return [this.type?.name, states[state], reason].filter(Boolean).join("\n");
    }
}
