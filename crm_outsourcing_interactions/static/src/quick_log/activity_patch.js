import { Activity } from "@mail/core/common/activity_model";
import { patch } from "@web/core/utils/patch";
import { mayClassify } from "../tagging/interaction_types";

/** A call that was planned in Odoo is logged when it is done: offer to add its duration and a note. */
patch(Activity.prototype, {
    async markAsDone() {
        await super.markAsDone(...arguments);
        this.completeCall();
    },

    async markAsDoneAndScheduleNext() {
        const action = await super.markAsDoneAndScheduleNext(...arguments);
        this.completeCall();
        return action;
    },

    completeCall() {
        if (mayClassify() && this.activity_category === "phonecall") {
            const { res_model, res_id } = this;
            this.store.env.services.interaction_quick_log.openCall(res_model, res_id);
        }
    },
});
