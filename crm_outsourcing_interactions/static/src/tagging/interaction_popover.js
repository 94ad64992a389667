import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { addDecisionNotice } from "../decision_notice/decision_notice";
import { decideMatter } from "../matters/matter_decisions";
import { MatterState } from "../matters/matter_state";
import { decisionText } from "./decision_text";
import { asThisPage } from "./interaction_review";
import { InteractionTypeList } from "./interaction_type_list";
import { interactionType, lacksOpinion, mayMakeRules } from "./interaction_types";

import { Component, useState } from "@odoo/owl";

/**
 * Says what sort of contact a message is. Everything it needs came with the message and with the page.
 */
export class InteractionPopover extends Component {
    static template = "crm_outsourcing_interactions.InteractionPopover";
    static components = { InteractionTypeList, MatterState };
    static props = {
        message: Object,
        interaction: { type: Object, optional: true },
        close: Function,
    };

    setup() {
        // not by useService: an answer must be heard after the popover is closed
        this.orm = this.env.services.orm;
        this.action = this.env.services.action;
        this.notification = useService("notification");
        this.store = useService("mail.store");
        this.review = useService("interaction_review");
        this.state = useState({ split: false });
    }

    get interaction() {
        return this.props.interaction;
    }

    get direction() {
        return this.interaction?.direction || false;
    }

    /** What this client's messages mostly are; a note that is no contact yet has it from its neighbours. */
    get likely() {
        const { interactions = [] } = this.interaction
            ? { interactions: [this.interaction] }
            : this.props.message.thread?.messages.find((message) => message.interactions?.length) || {};
        return interactions[0]?.likely || [];
    }

    /** What the learner takes the message for; a further purpose is likely to be another one. */
    get probable() {
        return (!this.state.split && this.interaction?.probable) || [];
    }

    /** The messages of the page that have badges. */
    get shownIds() {
        const { message } = this.props;
        const messages = message.thread?.messages || [message];
        return messages.filter(({ interactions }) => interactions?.length).map(({ id }) => id);
    }

    get isSuggestion() {
        return this.interaction?.type_id && this.interaction.state === "to_review";
    }

    /** Whether the user has to say whether it is a complaint or praise. */
    get lacksOpinion() {
        return this.isSuggestion && lacksOpinion(this.interaction.type_id, this.interaction.polarity);
    }

    get canConfirm() {
        return this.isSuggestion && !this.lacksOpinion;
    }

    get canMakeOpportunity() {
        const type = interactionType(this.interaction?.type_id);
        return type?.role === "additional" && type.direction === "incoming";
    }

    get canMakeRule() {
        return mayMakeRules() && this.interaction.state !== "ignored";
    }

    /** @param {import("./interaction_types").InteractionType} type */
    pick(type) {
        return this.tag(type.values, type, this.state.split);
    }

    confirm() {
        return this.tag({ state: "confirmed" });
    }

    ignore() {
        return this.tag({ state: "ignored" });
    }

    countAgain() {
        return this.tag({ state: "to_review" });
    }

    /** Undo the user's own last change, long after the notification about it is gone. */
    async undo() {
        this.props.close();
        const { notification } = this;
        await this.call("undo_tag", [[this.interaction.undo]]);
        notification.add(_t("Change undone"), { type: "success" });
    }

    flip() {
        const direction = this.interaction.direction === "incoming" ? "outgoing" : "incoming";
        return this.tag({ direction });
    }

    async tag(values, type, split = false) {
        this.props.close();
        const { notification } = this;
        const args = [this.props.message.id, values, this.interaction?.id || false, split];
        const undo = await this.call("tag_message", args);
        addDecisionNotice(notification, decisionText(values, type), [
            [_t("Undo"), () => this.call("undo_tag", [undo])],
        ]);
    }

    /** One call, whose answer holds all that the page shows then. */
    async call(method, args) {
        const { store, review } = this;
        const answer = await this.orm.call("crm.interaction", method, args, asThisPage);
        store.insert(answer.store);
        review.show(answer.counts);
        return answer.undo;
    }

    /** Decide about the matter; the badges of all messages of the page may change with it. */
    decide(choice) {
        this.props.close();
        const { env, review } = this;
        return decideMatter(env, [this.interaction.id], choice, () => review.loadBadges(this.shownIds));
    }

    /** Give it to the other client of the same person, or choose one of several in the dialog. */
    async changeClient() {
        this.props.close();
        const { action, interaction, orm } = this;
        const reload = () => this.review.loadBadges(this.shownIds);
        const dialog = await orm.call("crm.interaction", "action_other_client", [[interaction.id]]);
        await (dialog?.type ? action.doAction(dialog, { onClose: reload }) : reload());
    }

    makeOpportunity() {
        return this.open("action_make_opportunity");
    }

    makeRule() {
        return this.open("action_make_rule");
    }

    /** Open what a method of the interaction returns. */
    async open(method) {
        this.props.close();
        const { action } = this;
        action.doAction(await this.orm.call("crm.interaction", method, [[this.interaction.id]]));
    }

    more() {
        this.props.close();
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.interaction",
            res_id: this.interaction.id,
            views: [[false, "form"]],
            target: "new",
        });
    }
}
