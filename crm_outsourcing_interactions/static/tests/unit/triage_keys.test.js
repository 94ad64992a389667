import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, edit, press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineModels, fields, makeMockEnv, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { session } from "@web/session";
import { Pace, progressText } from "@crm_outsourcing_interactions/triage/queue_progress";
import { QueueInteraction, Type, mountQueue, pressKey, queueArch } from "./triage_models";
import { TYPES } from "./types";

describe.current.tags("desktop");

class Interaction extends QueueInteraction {
    probable_types = fields.Json();
    _records = ["First", "Second", "Third"].map((subject, index) => ({
        id: index + 1,
        subject,
        state: "to_review",
        direction: "incoming",
        type_id: 1,
    }));
}

defineMailModels();
defineModels([Interaction, Type]);

const ARCH = queueArch("probable_types");
const current = () => queryAllTexts(".o_triage_current td[name=subject]");

beforeEach(() => {
    patchWithCleanup(session, { interaction_types: TYPES });
    onRpc("crm.interaction", "web_search_read", async ({ parent }) => {
        const result = await parent();
        for (const record of result.records) {
            record.message_id = record.id < 3 && { id: record.id + 99, display_name: record.subject };
        }
        return result;
    });
    onRpc("mail.message", "search_read", () => [
        { id: 100, subject: "", body: "<p>Text of First</p>", author_id: false, email_from: "a@example.com" },
    ]);
    onRpc("crm.interaction", "review_counts", () => ({ mine: 3, team: 3 }));
    onRpc("crm.interaction", "tag", function ({ args: [ids, values] }) {
        expect.step(["tag", ids, values]);
        this.env["crm.interaction"].write(ids, { state: "confirmed" });
        return { undo: ids, counts: { mine: 2, team: 2 } };
    });
    onRpc("crm.interaction", "tag_message", ({ args }) => {
        expect.step(["split", ...args]);
        return { undo: [1], counts: { mine: 3, team: 3 } };
    });
});

test("the slash searches all types of the direction, then of the other one", async () => {
    await mountQueue({ arch: ARCH });
    await press(".", { code: "Slash" }); // the key of the slash in a Russian layout
    await animationFrame();
    expect(".o_triage_search input").toBeFocused();
    await press("Escape");
    await animationFrame();
    expect(".o_triage_search").toHaveCount(0);
    expect(".o_triage_list").toBeFocused();
    await pressKey("/");
    await edit("feed");
    await press("Enter");
    await animationFrame();
    await press("Enter");
    await animationFrame();
    expect.verifySteps([["tag", [1], { type_id: 4 }]]);
});

test("f turns the direction, p adds a purpose, Space skips; it is said what was done", async () => {
    await mountQueue({ arch: ARCH });
    expect(".o_triage_progress").toHaveText("3 left");
    await pressKey("p");
    expect(".o_triage_search").toHaveText(/^A second purpose/);
    await click(".o_triage_search [data-code='3.1.1']");
    await animationFrame();
    expect.verifySteps([["split", 100, { type_id: 5 }, 1, true]]);
    expect(".o_triage_done").toHaveText("Second purpose: 3.1.1 Request beyond the contract");
    await pressKey(" ", { code: "Space" });
    expect(current()).toEqual(["Second"]);
    expect(".o_triage_skipped td[name=subject]").toHaveText("First");
    await pressKey("f");
    expect.verifySteps([["tag", [2], { direction: "outgoing" }]]);
    expect(".o_triage_done").toHaveText("Now outgoing");
    expect(".o_triage_progress").toHaveText("2 left");
});

test("a message is shown, or it is said why not", async () => {
    await mountQueue({ arch: ARCH });
    expect(".o_triage_body").toHaveText("Text of First");
    await pressKey("j");
    expect(".o_triage_body").toHaveText("You may not read this document.");
    await pressKey("j");
    expect(".o_triage_body").toHaveText("This interaction has no message.");
});

