import {
    contains,
    defineMailModels,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    getService,
    mockService,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import { session } from "@web/session";
import { TYPES } from "./types";

describe.current.tags("desktop");
defineMailModels();

/** Open the popover of a message whose address belongs to several clients, or does not. */
async function openPopover(other_client, dialog = false) {
    patchWithCleanup(session, { interaction_types: TYPES });
    const pyEnv = await startServer();
    const res_id = pyEnv["res.partner"].create({ name: "Client" });
    const message = { author_id: serverState.partnerId, body: "Hello", message_type: "comment" };
    const id = pyEnv["mail.message"].create({ ...message, model: "res.partner", res_id });
    onRpc("crm.interaction", "review_counts", () => ({ mine: 1, team: 1 }));
    onRpc("crm.interaction", "action_other_client", ({ args }) => {
        expect.step(["action_other_client", ...args]);
        return dialog;
    });
    await start();
    await openFormView("res.partner", res_id);
    await contains(".o-mail-Message:contains(Hello)");
    const badge = { id: 7, type_id: 1, direction: "incoming", state: "to_review", likely: [], other_client };
    getService("mail.store").insert({ "mail.message": [{ id, interactions: [badge] }] });
    onRpc("crm.interaction", "message_badges", ({ args }) => {
        expect.step(["message_badges", ...args]);
        return { "mail.message": [{ id, interactions: [{ ...badge, type_id: 3 }] }] };
    });
    await animationFrame();
    queryOne(".o_interaction_badge").click();
    await contains(".o_interaction_more");
    return id;
}

test("one click gives the message to the other client and shows what follows", async () => {
    const id = await openPopover(true);
    queryOne(".o_interaction_other_client").click();
    await contains(".o_interaction_badge:contains(2.1.1)");
    await contains(".o_interaction_popover", { count: 0 });
    expect.verifySteps([
        ["action_other_client", [7]],
        ["message_badges", [id]],
    ]);
});

test("several clients are chosen from in the dialog", async () => {
    const id = await openPopover(true, { type: "ir.actions.act_window", name: "Other Client" });
    mockService("action", {
        doAction(action, { onClose }) {
            expect.step(action.name);
            return onClose();
        },
    });
    queryOne(".o_interaction_other_client").click();
    await animationFrame();
    expect.verifySteps([["action_other_client", [7]], "Other Client", ["message_badges", [id]]]);
});

test("an address of one client offers no other", async () => {
    await openPopover(false);
    expect(".o_interaction_other_client").toHaveCount(0);
});
