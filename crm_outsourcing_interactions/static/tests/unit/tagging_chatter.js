import { contains, openFormView, start, startServer } from "@mail/../tests/mail_test_helpers";

import { expect } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { getService, onRpc, patchWithCleanup, serverState } from "@web/../tests/web_test_helpers";
import { session } from "@web/session";
import { TYPES } from "./types";

export const BADGE = {
    id: 7,
    type_id: 1,
    direction: "incoming",
    state: "to_review",
    reason: "Rule of tasks",
    split: false,
    likely: [4, 3],
};

/** Open the chatter of a contact with one message; then note each call to the server. */
export async function openChatter(interactions, values = {}) {
    patchWithCleanup(session, { interaction_types: TYPES });
    const pyEnv = await startServer();
    const partnerId = pyEnv["res.partner"].create({ name: "Client" });
    const messageId = pyEnv["mail.message"].create({
        author_id: serverState.partnerId,
        body: "Hello",
        message_type: "comment",
        model: "res.partner",
        res_id: partnerId,
        ...values,
    });
    onRpc("crm.interaction", "tag_message", ({ args, kwargs }) => {
        expect.step(["tag_message", ...args]);
        expect(kwargs.context.interaction_page).toBeOfType("string");
        return answer(messageId, { ...BADGE, ...args[1], state: args[1].state || "confirmed" }, 1);
    });
    onRpc("crm.interaction", "undo_tag", ({ args }) => {
        expect.step(["undo_tag", ...args]);
        return answer(messageId, BADGE, 2);
    });
    onRpc("crm.interaction", "review_counts", () => ({ mine: 2, team: 5 }));
    await start();
    await openFormView("res.partner", partnerId);
    await contains(".o-mail-Message:contains(Hello)");
    store().insert({ "mail.message": [{ id: messageId, interactions }] });
    await animationFrame();
    onRpc(({ method, route }) => {
        if (!["tag_message", "undo_tag"].includes(method)) {
            expect.step(["another call", method || route]);
        }
    });
    return messageId;
}

export function answer(messageId, badge, mine) {
    const data = { "mail.message": [{ id: messageId, interactions: [badge] }] };
    return { store: data, undo: [42], counts: { mine, team: 5 } };
}

export function store() {
    return getService("mail.store");
}
