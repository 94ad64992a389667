import { click, contains, defineMailModels } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { hover, press } from "@odoo/hoot-dom";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import { BADGE, openChatter, store } from "./tagging_chatter";

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
