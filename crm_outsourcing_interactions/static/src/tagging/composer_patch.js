import { Composer } from "@mail/core/common/composer";
import { registerComposerAction } from "@mail/core/common/composer_actions";
import { Composer as ComposerModel } from "@mail/core/common/composer_model";
import { Store } from "@mail/core/common/store_service";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { patch } from "@web/core/utils/patch";
import { InteractionTypeList } from "./interaction_type_list";
import { interactionType, mayClassify } from "./interaction_types";

import { Component, toRaw, xml } from "@odoo/owl";

/** Say when it is too early to ask the client for feedback again. */
async function warnOfFeedback({ orm, notification }, { model, id }) {
    const warning = await orm.call("mail.compose.message", "interaction_feedback_reason", [model, [id]]);
    if (warning) {
        notification.add(warning, { type: "warning" });
    }
}

class ComposerTypePopover extends Component {
    static template = xml`
        <div class="o_interaction_popover p-2" role="dialog" t-att-aria-label="label">
            <InteractionTypeList direction="'outgoing'" onPick.bind="pick"/>
        </div>`;
    static components = { InteractionTypeList };
    static props = { composer: Object, close: Function };

    get label() {
        return _t("Interaction type");
    }

    pick(type) {
        const { composer } = this.props;
        composer.interactionTypeId = type.direction === "outgoing" && type.id;
        this.props.close();
        if (type.asks_feedback) {
            warnOfFeedback(this.env.services, composer.thread);
        }
    }
}

patch(ComposerModel.prototype, {
    interactionTypeId: false,

    clear() {
        super.clear(...arguments);
        this.interactionTypeId = false;
    },
});

patch(Composer.prototype, {
    get fullComposerAdditionalContext() {
        const interactionTypeId = toRaw(this.props.composer).interactionTypeId;
        const context = super.fullComposerAdditionalContext;
        return interactionTypeId && this.props.type !== "note"
            ? { ...context, default_interaction_type_id: interactionTypeId }
            : context;
    },

    get postData() {
        const interactionTypeId = toRaw(this.props.composer).interactionTypeId;
        return { ...super.postData, interactionTypeId };
    },
});

patch(Store.prototype, {
    async getMessagePostParams({ postData }) {
        const { interactionTypeId, isNote } = postData;
        const params = await super.getMessagePostParams(...arguments);
        if (interactionTypeId && !isNote) {
            params.post_data.interaction_type_id = interactionTypeId;
        }
        return params;
    },
});

registerComposerAction("interaction-type", {
    badge: ({ composer }) => Boolean(composer.interactionTypeId),
    badgeText: ({ composer }) => interactionType(composer.interactionTypeId)?.code,
    condition: ({ composer, owner }) =>
        mayClassify() && owner.env.inChatter && !composer.message && owner.props.type !== "note",
    icon: "fa fa-tag",
    name: ({ composer }) => {
        const type = interactionType(composer.interactionTypeId);
        return type ? `${type.code} ${type.short_name}` : _t("Interaction type");
    },
    onSelected: ({ composer, owner }, ev) => {
        if (composer.interactionTypeId) {
            composer.interactionTypeId = false;
        } else {
            owner.interactionTypePopover.open(ev.currentTarget, { composer });
        }
    },
    sequence: 40,
    setup: ({ owner }) => {
        owner.interactionTypePopover = usePopover(ComposerTypePopover, { position: "top-start" });
    },
});
