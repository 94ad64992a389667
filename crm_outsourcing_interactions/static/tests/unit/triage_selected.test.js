import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineModels, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { session } from "@web/session";
import { QueueInteraction, Type, mountQueue, pressKey, queueArch } from "./triage_models";
import { OPINION_TYPES } from "./types";

describe.current.tags("desktop");

class Interaction extends QueueInteraction {
    _records = ["First", "Second", "Third", "Thanks"].map((subject, index) => ({
        id: index + 1,
        subject,
        state: "to_review",
        direction: "incoming",
        type_id: [1, false, 1, 3][index],
        is_document_hidden: index === 0,
    }));
}

defineMailModels();
defineModels([Interaction, Type]);

const ARCH = queueArch("polarity").replace(
    "<field",
    `<header><button name="action_confirm" type="object" string="Confirm"/></header><field`,
);
const ALL = "thead .o_list_record_selector input";
const subjects = () => queryAllTexts(".o_data_row td[name=subject]");

beforeEach(() => {
    patchWithCleanup(session, { interaction_types: OPINION_TYPES });
    onRpc("crm.interaction", "review_counts", () => ({ mine: 4, team: 4 }));
    onRpc("crm.interaction", "tag", function ({ args: [ids, values] }) {
        expect.step(["tag", ids, values]);
        this.env["crm.interaction"].write(ids, { state: "confirmed" });
        return { undo: ids, counts: { mine: 2, team: 2 } };
    });
    onRpc("crm.interaction", "undo_tag", () => ({ counts: { mine: 4, team: 4 } }));
});

async function confirmAll(confirm) {
    await mountQueue({ arch: ARCH });
    await click(ALL);
    await animationFrame();
    expect(".o_triage_selected").toHaveText("4 selected – the keys apply to all");
    await confirm();
    await animationFrame();
    await animationFrame();
    expect.verifySteps([["tag", [1, 3], { state: "confirmed" }]]);
    expect(subjects()).toEqual(["Second", "Thanks"]);
    expect(".o_data_row_selected").toHaveCount(2);
    expect(".o_triage_done").toHaveText("2 × Confirmed; 2 stay selected: choose their type");
    expect(".o_triage_undo").toHaveCount(1);
}

test("Enter after the checkbox of all confirms what has a type", () => confirmAll(() => pressKey("Enter")));

test("the button above the list does the same", () =>
    confirmAll(async () => {
        await click(".o_control_panel button[name=action_confirm]");
        await animationFrame();
    }));

test("where nothing can be confirmed, the selection stays and it is said why", async () => {
    await mountQueue({ arch: ARCH });
    await click(".o_data_row:eq(1) .o_list_record_selector input");
    await animationFrame();
    expect(".o_triage_selected").toHaveText("1 selected – the keys apply to it");
    await pressKey("Enter");
    expect.verifySteps([]);
    expect(".o_triage_done").toHaveText("Choose a type first");
    expect(".o_data_row_selected").toHaveCount(1);
});

test("a client's opinion is asked for: complaint or praise", async () => {
    await mountQueue({ arch: ARCH });
    await click(".o_data_row:eq(3) td[name=subject]");
    await animationFrame();
    expect(".o_triage_confirm").toHaveCount(0);
    expect(queryAllTexts(".o_triage_opinion button")).toEqual(["2Complaint", "3Praise"]);
    await pressKey("Enter");
    expect.verifySteps([]);
    expect(".o_triage_done").toHaveText("Complaint or praise?");
    await pressKey("3");
    expect.verifySteps([["tag", [4], { type_id: 3, polarity: "positive" }]]);
});

test("what the user may not read comes last", async () => {
    await mountQueue({ arch: ARCH.replace("</list>", `<field name="is_document_hidden"/></list>`) });
    expect(subjects()).toEqual(["Second", "Third", "Thanks", "First"]);
});

test("a card asks for the opinion, too", async () => {
    const hidden = ["type_id", "direction", "polarity", "unknown_sender"];
    const arch = `
        <kanban>
            ${hidden.map((name) => "<field name='" + name + "'/>").join("")}
            <templates>
                <t t-name="card"><field name="subject"/><widget name="interaction_triage_card"/></t>
            </templates>
        </kanban>`;
    await mountQueue({ type: "kanban", arch });
    expect(".o_triage_card_confirm").toHaveCount(2);
    expect(queryAllTexts(".o_triage_card_opinion")).toEqual(["Complaint", "Praise"]);
    await click(".o_triage_card_opinion:last");
    await animationFrame();
    expect.verifySteps([["tag", [4], { type_id: 3, polarity: "positive" }]]);
});
