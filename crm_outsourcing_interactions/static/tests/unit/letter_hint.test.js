import {
    click,
    contains,
    defineMailModels,
    insertText,
    mailModels,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { queryOne } from "@odoo/hoot-dom";
import { Deferred, animationFrame } from "@odoo/hoot-mock";
import { getService, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { session } from "@web/session";
import { TYPES } from "./types";

import { clientIds } from "@crm_outsourcing_interactions/requests/letter_hint";

describe.current.tags("desktop");
defineMailModels();

const TEXT = "Third message to Ivan this week. 2 items are in the letter of Friday, December 4.";
const ADDED = {
    type: "ir.actions.client",
    tag: "interaction_added_to_letter",
    params: { message: "Added to the letter of Friday, December 4", saving_id: 5, list_id: 9 },
};

/** Open the chatter of a contact, to whom messages go; note the calls. */
async function openComposer({
    hint = { text: TEXT, is_offered: true },
    type = "Send message",
    isClient = true,
    arch,
} = {}) {
    patchWithCleanup(session, { interaction_types: TYPES });
    const pyEnv = await startServer();
    const id = pyEnv["res.partner"].create({ name: "Ivan", email: "ivan@vector.example.com" });
    onRpc("mail.compose.message", "interaction_letter_hint_of", ({ args }) => {
        expect.step(["hint", ...args]);
        return hint;
    });
    const recipient = { partner_id: id, name: "Ivan", email: "ivan@vector.example.com" };
    patchWithCleanup(mailModels.MailThread.prototype, {
        _message_get_suggested_recipients: () => [{ ...recipient, interaction_client: isClient }],
    });
    await start();
    await openFormView("res.partner", id, { arch });
    await contains(".o-mail-Chatter-topbar");
    await click(`button:contains(${type})`);
    await contains(".o-mail-Composer");
    await animationFrame();
    return { id, thread: getService("mail.store").Thread.get({ model: "res.partner", id }) };
}

test("a message to a client shows the hint and can be added to the letter instead", async () => {
    const { id, thread } = await openComposer();
    expect.verifySteps([["hint", "res.partner", id, [id]]]);
    await contains(`.o_interaction_letter_hint:contains(${TEXT})`);
    expect(".o_interaction_letter_hint button").toHaveCount(0, { message: "there is no text yet" });
    const answered = new Deferred();
    onRpc("mail.compose.message", "interaction_add_to_letter", async ({ args }) => {
        expect.step(["add", args[0], args[1], args[2], args[3].includes("Lease contract")]);
        await answered;
        return ADDED;
    });
    onRpc("crm.interaction.request.saving", "action_undo", ({ args }) => {
        expect.step(["undo", ...args]);
        return "Lease contract";
    });
    await insertText(".o-mail-Composer-input", "Lease contract");
    await contains(".o_interaction_letter_hint button");
    queryOne(".o_interaction_letter_hint button").click();
    queryOne(".o_interaction_letter_hint button").click();
    answered.resolve();
    await contains(".o_notification:contains(Added to the letter of Friday, December 4)");
    expect.verifySteps([["add", "res.partner", id, [id], true]]);
    await contains(".o-mail-Composer", { count: 0 });
    expect(thread.composer.composerText).toBe("");
    await click(".o_notification button:contains(Undo)");
    await contains(".o_notification:contains(Taken back)");
    expect(thread.composer.composerText).toBe("Lease contract");
    await contains(".o-mail-Composer-input", { value: "Lease contract" });
    await contains(".o_interaction_letter_hint");
    expect.verifySteps([
        ["undo", [5]],
        ["hint", "res.partner", id, [id]],
    ]);
});

test("the form is read again, as it may be that of the list", async () => {
    const arch = `<form><field name="name" /><chatter reload_on_post="True" /></form>`;
    const { id } = await openComposer({ arch });
    onRpc("mail.compose.message", "interaction_add_to_letter", () => ADDED);
    onRpc("res.partner", "web_read", () => expect.step("read"));
    await insertText(".o-mail-Composer-input", "Lease contract");
    await click(".o_interaction_letter_hint button");
    await contains(".o-mail-Composer", { count: 0 });
    await animationFrame();
    expect.verifySteps([["hint", "res.partner", id, [id]], "read"]);
});

test("several lines go to the dialog, and stay in the composer if it is discarded", async () => {
    const { thread } = await openComposer();
    onRpc("mail.compose.message", "interaction_add_to_letter", () => ({
        type: "ir.actions.act_window",
        name: "Ask",
    }));
    patchWithCleanup(getService("action"), {
        doAction: (action, { onClose }) => {
            expect.step(action.name);
            onClose({ special: true });
            expect(thread.composer.composerText).toBe("Act and waybills");
            onClose({ added: true });
        },
    });
    await insertText(".o-mail-Composer-input", "Act and waybills");
    await click(".o_interaction_letter_hint button");
    await contains(".o-mail-Composer", { count: 0 });
    expect(thread.composer.composerText).toBe("");
    expect.verifySteps([["hint", "res.partner", thread.id, [thread.id]], "Ask"]);
});

test("nothing is asked for notes and messages among staff", async () => {
    await openComposer({ type: "Log note" });
    expect.verifySteps([]);
});

test("nothing is asked when nobody is a client", async () => {
    await openComposer({ isClient: false });
    expect.verifySteps([]);
    expect(".o_interaction_letter_hint").toHaveCount(0);
});

test("a reason is shown without a button, and nothing when there is nothing to say", async () => {
    const { id } = await openComposer({
        hint: { text: "Weekly letters are switched off.", is_offered: false },
    });
    await insertText(".o-mail-Composer-input", "Act");
    await contains(".o_interaction_letter_hint:contains(switched off)");
    expect(".o_interaction_letter_hint button").toHaveCount(0);
    expect.verifySteps([["hint", "res.partner", id, [id]]]);
});

test("recipients without a contact are left out", () => {
    const suggestedRecipients = [
        { partner_id: 1, interaction_client: false },
        { partner_id: 2 },
        { email: "x@y.z" },
    ];
    expect(clientIds({ suggestedRecipients, additionalRecipients: [{ partner_id: 3 }] })).toEqual([2, 3]);
});
