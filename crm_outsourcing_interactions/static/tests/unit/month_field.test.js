import { expect, test } from "@odoo/hoot";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class Closing extends models.Model {
    _name = "closing";
    period = fields.Date();
    _records = [{ id: 1, period: "2026-10-01" }, { id: 2 }];
}

defineMailModels();
defineModels([Closing]);

async function mountClosing(resId) {
    const arch = `<form><field name="period" widget="crm_interaction_month"/></form>`;
    await mountView({ type: "form", resModel: "closing", resId, arch });
}

test("a date is shown as its month", async () => {
    await mountClosing(1);
    expect(".o_field_widget[name=period]").toHaveText("October 2026");
});

test("an empty date is shown as empty", async () => {
    await mountClosing(2);
    expect(".o_field_widget[name=period]").toHaveText("");
});
