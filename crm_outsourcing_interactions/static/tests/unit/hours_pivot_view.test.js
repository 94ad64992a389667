import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { contains, defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class Hours extends models.Model {
    _name = "crm.interaction.hours";
    month = fields.Date();
    user = fields.Char();
    contact_hours = fields.Float({ string: "Contact Hours", aggregator: "sum" });
    _records = [
        { month: "2026-09-01", user: "Ann", contact_hours: 3 },
        { month: "2026-09-01", user: "Bob", contact_hours: 2 },
        { month: "2026-10-01", user: "Ann", contact_hours: 1 },
    ];
}

defineMailModels();
defineModels([Hours]);

const ARCH = `
    <pivot js_class="interaction_hours_pivot">
        <field name="month" interval="month" type="row"/>
        <field name="contact_hours" type="measure"/>
    </pivot>`;

async function mountHours(params = {}) {
    const counted = [];
    onRpc("crm.interaction.hours", "notice", () => "");
    onRpc("crm.interaction.hours", "formatted_read_grouping_sets", ({ args, kwargs }) => {
        counted.push((kwargs.aggregates || args[2]).includes("__count"));
    });
    await mountView({ type: "pivot", resModel: "crm.interaction.hours", arch: ARCH, ...params });
    return counted;
}

const cells = () => queryAllTexts(".o_pivot_cell_value");

test("rows are counted only where their number is a measure", async () => {
    const counted = await mountHours();
    expect(cells()).toEqual(["6.00", "5.00", "1.00"]);
    await contains(".o_pivot_header_cell_closed:eq(1)").click();
    await contains(".o-dropdown-item:contains(User)").click();
    expect(cells()).toEqual(["6.00", "5.00", "3.00", "2.00", "1.00"]);
    expect(new Set(counted)).toEqual(new Set([false]));
    await contains(".o_pivot_buttons button:contains(Measures)").click();
    await contains(".o-dropdown-item:contains(Count)").click();
    expect(cells().slice(0, 2)).toEqual(["6.00", "3"]);
    expect(counted.at(-1)).toBe(true);
});

test("nothing found is said as in any pivot", async () => {
    await mountHours({ domain: [["contact_hours", ">", 9]], noContentHelp: "No hours" });
    expect(".o_view_nocontent").toHaveCount(1);
    expect(cells()).toEqual([]);
});