test("each type has the number that the user gave it", async () => {
    patchWithCleanup(session, { interaction_type_order: ["5", "1"] });
    onRpc("res.users", "write", ({ args }) => {
        expect.step(args[1].interaction_type_order);
        return true;
    });
    const numbers = () =>
        queryAllTexts(".o_triage_type").map((text) => text.split("\n").slice(0, 2).join(" "));
    await mountQueue({ arch: ARCH });
    expect(numbers()).toEqual(["1 ↓ 3.1.1", "2 ↓ 1.1.2", "3 ↓ 2.1.1"]);
    await click(".o_triage_order");
    await animationFrame();
    await click(queryOne(".o_triage_up:last"));
    await animationFrame();
    expect(numbers()).toEqual(["1 ↓ 3.1.1", "2 ↓ 2.1.1", "3 ↓ 1.1.2"]);
    expect.verifySteps([["5", "3", "1", "2", "4"]]);
    await click(".o_triage_order");
    await pressKey("2");
    expect.verifySteps([["tag", [1], { type_id: 3 }]]);
});

test("before ten decisions, no forecast is made", async () => {
    await makeMockEnv();
    const pace = new Pace();
    pace.note(9);
    expect(String(progressText(40, pace))).toBe("40 left");
    pace.note(1);
    expect(String(progressText(40, pace))).toBe("40 left, about 1 minute");
});

const UNKNOWN_SENDER = { unknown_sender: "office@tax.example.gov", active: false, type_id: false };

test("unknown senders are one line above the queue", async () => {
    Object.assign(Interaction._records[0], UNKNOWN_SENDER);
    await mountQueue({ arch: ARCH });
    expect(".o_triage_unknown_senders").toHaveText("Unknown Senders: 1");
    expect(queryAllTexts("td[name=subject]")).toEqual(["Second", "Third"]);
});

test("in their own list, keys and buttons say who unknown senders are", async () => {
    Object.assign(Interaction._records[0], UNKNOWN_SENDER);
    Object.assign(Interaction._records[1], UNKNOWN_SENDER);
    onRpc("crm.interaction", "action_never_client", function ({ args: [ids] }) {
        expect.step(["never", ids]);
        this.env["crm.interaction"].write(ids, { unknown_sender: false, state: "ignored" });
        return false;
    });
    onRpc("crm.interaction", "action_new_client", function ({ args: [ids] }) {
        expect.step(["new client", ids]);
        this.env["crm.interaction"].write(ids, { unknown_sender: false, active: true });
        return false;
    });
    const arch = ARCH.replace("<list", "<list create='0'").replace(
        '<field name="subject"/>',
        '$&<field name="unknown_sender"/>',
    );
    const domain = [
        ["unknown_sender", "!=", false],
        ["active", "=", false],
    ];
    await mountQueue({ arch, domain });
    expect(".o_triage_unknown_senders").toHaveCount(0);
    expect(".o_triage_client").toHaveText("cThis Is Client…");
    expect(".o_triage_type").toHaveCount(0);
    await pressKey("Enter"); // without a client, nothing is confirmed
    await pressKey("n");
    await animationFrame();
    expect.verifySteps([["new client", [1]]]);
    expect(".o_data_row").toHaveCount(1);
    await pressKey("g");
    await animationFrame();
    expect.verifySteps([["never", [2]]]);
    expect(".o_data_row").toHaveCount(0);
});

test("PageDown and PageUp scroll the message, not the list", async () => {
    await mountQueue({ arch: ARCH });
    const body = queryOne(".o_triage_body");
    body.style.cssText = "flex: none; height: 100px; overflow: auto";
    body.firstElementChild.style.height = "400px";
    await press("PageDown");
    expect(body.scrollTop).toBeWithin(50, 100);
    await press("PageUp");
    expect(body.scrollTop).toBe(0);
    expect(current()).toEqual(["First"]);
});
