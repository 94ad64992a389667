import { expect, test } from "@odoo/hoot";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class Closing extends models.Model {
    _name = "closing";
    period = fields.Date();
    period_length = fields.Char();
    _records = [
        { id: 1, period: "2026-10-01" },
        { id: 2 },
        { id: 3, period: "2026-10-01", period_length: "quarter" },
        { id: 4, period: "2026-01-01", period_length: "year" },
    ];
}

defineMailModels();
defineModels([Closing]);

async function mountClosing(resId) {
    const arch = `<form><field name="period_length"/><field name="period" widget="crm_interaction_period"/></form>`;
    await mountView({ type: "form", resModel: "closing", resId, arch });
}

test("a date is shown as its month", async () => {
    await mountClosing(1);
    expect(".o_field_widget[name=period]").toHaveText("October 2026");
});

test("quarters and years are shown as such", async () => {
    await mountClosing(3);
    expect(".o_field_widget[name=period]").toHaveText("Q4 2026");
    await mountClosing(4);
    expect(".o_field_widget[name=period]:last").toHaveText("2026");
});

test("an empty date is shown as empty", async () => {
    await mountClosing(2);
    expect(".o_field_widget[name=period]").toHaveText("");
});
