import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { interactionType } from "../tagging/interaction_types";
import { isOpen, offeredDecisions } from "./matter_decisions";

import { Component } from "@odoo/owl";

const { DateTime } = luxon;
export const SHORT = { month: "short", day: "numeric", hour: "numeric", minute: "numeric" };

function moment(text) {
    return deserializeDateTime(text.replace("T", " ").slice(0, 19));
}

/** Whether the answer is overdue. */
export function isOverdue({ due }) {
    return Boolean(due) && moment(due) < DateTime.now();
}

/** Who has to move in a matter, since when and until when, e.g. "Waiting for us since Nov 2, 9:00 AM". */
export function matterText(matter) {
    if (matter.perhaps) {
        return _t("Perhaps expects no answer");
    }
    if (!isOpen(matter)) {
        return _t("Nobody has to answer");
    }
    const since = moment(matter.since);
    const date = since.toLocaleString(SHORT);
    if (matter.waiting !== "us") {
        return _t("Waiting for the client since %s", date);
    }
    return since > DateTime.now() ? _t("Waiting for us from %s", date) : _t("Waiting for us since %s", date);
}

/** Until when, empty without limit. */
export function dueText({ due }) {
    return due ? _t("due %s", moment(due).toRelative()) : "";
}

/** The matter of an interaction: who has to move, the proposed link, and what may be decided. */
export class MatterState extends Component {
    static template = "crm_outsourcing_interactions.MatterState";
    static props = {
        state: { type: [Object, Boolean], optional: true },
        direction: { type: [String, Boolean], optional: true },
        hasKeys: { type: Boolean, optional: true },
        onDecide: Function,
    };

    get matter() {
        return this.props.state?.matter;
    }

    get text() {
        return matterText(this.matter);
    }

    get due() {
        return dueText(this.matter);
    }

    get isOverdue() {
        return isOverdue(this.matter);
    }

    get proposedName() {
        return interactionType(this.props.state.proposed.type_id)?.short_name || _t("another matter");
    }

    get decisions() {
        return offeredDecisions(this.props.direction, this.props.state || {});
    }
}
