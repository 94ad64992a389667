import { Composer } from "@mail/core/common/composer";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { isHtmlEmpty } from "@web/core/utils/html";
import { patch } from "@web/core/utils/patch";
import { addDecisionNotice } from "../decision_notice/decision_notice";
import { mayClassify } from "../tagging/interaction_types";

import { Component, onMounted, status, toRaw, useState } from "@odoo/owl";

const SAVING = "crm.interaction.request.saving";

/** Composer and text from which the dialog was opened, so that undoing it puts the text back. */
let taken;

/** Thread → function that opens its composer again, so that undoing shows the text put back. */
const openers = new Map();

/** Ids of the recipients who may belong to clients: the chatter marks those whom it suggests. */
export function clientIds({ suggestedRecipients, additionalRecipients }) {
    return [...suggestedRecipients, ...additionalRecipients]
        .filter(({ partner_id, interaction_client }) => partner_id && interaction_client !== false)
        .map(({ partner_id }) => partner_id);
}

/** Say how many messages the client has had this week, and offer to add this one to the weekly letter. */
export class LetterHint extends Component {
    static template = "crm_outsourcing_interactions.LetterHint";
    static props = { composer: Object, recipients: Array, onAdded: Function, onTakenBack: Function };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ hint: false, isBusy: false });
        onMounted(() => this.load());
        openers.set(this.props.composer.thread.localId, this.props.onTakenBack);
    }

    get request() {
        const { composer, recipients } = this.props;
        return [composer.thread.model, composer.thread.id, recipients];
    }

    async load() {
        const hint = await this.orm.silent.call(
            "mail.compose.message",
            "interaction_letter_hint_of",
            this.request,
        );
        if (status(this) !== "destroyed") {
            this.state.hint = hint;
        }
    }

    get isOffered() {
        const { composerHtml, attachments } = this.props.composer;
        return this.state.hint.is_offered && !isHtmlEmpty(composerHtml) && !attachments.length;
    }

    async add() {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        const composer = toRaw(this.props.composer);
        const html = composer.composerHtml;
        try {
            const args = [...this.request, html.toString()];
            const action = await this.orm.call("mail.compose.message", "interaction_add_to_letter", args);
            await this.follow(action, { composer, html });
        } finally {
            this.state.isBusy = false;
        }
    }

    /** Say that it was added, or let the lines be chosen first. */
    async follow(action, source) {
        if (action.tag) {
            addedToLetter(this.env, action, source);
            this.props.onAdded();
            return;
        }
        taken = source;
        const onClose = (infos) => {
            taken = undefined;
            if (infos?.added) {
                this.props.onAdded();
            }
        };
        await this.action.doAction(action, { onClose });
    }
}

Composer.components = { ...Composer.components, LetterHint };

patch(Composer.prototype, {
    /** Recipients for whom the letter is an alternative; none for notes and messages among staff. */
    get letterRecipients() {
        const { composer, type } = this.props;
        const isMessage = this.env.inChatter && type !== "note" && !composer.message && composer.thread?.id;
        return isMessage && mayClassify() ? clientIds(composer.thread) : [];
    },

    onAddedToLetter() {
        this.clear();
        this.props.onPostCallback?.(); // closes the composer, and shows the new items on the form of the list itself
    },

    onTakenBackFromLetter() {
        this.env.inChatter.toggleComposer?.("message", { force: true });
    },
});

/** Tell that a text was added to the letter, with *Open* and *Undo*. */
function addedToLetter(env, { params }, source) {
    const { message, saving_id, list_id, next } = params;
    const { action, notification, orm } = env.services;
    const open = () =>
        action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.interaction.request.list",
            res_id: list_id,
            views: [[false, "form"]],
        });
    const undo = async () => {
        const text = await orm.call(SAVING, "action_undo", [[saving_id]]);
        putBack(source, text);
        notification.add(_t("Taken back from the letter"), { type: "info" });
    };
    if (saving_id) {
        addDecisionNotice(notification, message, [
            [_t("Open List"), open],
            [_t("Undo"), undo],
        ]);
    } else {
        notification.add(message, { type: "info" });
    }
    return next;
}

/** The composer of the chatter from which the full one was opened. */
function fullComposer(env, { model, res_id }) {
    const thread = model && env.services["mail.store"].Thread.get({ model, id: res_id });
    return thread && { composer: thread.composer };
}

/** Put a text back into its composer, unless something else has been written there. */
function putBack(source, text) {
    if (!source?.composer || !isHtmlEmpty(source.composer.composerHtml)) {
        return;
    }
    if (source.html) {
        source.composer.composerHtml = source.html;
    } else {
        source.composer.composerText = text;
    }
    openers.get(source.composer.thread?.localId)?.();
}

registry
    .category("actions")
    .add("interaction_added_to_letter", (env, action) =>
        addedToLetter(env, action, taken || fullComposer(env, action.params)),
    );
