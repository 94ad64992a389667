import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, press } from "@odoo/hoot-dom";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import {
    defineModels,
    fields,
    mockService,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { session } from "@web/session";
import { QueueInteraction, Type } from "./triage_models";
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

const ARCH = `
    <list js_class="interaction_triage">
        <field name="direction"/>
        <field name="subject"/>
        <field name="type_id"/>
        <field name="commercial_partner_id"/>
        <field name="reason" column_invisible="1"/>
        <field name="suggestion_words" column_invisible="1"/>
        <field name="can_change_client" column_invisible="1"/>
        <field name="message_id" column_invisible="1"/>
        <field name="state" column_invisible="1"/>
    </list>`;

beforeEach(() => {
    patchWithCleanup(session, { interaction_types: TYPES });
    onRpc("crm.interaction", "review_counts", () => ({ mine: 3, team: 3 }));
    onRpc("crm.interaction", "action_other_client", ({ args: [ids] }) => {
        expect.step(["other client", ids]);
        return false;
    });
});

async function mountQueue(params) {
    await mountView({ resModel: "crm.interaction", domain: [["state", "=", "to_review"]], ...params });
    await runAllTimers();
    await animationFrame();
}

async function key(letter, options) {
    await press(letter, options);
    await animationFrame();
    await animationFrame();
}

test("o gives the interaction to another client, in any keyboard layout", async () => {
    await mountQueue({ type: "list", arch: ARCH });
    expect(".o_triage_other_client").toHaveText("oOther Client");
    await key("o");
    expect.verifySteps([["other client", [1]]]);
    await key("щ", { code: "KeyO" });
    expect.verifySteps([["other client", [1]]]);
    await click(".o_triage_other_client");
    await animationFrame();
    expect.verifySteps([["other client", [1]]]);
    await key("j");
    expect(".o_triage_other_client").toHaveCount(0);
    await key("o");
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
    expect(".o_triage_strangers").toHaveText("Unknown Senders: 1");
    await click(".o_triage_strangers");
    expect.verifySteps(["crm_outsourcing_interactions.crm_interaction_action_strangers"]);
});
