import { click, contains, defineMailModels } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { hover, press, queryAll, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import {
    MockServer,
    contains as webContains,
    getService,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import { session } from "@web/session";
import { BADGE, answer, openChatter, store } from "./tagging_chatter";

describe.current.tags("desktop");
defineMailModels();

test("popover opens within a frame, asks the server nothing, offers the likely types first", async () => {
    await openChatter([BADGE]);
    queryOne(".o_interaction_badge").click();
    await animationFrame();
    expect(".o_interaction_popover input").toBeFocused();
    expect(".o_interaction_popover").toHaveText(/^Rule of tasks/);
    expect(queryAllTexts(".o_interaction_types_group")).toEqual(["Likely", "3 Additional"]);
    expect(queryAllTexts("[role=option] .badge")).toEqual(["↓ 1.1.2", "↓ 2.1.1", "↓ 3.1.1"]);
    await click(".o_interaction_other_direction");
    await animationFrame();
    expect(".o_interaction_popover input").toBeFocused();
    expect(queryAllTexts(".o_interaction_types_group")).toEqual([
        "Likely",
        "3 Additional",
        "1 Production ↑",
        "2 Improvements ↑",
    ]);
    expect(".o_interaction_other_direction").toHaveCount(0);
    expect(".o_interaction_confirm").toHaveCount(1);
    await press("Escape");
    await contains(".o_interaction_popover", { count: 0 });
    expect.verifySteps([]);
});

test("badge and list are told to screen readers in words", async () => {
    await openChatter([BADGE]);
    expect(".o_interaction_badge").toHaveAttribute(
        "aria-label",
        "1.1.2 Request within the contract, Incoming, 1 Production, To review",
    );
    queryOne(".o_interaction_badge").click();
    await animationFrame();
    const input = queryOne(".o_interaction_popover input[role=combobox]");
    const active = () => document.getElementById(input.getAttribute("aria-activedescendant"));
    expect(queryOne(`#${input.getAttribute("aria-controls")}`).getAttribute("role")).toBe("listbox");
    expect(active().dataset.code).toBe("1.1.2");
    expect(active()).toHaveAttribute("aria-selected", "true");
    await press("ArrowDown");
    await animationFrame();
    expect(active().dataset.code).toBe("2.1.1");
    expect("[role=option][aria-selected=true]").toHaveCount(1);
    expect(queryAll("[role=listbox] [role=group]").map((group) => group.ariaLabel)).toEqual([
        "Likely",
        "3 Additional",
    ]);
    await click(".o_interaction_other_direction");
    await animationFrame();
    expect(queryAll("[role=option]").map((option) => option.ariaLabel)[3]).toMatch(/Outgoing, 1 Production$/);
    await webContains(".o_interaction_popover input").edit("nothing of the kind", { confirm: false });
    await animationFrame();
    expect(input).toHaveAttribute("aria-expanded", "false");
    expect(".o_interaction_popover [role=status]").toHaveText("No type has this code or name.");
    expect.verifySteps([]);
});

test("a tag is one call; its answer changes badge and counts; undo takes it back", async () => {
    const messageId = await openChatter([BADGE]);
    await click(".o_interaction_badge.o_to_review");
    await contains(".o_interaction_popover");
    await webContains(".o_interaction_popover input").edit("жалоба СЧЕТ", { confirm: false });
    await press("Enter");
    await contains(".o_interaction_badge:not(.o_to_review):contains(↓ 2.1.1)");
    await contains(".o_interaction_popover", { count: 0 });
    expect.verifySteps([["tag_message", messageId, { type_id: 3 }, 7, false]]);
    expect(getService("interaction_review").counts).toEqual({ mine: 1, team: 5 });
    await click(".o_notification:contains(2.1.1) button:contains(Undo)");
    await contains(".o_interaction_badge.o_to_review:contains(↓ 1.1.2)");
    expect.verifySteps([["undo_tag", [42]]]);
    expect(getService("interaction_review").counts.mine).toBe(2);
});

test("each button of the popover is one call", async () => {
    const messageId = await openChatter([BADGE]);
    for (const [button, values] of [
        [".o_interaction_confirm", { state: "confirmed" }],
        [".o_interaction_ignore", { state: "ignored" }],
        [".o_interaction_flip", { direction: "outgoing" }],
    ]) {
        await click(".o_interaction_badge");
        await click(button);
        await contains(".o_interaction_popover", { count: 0 });
        expect.verifySteps([["tag_message", messageId, values, 7, false]]);
        store().insert({ "mail.message": [{ id: messageId, interactions: [BADGE] }] });
        await animationFrame();
    }
    await click(".o_interaction_badge");
    expect(".o_interaction_opportunity").toHaveCount(0);
    expect(".o_interaction_rule").toHaveCount(0);
    await click(".o_interaction_split");
    await click(".o_interaction_popover [data-code='3.1.1']");
    await contains(".o_interaction_popover", { count: 0 });
    expect.verifySteps([["tag_message", messageId, { type_id: 5 }, 7, true]]);
});

test("an additional request can become an opportunity", async () => {
    await openChatter([{ ...BADGE, type_id: 5 }]);
    await click(".o_interaction_badge");
    await contains(".o_interaction_opportunity");
});

test("a note has no badge and can become a contact", async () => {
    const messageId = await openChatter([]);
    await contains(".o_interaction_badge", { count: 0 });
    await hover(".o-mail-Message");
    await click("[name='classify-interaction']");
    await contains(".o_interaction_ignore", { count: 0 });
    await click(".o_interaction_popover [data-code='1.1.2']");
    await contains(".o_interaction_badge:contains(↓ 1.1.2)");
    expect.verifySteps([["tag_message", messageId, { type_id: 1 }, false, false]]);
});

test("who may not classify sees none of it", async () => {
    await openChatter([BADGE]);
    patchWithCleanup(session, { interaction_types: undefined });
    store().insert({ "mail.message": [{ id: 9999, interactions: [] }] });
    await hover(".o-mail-Message");
    await contains("[name='toggle-star']");
    await contains("[name='classify-interaction']", { count: 0 });
});

test("the type chosen in the small composer goes along into the full one, and not into a note", async () => {
    await openChatter([]);
    patchWithCleanup(getService("action"), {
        doAction: ({ context }) => expect.step(["full composer", context.default_interaction_type_id]),
    });
    await click("button:contains(Send message)");
    await click(".o-mail-Composer [name='interaction-type']");
    await click(".o_interaction_popover [data-code='2.2.1']");
    await contains(".o-mail-Composer [name='interaction-type']", { text: "2.2.1" });
    await click("[name='open-full-composer']");
    await animationFrame();
    await click("button:contains(Log note)");
    await contains(".o-mail-Composer [name='interaction-type']", { count: 0 });
    await click("[name='open-full-composer']");
    await animationFrame();
    expect.verifySteps([
        ["full composer", 4],
        ["full composer", undefined],
    ]);
});

test("a change on another page is shown here, with the rights of this user", async () => {
    const messageId = await openChatter([BADGE]);
    onRpc("crm.interaction", "message_badges", ({ args }) => {
        expect.step(["message_badges", ...args]);
        return answer(messageId, { ...BADGE, type_id: 5, state: "confirmed" }).store;
    });
    onRpc("crm.interaction", "review_counts", () => {
        expect.step("review_counts");
        return { mine: 0, team: 4 };
    });
    hear({ message_ids: [messageId, 123456], user_ids: [serverState.userId], pages: ["another"] });
    await contains(".o_interaction_badge:not(.o_to_review):contains(↓ 3.1.1)");
    await runAllTimers();
    await animationFrame();
    expect.verifySteps([["message_badges", [messageId]], "review_counts"]);
    expect(getService("interaction_review").counts).toEqual({ mine: 0, team: 4 });
    hear({ message_ids: [123456], user_ids: [], pages: ["another"] });
    await runAllTimers();
    expect.verifySteps([]);
});

function hear(payload) {
    const { env } = MockServer;
    const [partner] = env["res.partner"].read(serverState.partnerId);
    env["bus.bus"]._sendone(partner, "crm_interaction/changed", payload);
}
