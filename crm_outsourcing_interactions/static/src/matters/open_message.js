import { registry } from "@web/core/registry";

/** Open a document and point to one of its messages. */
async function openMessage(env, { params }) {
    const { document, message_id } = params;
    await env.services.action.doAction(document);
    const thread = { model: document.res_model, id: document.res_id };
    env.services["mail.store"].Thread.insert(thread).highlightMessage = message_id;
}

registry.category("actions").add("interaction_open_message", openMessage);
