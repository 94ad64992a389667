import { click, contains, defineMailModels } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { hover, press, queryOne, queryRect } from "@odoo/hoot-dom";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import { session } from "@web/session";
import { BADGE, openChatter, store } from "./tagging_chatter";
import { OPINION_TYPES } from "./types";

describe.current.tags("desktop");
defineMailModels();

test("split keeps the focus in the field and can go back", async () => {
    await openChatter([BADGE]);
    await click(".o_interaction_badge");
    for (const goBack of [() => press("Escape"), () => click(".o_interaction_back")]) {
        await click(".o_interaction_split");
        await contains(".o_interaction_popover:contains(A second purpose)");
        await animationFrame();
        expect(".o_interaction_popover input").toBeFocused();
        await goBack();
        await contains(".o_interaction_confirm");
        await animationFrame();
        expect(".o_interaction_popover input").toBeFocused();
    }
    expect.verifySteps([]);
});

test("the focus returns to the message", async () => {
    await openChatter([BADGE]);
    await hover(".o-mail-Message");
    await click("[name='classify-interaction']");
    await contains(".o_interaction_popover input:focus");
    await press("Escape");
    await runAllTimers();
    await contains(".o_interaction_popover", { count: 0 });
    expect(".o-mail-Chatter .o_interaction_badge").toBeFocused();
});

test("an own change is undone from the badge; an ignored message is counted again", async () => {
    const messageId = await openChatter([{ ...BADGE, state: "ignored", undo: 99 }]);
    await click(".o_interaction_badge");
    await contains(".o_interaction_ignore", { count: 0 });
    await click(".o_interaction_count_again");
    await contains(".o_interaction_popover", { count: 0 });
    expect.verifySteps([["tag_message", messageId, { state: "to_review" }, 7, false]]);
    store().insert({ "mail.message": [{ id: messageId, interactions: [{ ...BADGE, undo: 99 }] }] });
    await animationFrame();
    await click(".o_interaction_badge");
    await click(".o_interaction_undo");
    await contains(".o_notification:contains(Change undone)");
    expect.verifySteps([["undo_tag", [99]]]);
});

test("all buttons of a message with a matter can be reached", async () => {
    const since = "2026-11-02T09:00:00";
    const open = { id: 1, type_id: 1, waiting: "us", since, due: since, perhaps: false, count: 2 };
    const matter = { matter: open, proposed: open };
    const body = "<p>Hello</p>".repeat(12);
    await openChatter([{ ...BADGE, matter, other_client: true, reason: "Words ".repeat(20) }], { body });
    await click(".o_interaction_badge");
    await contains(".o_matter_state:contains(May belong to)");
    await animationFrame();
    const frame = queryRect(".o_interaction_popover_frame");
    expect(frame.bottom).not.toBeGreaterThan(window.innerHeight);
    queryOne(".o_interaction_more").scrollIntoView({ block: "nearest" });
    expect(queryRect(".o_interaction_more").bottom).not.toBeGreaterThan(frame.bottom);
    const { x, y } = queryRect(".o_interaction_more");
    expect(document.elementFromPoint(x + 5, y + 5)).toHaveClass("o_interaction_more");
});

test("a client's opinion is asked for, not confirmed without a side", async () => {
    const messageId = await openChatter([{ ...BADGE, type_id: 3, likely: [] }]);
    session.interaction_types = OPINION_TYPES;
    await click(".o_interaction_badge");
    await contains(".o_interaction_asks_opinion");
    await contains(".o_interaction_confirm", { count: 0 });
    await contains(".o_interaction_popover .o_marked", { count: 0 });
    await press("Enter");
    expect.verifySteps([]);
    await press("ArrowDown");
    await press("ArrowDown");
    await press("Enter");
    await contains(".o_interaction_popover", { count: 0 });
    expect.verifySteps([["tag_message", messageId, { type_id: 3, polarity: "positive" }, 7, false]]);
});

test("known praise is confirmed at once and offered first", async () => {
    await openChatter([{ ...BADGE, type_id: 3, polarity: "positive", likely: [] }]);
    session.interaction_types = OPINION_TYPES;
    await click(".o_interaction_badge");
    await contains(".o_interaction_confirm");
    await contains(".o_interaction_popover .o_marked[data-polarity=positive]");
    expect.verifySteps([]);
});
