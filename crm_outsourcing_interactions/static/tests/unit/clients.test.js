import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { animationFrame, mockDate } from "@odoo/hoot-mock";
import { defineModels, fields, mockService, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

import { barsPath, marksPath, stacked } from "@crm_outsourcing_interactions/clients/client_pictures";

describe.current.tags("desktop");

const FIGURES = {
    first: "2025-12-01",
    months: [0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 8, 2],
    window: 3,
    marks: [{ month: 10, ids: [7, 8], names: ["Bundle", "Formalise"] }],
    kinds: [
        { id: 1, name: "Production", n: 3, color: "blue" },
        { id: 0, name: "Unclassified", n: 1, color: "yellow" },
    ],
    measured: {
        improvement_ratio: {
            value: 0.08,
            low: 0.06,
            high: 0.12,
            n: 14,
            confirmed: 9,
            open: 5,
            zone: "red",
            from: 0.1,
            to: null,
            last: "2026-10-01",
            length: 1,
            name: "Praise",
        },
        additional_ratio: { value: null, low: null, high: null, n: 0, last: "2026-11-01", length: 3 },
        open_share: { value: 0.25, low: 0.25, high: 0.25, n: 4 },
    },
    share: null,
    reference: null,
    change: {
        code: "kind",
        kind: 1,
        name: "Production",
        before: 5,
        now: 25,
        first: "2026-08-01",
        last: "2026-10-01",
    },
};

const UNREVIEWED = {
    ...FIGURES,
    measured: {
        improvement_ratio: { value: 0, low: 0, high: 13, n: 1, confirmed: 0, open: 14 },
        additional_ratio: { value: 0, low: 0, high: 13, n: 1, confirmed: 0, open: 14 },
        open_share: { value: 1, low: 1, high: 1, n: 14 },
    },
};

class Client extends models.Model {
    _name = "crm.interaction.client";
    name = fields.Char();
    targets_off = fields.Integer();
    open_complaints = fields.Integer();
    oldest_unanswered = fields.Datetime();
    interaction_count = fields.Integer();
    improvement_ratio = fields.Float();
    open_share = fields.Float();
    waiting_us = fields.Integer();
    waiting_client = fields.Integer();
    last_answer = fields.Date();
    contact_hours = fields.Float();
    contact_share = fields.Float();
    change = fields.Float();
    shown = fields.Json();
    _records = [
        {
            id: 1,
            name: "Alfa",
            targets_off: 2,
            open_complaints: 1,
            oldest_unanswered: "2026-11-26 10:00:00",
            interaction_count: 14,
            waiting_us: 3,
            contact_hours: 1.5,
            shown: FIGURES,
        },
        { id: 2, name: "New", shown: {} },
        { id: 3, name: "Unreviewed", shown: UNREVIEWED },
    ];
}

defineMailModels();
defineModels([Client]);

const SHOWN =
    "targets_off,interaction_count,shown,improvement_ratio,open_share,waiting_us,last_answer,contact_share,change".split(
        ",",
    );
const HIDDEN = "open_complaints,oldest_unanswered,waiting_client,contact_hours".split(",");
const ARCH = [
    '<list js_class="interaction_client_list"><field name="name"/>',
    ...SHOWN.map((name) => `<field name="${name}" widget="interaction_client"/>`),
    ...HIDDEN.map((name) => `<field name="${name}" column_invisible="1"/>`),
    "</list>",
].join("");

async function mountClients(now = "2026-11-29 12:00:00") {
    mockDate(now, 0);
    onRpc("crm.interaction.setup", "checklist", () => ({ steps: [] }));
    onRpc("crm.interaction.client", "refreshed_since", () => {
        expect.step("asked");
        return "2026-11-29 16:55:00";
    });
    await mountView({ type: "list", resModel: "crm.interaction.client", arch: ARCH });
    await animationFrame();
    expect.verifySteps(["asked"]);
}

const cell = (name, row = 1) => `.o_data_row:nth-child(${row}) td[name=${name}]`;

test("a row says what needs attention", async () => {
    await mountClients();
    expect(`${cell("targets_off")} button:contains(1 complaint)`).toHaveCount(1);
    expect(`${cell("targets_off")} button:contains(2 off target)`).toHaveCount(1);
    expect(`${cell("targets_off")} button:contains(waiting 3d)`).toHaveCount(1);
});

test("ratios have range, verdict, the name and the period of their own target", async () => {
    await mountClients();
    const ratio = `${cell("improvement_ratio")} button:first`;
    expect(`${ratio} .text-danger`).toHaveText("8%");
    expect(`${ratio} .small:not(.o_interaction_client_period)`).toHaveText("6–12%");
    expect(ratio).toHaveAttribute(
        "title",
        "Praise\n6%–12% · bounds · 14 interactions\nAgreed: ≥ 10%\nOct 2026",
    );
    expect(`${cell("improvement_ratio")} .o_interaction_client_period`).toHaveText("Oct");
    expect(`${cell("improvement_ratio")} button:last .fw-bold`).toHaveText("–");
});

test("pictures are told in words", async () => {
    await mountClients();
    expect(`${cell("shown")} svg`).toHaveAttribute(
        "aria-label",
        "Sep – Nov\nProduction: 3 (75%)\nUnclassified: 1 (25%)",
    );
    expect(`${cell("interaction_count")} path`).toHaveCount(3);
    expect(`${cell("interaction_count")} title`).toHaveText("Oct 2026: Bundle, Formalise");
    expect(`${cell("interaction_count")} button:last`).toHaveText(/^14\s*Sep – Nov$/);
    expect(`${cell("change")} button`).toHaveText(/Production\s*5 → 25\s*Aug – Oct/);
    expect(`${cell("contact_share")} button`).toHaveText(/01:30\s*not measured/);
    expect(`${cell("last_answer")} button`).toHaveText("never");
});

test("clients without figures have empty cells and say so", async () => {
    await mountClients();
    expect(`.o_data_row:nth-child(2) .o_interaction_client`).toHaveCount(0);
    expect(cell("interaction_count", 2)).toHaveText("no figures yet");
});

test("without anything reviewed there are no ratios but the number to review", async () => {
    onRpc("crm.interaction.client", "view_evidence", ({ args }) => {
        expect.step(args);
        return { type: "ir.actions.act_window", res_model: "crm.interaction" };
    });
    mockService("action", { doAction: () => {} });
    await mountClients();
    const ratios = cell("improvement_ratio", 3);
    expect(`${ratios} button`).toHaveCount(1);
    expect(`${ratios} button`).toHaveText(/not reviewed yet\s*14 to review/);
    await click(`${ratios} button`);
    await expect.waitForSteps([[[3], "open_share"]]);
});

test("a click on a figure opens its evidence", async () => {
    onRpc("crm.interaction.client", "view_evidence", ({ args }) => {
        expect.step(args);
        return { type: "ir.actions.act_window", res_model: "crm.interaction" };
    });
    mockService("action", { doAction: (action) => expect.step(action.res_model) });
    await mountClients();
    await click(`${cell("waiting_us")} button`);
    await expect.waitForSteps([[[1], "waiting_us"], "crm.interaction"]);
    await click(`${cell("interaction_count")} button:last`);
    await expect.waitForSteps([[[1], "interaction_count"], "crm.interaction"]);
    await click(`${cell("interaction_count")} .o_interaction_client_marks`);
    await expect.waitForSteps(["crm.interaction.taken.action"]);
});

test("the list asks once since when its figures are fresh", async () => {
    await mountClients("2026-11-29 17:00:00");
    expect(".o_interaction_notice").toHaveText(/^Figures as of Nov 29, 4:55\sPM$/);
});

test("a figure on a card is that of the list", async () => {
    mockDate("2026-11-29 12:00:00", 0);
    const card = '<t t-name="card"><field name="waiting_us" widget="interaction_client"/></t>';
    const arch = `<kanban><field name="waiting_client"/><templates>${card}</templates></kanban>`;
    onRpc("crm.interaction.client", "view_evidence", ({ args }) => {
        expect.step(args);
        return { type: "ir.actions.act_window", res_model: "crm.interaction" };
    });
    mockService("action", { doAction: () => {} });
    await mountView({ type: "kanban", resModel: "crm.interaction.client", arch });
    await click(".o_kanban_record:first button:contains(3)");
    await expect.waitForSteps([[[1], "waiting_us"]]);
});

test("bars and parts", () => {
    expect(barsPath([0, 4], 4)).toBe("M0 24v-1h7v1zM9 24v-24h7v24z");
    expect(marksPath([1], [0, 2], 4)).toBe("M9 11h7l-3.5 -6z");
    expect(stacked([{ n: 3 }, { n: 1 }]).map(({ x, width }) => [x, width])).toEqual([
        [0, 0.75],
        [0.75, 0.25],
    ]);
    expect(stacked([])).toEqual([]);
});
