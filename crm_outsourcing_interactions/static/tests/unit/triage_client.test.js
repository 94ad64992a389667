import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineModels, fields, mockService, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { session } from "@web/session";
import { QueueInteraction, Type, mountQueue, pressKey, queueArch } from "./triage_models";
import { TYPES } from "./types";

describe.current.tags("desktop");

class Interaction extends QueueInteraction {
    can_change_client = fields.Boolean();
    _records = ["First", "Second", "Third"].map((subject, index) => ({
        id: index + 1,
        subject,
        state: "to_review",
        direction: "incoming",
        can_change_client: index === 0,
        unknown_sender: index === 2 ? "office@tax.example.gov" : false,
        active: index !== 2,
    }));
}

defineMailModels();
defineModels([Interaction, Type]);

const ARCH = queueArch("can_change_client");

beforeEach(() => {
    patchWithCleanup(session, { interaction_types: TYPES });
    onRpc("crm.interaction", "review_counts", () => ({ mine: 3, team: 3 }));
    onRpc("crm.interaction", "action_other_client", ({ args: [ids] }) => {
        expect.step(["other client", ids]);
        return false;
    });
});

test("o gives the interaction to another client, in any keyboard layout", async () => {
    await mountQueue({ arch: ARCH });
    expect(".o_triage_other_client").toHaveText("oOther Client");
    await pressKey("o");
    expect.verifySteps([["other client", [1]]]);
    await pressKey("щ", { code: "KeyO" });
    expect.verifySteps([["other client", [1]]]);
    await click(".o_triage_other_client");
    await animationFrame();
    expect.verifySteps([["other client", [1]]]);
    await pressKey("j");
    expect(".o_triage_other_client").toHaveCount(0);
    await pressKey("o");
    expect.verifySteps([]);
});

test("unknown senders are one line above the cards of a phone", async () => {
    mockService("action", { doAction: (action) => expect.step(action) });
    const arch = `
        <kanban js_class="interaction_triage_kanban">
            <templates><t t-name="card"><field name="subject"/></t></templates>
        </kanban>`;
    await mountQueue({ type: "kanban", arch });
    expect(".o_kanban_record:not(.o_kanban_ghost)").toHaveCount(2);
    expect(".o_triage_unknown_senders").toHaveText("Unknown Senders: 1");
    await click(".o_triage_unknown_senders");
    expect.verifySteps(["crm_outsourcing_interactions.crm_interaction_action_unknown_senders"]);
});
