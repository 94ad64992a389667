import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { decisionText } from "../tagging/decision_text";
import { asThisPage } from "../tagging/interaction_review";
import { Pace } from "./queue_progress";

import { useState } from "@odoo/owl";

/**
 * What a person says of interactions in the queue, one call each, and how to take it back.
 *
 * @param {() => Promise} reload shows the queue anew
 */
export function useQueueDecisions(reload) {
    const decisions = useState(new QueueDecisions(reload));
    Object.assign(decisions, { orm: useService("orm"), review: useService("interaction_review") });
    return decisions;
}

class QueueDecisions {
    constructor(reload) {
        this.reload = reload;
        this.pace = new Pace();
        this.undoable = [];
        this.busy = false;
        this.done = "";
        this.asked = "";
    }

    /** Classify `ids` by `values` (as `crm.interaction.tag` takes them), with the chosen type, if any. */
    tag(ids, values, type) {
        const text = decisionText(values, type);
        const done = ids.length > 1 ? `${ids.length} × ${text}` : text;
        return this.decide(() => this.call("tag", [ids, values]), done, ids.length);
    }

    /** Add a second purpose to an interaction with a message. */
    split({ resId, data }, type) {
        const args = [data.message_id.id, type.values, resId, true];
        const done = _t("Second purpose: %(code)s %(short_name)s", type);
        return this.decide(() => this.call("tag_message", args), done, 0);
    }

    async decide(act, done, count) {
        if (this.busy) {
            return;
        }
        this.busy = true;
        this.asked = "";
        try {
            const { undo } = await act();
            this.remember(() => this.call("undo_tag", [undo]), done);
            if (count) {
                this.pace.note(count);
            }
            await this.reload();
        } finally {
            this.busy = false;
        }
    }

    /** Say what was done; `undo` takes it back. */
    remember(undo, done) {
        this.undoable.push(undo);
        this.done = done;
    }

    async call(method, args) {
        const answer = await this.orm.call("crm.interaction", method, args, asThisPage);
        this.review.show(answer.counts);
        return answer;
    }

    async undo() {
        const undo = this.undoable.pop();
        this.done = undo ? _t("Undone") : _t("There is nothing to undo.");
        if (undo) {
            await undo();
            await this.reload();
        }
    }
}
