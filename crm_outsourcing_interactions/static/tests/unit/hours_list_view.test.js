import { expect, test } from "@odoo/hoot";
import { defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class Hours extends models.Model {
    _name = "crm.interaction.hours";
    contact_hours = fields.Float();
    _records = [{ contact_hours: 3 }];
}

defineMailModels();
defineModels([Hours]);

async function mountHours(notice) {
    onRpc("crm.interaction.hours", "notice", () => notice);
    const arch = `<list js_class="interaction_hours_list"><field name="contact_hours"/></list>`;
    await mountView({ type: "list", resModel: "crm.interaction.hours", arch });
}

test("the list says what is missing", async () => {
    await mountHours("Timesheets are not installed.");
    expect(".o_hours_notice").toHaveText("Timesheets are not installed.");
    expect(".o_data_row").toHaveCount(1);
});

test("nothing is said when nothing is missing", async () => {
    await mountHours("");
    expect(".o_hours_notice").toHaveCount(0);
    expect(".o_data_row").toHaveCount(1);
});
