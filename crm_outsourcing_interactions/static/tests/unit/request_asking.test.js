import { click, contains, defineMailModels } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { hover } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { getService, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { BADGE, openChatter } from "./tagging_chatter";

describe.current.tags("desktop");
defineMailModels();

test("a message to the client can become items of its request list", async () => {
    const messageId = await openChatter([{ ...BADGE, direction: "outgoing" }]);
    patchWithCleanup(getService("action"), {
        doAction: (name, { additionalContext }) => expect.step([name, additionalContext]),
    });
    await hover(".o-mail-Message");
    await click(".o-mail-Message [title='Expand']");
    await click("[name='ask-documents']");
    await animationFrame();
    expect.verifySteps([
        [
            "crm_outsourcing_interactions.crm_interaction_request_asking_action",
            { default_message_id: messageId },
        ],
    ]);
});

test("a message from the client asks for nothing", async () => {
    await openChatter([BADGE]);
    await hover(".o-mail-Message");
    await click(".o-mail-Message [title='Expand']");
    await contains("[name='ask-documents']", { count: 0 });
});
