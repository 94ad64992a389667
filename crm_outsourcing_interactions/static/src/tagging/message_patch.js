import { Message } from "@mail/core/common/message";
import { registerMessageAction } from "@mail/core/common/message_actions";
import { Message as MessageModel } from "@mail/core/common/message_model";
import { fields } from "@mail/core/common/record";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { InteractionBadge } from "./interaction_badge";
import { InteractionPopover } from "./interaction_popover";
import { mayClassify } from "./interaction_types";
import { usePopoverBeside } from "./popover_beside";

patch(MessageModel.prototype, {
    setup() {
        super.setup(...arguments);
        /** @type {Object[]} what `mail.message._interaction_badges()` gives */
        this.interactions = fields.Attr([]);
    },
});

Object.assign(Message.components, { InteractionBadge });

patch(Message.prototype, {
    setup() {
        super.setup(...arguments);
        if (mayClassify()) {
            this.openInteractionPopover = usePopoverBeside(InteractionPopover, () => this.root.el);
        }
    },

    get interactionBadges() {
        return mayClassify() ? this.props.message.interactions || [] : [];
    },

    openInteraction(interaction) {
        this.openInteractionPopover({ message: this.props.message, interaction });
    },
});

registerMessageAction("classify-interaction", {
    condition: ({ message, thread }) =>
        mayClassify() &&
        message.persistent &&
        (thread?.model === "mail.box" || message.model === thread?.model) &&
        !["discuss.channel", "mail.box"].includes(message.model) &&
        Boolean(message.interactions?.length || !message.isNotification),
    icon: "fa fa-tag",
    name: _t("Classify"),
    onSelected: ({ message, owner }) => owner.openInteraction(message.interactions?.[0]),
    sequence: 15,
});
