import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, press, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineModels, fields, getService, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { session } from "@web/session";
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
        type_id: index === 1 ? false : 1,
        reason: "Learnt, confidence 80 %",
        suggestion_words: "late",
        probable_types: index === 1 ? [5, 3] : false,
    }));
}

defineMailModels();
defineModels([Interaction, Type]);

const ARCH = queueArch("probable_types");

beforeEach(() => {
    patchWithCleanup(session, { interaction_types: TYPES });
    onRpc("crm.interaction", "review_counts", () => ({ mine: 3, team: 3 }));
    onRpc("crm.interaction", "tag", function ({ args: [ids, values] }) {
        expect.step(["tag", ids, values]);
        this.env["crm.interaction"].write(ids, { state: "confirmed" });
        return { undo: ids, counts: { mine: 3 - ids.length, team: 3 - ids.length } };
    });
    onRpc("crm.interaction", "undo_tag", function ({ args: [undo] }) {
        expect.step(["undo", undo]);
        this.env["crm.interaction"].write(undo, { state: "to_review" });
        return { counts: { mine: 3, team: 3 } };
    });
});

const current = () => queryAllTexts(".o_triage_current td[name=subject]");

test("j and k move, numbers give the types, Enter confirms, x ignores, u undoes", async () => {
    await mountQueue({ arch: ARCH });
    expect(current()).toEqual(["First"]);
    expect(".o_triage_reason").toHaveText("Learnt, confidence 80 %: late");
    expect(".o_triage_direction").toHaveText("Incoming");
    await pressKey("j");
    expect(current()).toEqual(["Second"]);
    await pressKey("k");
    await pressKey("k");
    expect(current()).toEqual(["First"]);
    await pressKey("Enter");
    expect.verifySteps([["tag", [1], { state: "confirmed" }]]);
    expect(current()).toEqual(["Second"]);
    expect(getService("interaction_review").counts.mine).toBe(2);
    expect(queryAllTexts(".o_triage_type .badge")).toEqual(["↓ 1.1.2", "↓ 2.1.1", "↓ 3.1.1"]);
    expect(".o_triage_type i[title=Suggested]").toHaveCount(2);
    await pressKey("Enter"); // it has no type to confirm
    expect.verifySteps([]);
    await pressKey("2");
    expect.verifySteps([["tag", [2], { type_id: 3 }]]);
    await pressKey("x");
    expect.verifySteps([["tag", [3], { state: "ignored" }]]);
    expect(".o_data_row").toHaveCount(0);
    await pressKey("u");
    expect.verifySteps([["undo", [3]]]);
    expect(current()).toEqual(["Third"]);
});

test("keys are for all lines that are selected", async () => {
    await mountQueue({ arch: ARCH });
    await click(".o_data_row:eq(0) .o_list_record_selector input");
    await animationFrame();
    await click(".o_data_row:eq(2) .o_list_record_selector input");
    await animationFrame();
    await pressKey("Enter");
    expect.verifySteps([["tag", [1, 3], { state: "confirmed" }]]);
    expect(".o_data_row").toHaveCount(1);
});

test("a click shows the contact beside the list, the keys go on from there", async () => {
    await mountQueue({ arch: ARCH });
    await click(".o_data_row:eq(1) td[name=subject]");
    await animationFrame();
    expect(current()).toEqual(["Second"]);
    expect(".o_triage_preview h4").toHaveText("Second");
    await pressKey("j");
    expect(current()).toEqual(["Third"]);
    await click(".o_triage_type:first");
    await animationFrame();
    expect.verifySteps([["tag", [3], { type_id: 1 }]]);
});

test("in groups, keys go through the open ones", async () => {
    await mountQueue({ arch: ARCH, groupBy: ["type_id"] });
    expect(".o_triage_preview").toHaveCount(0);
    await click(".o_group_header:contains(1.1.2)");
    await animationFrame();
    expect(current()).toEqual(["First"]);
    await pressKey("j");
    expect(current()).toEqual(["Third"]);
    await pressKey("1");
    expect.verifySteps([["tag", [3], { type_id: 1 }]]);
});

test("arrows move, Shift+Enter opens the line, the first one too", async () => {
    await mountQueue({ arch: ARCH, selectRecord: (id) => expect.step(["open", id]) });
    expect(".o_triage_current").toHaveAttribute("aria-current", "true");
    await press(["shift", "Enter"]);
    await animationFrame();
    expect.verifySteps([["open", 1]]);
    await pressKey("ArrowDown");
    expect(current()).toEqual(["Second"]);
    expect("[aria-current]").toHaveCount(1);
    expect("[aria-current] td[name=subject]").toHaveText("Second");
    await pressKey("ArrowUp");
    expect(current()).toEqual(["First"]);
});

test("keys work by their position: in Russian, French and German layouts", async () => {
    await mountQueue({ arch: ARCH });
    await press("о", { code: "KeyJ" });
    await animationFrame();
    expect(current()).toEqual(["Second"]);
    await press("ч", { code: "KeyX" });
    await animationFrame();
    expect.verifySteps([["tag", [2], { state: "ignored" }]]);
    await press("à", { code: "Digit3" });
    await animationFrame();
    await animationFrame();
    expect.verifySteps([["tag", [3], { type_id: 5 }]]);
});

test("letters and digits can be turned off; arrows, Enter and buttons remain", async () => {
    patchWithCleanup(session, { interaction_letter_keys: false });
    await mountQueue({ arch: ARCH });
    for (const letter of ["j", "x", "1", "u"]) {
        await pressKey(letter);
    }
    expect(current()).toEqual(["First"]);
    expect(".o_triage_done").toHaveText("");
    expect(queryAllTexts(".o_triage_preview kbd")).toEqual(["Enter", "Space", "↓", "↑", "Shift+Enter"]);
    await pressKey("Enter");
    expect.verifySteps([["tag", [1], { state: "confirmed" }]]);
    await click(".o_triage_undo");
    await animationFrame();
    expect.verifySteps([["undo", [1]]]);
});

test("keys typed into a field do nothing", async () => {
    await mountQueue({ arch: ARCH });
    const input = document.createElement("input");
    document.querySelector(".o_triage").append(input);
    await click(input);
    await pressKey("x");
    expect.verifySteps([]);
    input.remove();
});
