import { expect, getFixture, mockDate, test } from "@odoo/hoot";
import { queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { contains, defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";
import { scrollToNewest } from "@crm_outsourcing_interactions/share_pivot/shares_view";
import { isRunning, subjectOf } from "@crm_outsourcing_interactions/share_pivot/cell_verdicts";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { Kind } from "./share_models";

class Contact extends models.Model {
    _name = "contact";
    kind_id = fields.Many2one({ relation: "kind", string: "Kind" });
    commercial_partner_id = fields.Many2one({ relation: "kind", string: "Client" });
    month = fields.Date();
    improvement_ratio = fields.Float({ string: "Improvements / Base", aggregator: "avg", store: false });
    additional_ratio = fields.Float({
        string: "Additional Services / Base",
        aggregator: "avg",
        store: false,
    });
    open_count = fields.Integer({ aggregator: "sum" });
    _records = [
        { kind_id: 1, month: "2026-09-01", improvement_ratio: 0.5, additional_ratio: 0, open_count: 0 },
        { kind_id: 1, month: "2026-10-01", improvement_ratio: 0.25, additional_ratio: 0, open_count: 0 },
        { kind_id: 2, month: "2026-10-01", improvement_ratio: 0, additional_ratio: 0, open_count: 0 },
    ];
}
defineMailModels();
defineModels([Kind, Contact]);

const ARCH = `
    <pivot js_class="interaction_shares" display_quantity="1">
        <field name="kind_id" type="row"/>
        <field name="month" interval="month" type="col"/>
        <field name="improvement_ratio" widget="percentage"/>
        <field name="additional_ratio" widget="percentage"/>
    </pivot>`;

async function mountShares(params = {}) {
    mockDate("2026-10-20 12:00:00");
    const asked = [];
    onRpc("crm.interaction.target", "cell_verdicts", ({ args: [client, cells] }) => {
        asked.push({ client, cells });
        return cells.map(({ amount }) => ({ zone: amount > 0.5 ? "red" : "green", text: "agreed: 40 %" }));
    });
    await mountView({
        type: "pivot",
        resModel: "contact",
        arch: ARCH,
        context: { pivot_share_mode: "column" },
        ...params,
    });
    return asked;
}

function row(title) {
    return queryAllTexts(`tbody tr:contains(${title}) .o_pivot_cell_value`).map((text) =>
        text.replace(/\s+/g, " "),
    );
}

test("on a phone the newest month is in view, beside the titles", async () => {
    const cells = ["June", "July", "August", "Total"].map(
        (text) => `<td style="min-width:120px">${text}</td>`,
    );
    const head = '<th style="min-width:150px;position:sticky;left:0">Kind</th>';
    const box = `<div style="overflow:auto;width:300px"><table><tbody><tr>${head}${cells.join("")}</tr></tbody></table></div>`;
    getFixture().innerHTML = box;
    scrollToNewest(queryOne("table"));
    const [title, newest] = ["th", "td:nth-of-type(3)"].map((cell) => queryOne(cell).getBoundingClientRect());
    expect(Math.abs(newest.left - title.right)).toBeLessThan(5);
});

test("ratios stand in lines below the shares of kinds, in the mode % of column only", async () => {
    await mountShares();
    expect(row("Production")).toEqual(["1 100.0% exact", "1 50.0% exact", "2 66.7% exact"]);
    expect(row("Improvements / Base")).toEqual(["50.0%", "25.0%", "75.0%"]);
    await contains(".o_ratio_line th:first").click();
    expect(".o-dropdown-item").toHaveCount(0, { message: "a ratio has no groups" });
    await contains(".o_share_mode").click();
    await contains(".o-dropdown-item[data-mode=value]").click();
    expect(".o_ratio_line").toHaveCount(0);
});

test("the running month is marked as such", async () => {
    await mountShares();
    const titles = queryAllTexts("thead tr:eq(1) th");
    expect(titles).toEqual(["September 2026", "October 2026 · running"]);
    expect(isRunning("month:quarter", "2026-10-01")).toBe(true);
    expect(isRunning("month:month", "2026-11-01")).toBe(false);
    expect(isRunning("kind_id", 1)).toBe(false);
});

test("cells of months have the colour of their target", async () => {
    const asked = await mountShares();
    expect(asked.length).toBe(1);
    expect(asked[0].client).toBe(false);
    expect(asked[0].cells.map(({ measure, kind_id, month }) => [measure, kind_id, month])).toEqual([
        ["kind_share", 1, "2026-09-01"],
        ["kind_share", 2, "2026-09-01"],
        ["kind_share", 1, "2026-10-01"],
        ["kind_share", 2, "2026-10-01"],
    ]);
    expect("tbody tr:contains(Production) .o_target_cell_red").toHaveText("100.0%");
    expect("tbody tr:contains(Production) .o_target_cell_green").toHaveText("50.0%");
    expect(".o_target_cell_red").toHaveAttribute("data-tooltip", "agreed: 40 %");
});

test("a part of the interactions is not compared with targets", async () => {
    const asked = await mountShares({ domain: [["kind_id", "!=", 7]] });
    expect(asked).toEqual([]);
    expect(".o_target_cell_red").toHaveCount(0);
    const month = ["month", ">=", "2026-09-01"];
    expect(subjectOf([])).toBe(false);
    expect(subjectOf([month])).toBe(false);
    expect(subjectOf(["&", month, ["commercial_partner_id", "=", 7]])).toBe(7);
    expect(subjectOf([month, ["commercial_partner_id", "ilike", "Bakery"]])).toBe(undefined);
    expect(subjectOf([month, ["direction", "=", "incoming"]])).toBe(undefined);
    expect(subjectOf(["!", ["commercial_partner_id", "=", 7]])).toBe(undefined);
});
