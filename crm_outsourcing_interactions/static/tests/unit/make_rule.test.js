import {
    click,
    contains,
    defineMailModels,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";

import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { press } from "@odoo/hoot-dom";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import {
    defineModels,
    fields,
    getService,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import { session } from "@web/session";
import { TYPES } from "./types";

describe.current.tags("desktop");

class Interaction extends models.Model {
    _name = "crm.interaction";
    subject = fields.Char();
    active = fields.Boolean({ default: true });
    unknown_sender = fields.Char();
    direction = fields.Selection({ selection: [["incoming", "Incoming"]] });
    reason = fields.Char();
    type_id = fields.Char();
    message_id = fields.Char();
    commercial_partner_id = fields.Char();
    _records = [{ id: 7, subject: "First" }];
}

defineMailModels();
defineModels([Interaction]);

beforeEach(() => {
    patchWithCleanup(session, { interaction_types: TYPES });
    onRpc("crm.interaction", "review_counts", () => ({ mine: 1, team: 1 }));
    onRpc("crm.interaction", "action_make_rule", ({ args }) => {
        expect.step(["action_make_rule", ...args]);
        return { type: "ir.actions.act_window_close" };
    });
});

async function openPopover() {
    const pyEnv = await startServer();
    const author_id = serverState.partnerId;
    const message = {
        author_id,
        body: "Hello",
        message_type: "comment",
        model: "res.partner",
        res_id: author_id,
    };
    const id = pyEnv["mail.message"].create(message);
    await start();
    await openFormView("res.partner", author_id);
    await contains(".o-mail-Message:contains(Hello)");
    const badge = { id: 7, type_id: 1, direction: "incoming", state: "to_review", reason: "", likely: [] };
    getService("mail.store").insert({ "mail.message": [{ id, interactions: [badge] }] });
    await click(".o_interaction_badge");
    await contains(".o_interaction_more");
}

async function mountTriage() {
    const arch = `
        <list js_class="interaction_triage">
            <field name="subject"/>
            <field name="direction"/>
            <field name="type_id"/>
            <field name="message_id"/>
            <field name="commercial_partner_id"/>
        </list>`;
    await mountView({ type: "list", resModel: "crm.interaction", arch });
    await runAllTimers();
    await press("r");
    await animationFrame();
}

test("managers make a rule of a message", async () => {
    patchWithCleanup(session, { interaction_makes_rules: true });
    await openPopover();
    await click(".o_interaction_rule");
    await contains(".o_interaction_popover", { count: 0 });
    expect.verifySteps([["action_make_rule", [7]]]);
});

test("others do not see the button", async () => {
    await openPopover();
    expect(".o_interaction_rule").toHaveCount(0);
});

test("r in the queue makes a rule", async () => {
    patchWithCleanup(session, { interaction_makes_rules: true });
    await mountTriage();
    expect(".o_triage_rule").toHaveCount(1);
    expect.verifySteps([["action_make_rule", [7]]]);
});

test("r does nothing for others", async () => {
    await mountTriage();
    expect(".o_triage_rule").toHaveCount(0);
    expect.verifySteps([]);
});
