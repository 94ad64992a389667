import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { addDecisionNotice } from "../decision_notice/decision_notice";
import { decisionText } from "../tagging/decision_text";
import { asThisPage } from "../tagging/interaction_review";
import { InteractionTypeList } from "../tagging/interaction_type_list";
import { interactionType, lacksOpinion, withOpinions } from "../tagging/interaction_types";
import { isConfirmable } from "./queue_confirm";

import { Component, xml } from "@odoo/owl";

/** The types to choose from, on the whole screen of a phone. */
class TypeDialog extends Component {
    static template = xml`
        <Dialog title="props.title" footer="false" size="'sm'">
            <InteractionTypeList
                direction="props.direction"
                suggested="props.suggested"
                probable="props.probable"
                polarity="props.polarity"
                onPick="(type) => this.pick(type)"
            />
        </Dialog>`;
    static components = { Dialog, InteractionTypeList };
    static props = ["title", "direction?", "suggested?", "probable?", "polarity?", "onPick", "close"];

    pick(type) {
        this.props.close();
        this.props.onPick(type);
    }
}

/** Buttons of a card in the queue: confirm, choose a type, not an interaction. */
export class TriageCard extends Component {
    static template = "crm_outsourcing_interactions.TriageCard";
    static props = { ...standardWidgetProps };

    setup() {
        // not by useService: the card is gone when the answer comes
        this.orm = this.env.services.orm;
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.review = useService("interaction_review");
    }

    get data() {
        return this.props.record.data;
    }

    get canConfirm() {
        return isConfirmable(this.props.record);
    }

    /** Complaint and praise, where it is to be said which. */
    get askedOpinions() {
        const { type_id, polarity } = this.data;
        return lacksOpinion(type_id?.id, polarity) ? withOpinions(interactionType(type_id.id)) : [];
    }

    choose() {
        const { direction, type_id, probable_types, polarity } = this.data;
        this.dialog.add(TypeDialog, {
            title: this.data.subject || _t("Interaction type"),
            direction,
            suggested: type_id?.id,
            probable: probable_types || [],
            polarity,
            onPick: (type) => this.tag(type.values, type),
        });
    }

    async tag(values, type) {
        const { record } = this.props;
        const { undo } = await this.call("tag", [[record.resId], values]);
        addDecisionNotice(this.notification, decisionText(values, type), [
            [_t("Undo"), () => this.call("undo_tag", [undo])],
        ]);
    }

    async call(method, args) {
        const { model } = this.props.record;
        const answer = await this.orm.call("crm.interaction", method, args, asThisPage);
        this.review.show(answer.counts);
        await model.load();
        return answer;
    }
}

registry.category("view_widgets").add("interaction_triage_card", { component: TriageCard });
