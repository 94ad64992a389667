import { _t } from "@web/core/l10n/translation";
import { isOpen } from "../matters/matter_decisions";
import { dueText, isOverdue, matterText } from "../matters/matter_state";
import { interactionType, showsNames, spokenType } from "./interaction_types";

import { Component, useState } from "@odoo/owl";

/**
 * What sort of contact a message is: direction and code, dashed while to review, "?" while unclassified. The name of the
 * type follows while the badge is hovered or has the focus, or always, by the user's preference.
 */
export class InteractionBadge extends Component {
    static template = "crm_outsourcing_interactions.InteractionBadge";
    static props = { interaction: Object, onClick: Function };

    setup() {
        this.hover = useState({ isOn: false });
    }

    get name() {
        const isShown = this.hover.isOn || showsNames();
        return isShown && this.props.interaction.state !== "ignored" ? this.type?.short_name : "";
    }

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

    get state() {
        return {
            ignored: _t("Not an interaction"),
            to_review: _t("To review"),
            confirmed: _t("Confirmed"),
        }[this.props.interaction.state];
    }

    get title() {
        return [this.type?.name, this.state, this.props.interaction.reason, this.waiting]
            .filter(Boolean)
            .join("\n");
    }

    /** The matter of the interaction while somebody has to move. */
    get openMatter() {
        const matter = this.props.interaction.matter?.matter;
        return matter && isOpen(matter) ? matter : undefined;
    }

    get isOverdue() {
        return Boolean(this.openMatter) && isOverdue(this.openMatter);
    }

    get isProposed() {
        return Boolean(this.props.interaction.matter?.proposed);
    }

    get waiting() {
        const matter = this.openMatter;
        const text = matter && [matterText(matter), dueText(matter)].filter(Boolean).join(", ");
        return text || (this.isProposed ? _t("May belong to another matter") : "");
    }

    /** What arrow, code, colour and dashes show, in words. */
    get spoken() {
        const { direction, state } = this.props.interaction;
        const directions = { incoming: _t("Incoming"), outgoing: _t("Outgoing") };
        const unknown = state !== "ignored" && `${_t("Unclassified")}, ${directions[direction] || ""}`;
        return [this.type ? spokenType(this.type) : unknown, this.state, this.waiting]
            .filter(Boolean)
            .join(", ");
    }
}
