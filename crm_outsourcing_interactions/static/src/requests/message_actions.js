import { registerMessageAction } from "@mail/core/common/message_actions";
import { _t } from "@web/core/l10n/translation";

const ASK = "crm_outsourcing_interactions.crm_interaction_request_asking_action";

registerMessageAction("ask-documents", {
    condition: ({ message, thread }) =>
        message.model === thread?.model &&
        Boolean(message.interactions?.some(({ direction }) => direction === "outgoing")),
    icon: "fa fa-check-square-o",
    name: _t("Ask for Documents"),
    onSelected: ({ message, store }) =>
        store.env.services.action.doAction(ASK, {
            additionalContext: { default_message_id: message.id },
        }),
    sequence: 70,
});
