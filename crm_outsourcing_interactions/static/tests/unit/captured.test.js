import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { contains, defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class Interaction extends models.Model {
    _name = "crm.interaction";
    event = fields.Char();
    _records = [
        { id: 1, event: "message_in" },
        { id: 2, event: false },
    ];
}

defineMailModels();
defineModels([Interaction]);

const LIST = '<list js_class="interaction_list"><field name="event"/></list>';
const FORM = '<form js_class="interaction_form"><field name="event"/></form>';
const GEAR = ".o_cp_action_menus .dropdown-toggle";
const isDeletable = () => queryAllTexts(".o-dropdown--menu .o-dropdown-item").includes("Delete");

async function openForm(resId) {
    await mountView({ type: "form", resModel: "crm.interaction", resId, arch: FORM, actionMenus: {} });
    await contains(GEAR).click();
}

test.tags("desktop");
test("a selection of captured interactions has no Delete", async () => {
    await mountView({ type: "list", resModel: "crm.interaction", arch: LIST, actionMenus: {} });
    await contains(".o_data_row:nth-child(1) .o_list_record_selector input").click();
    await contains(GEAR).click();
    expect(isDeletable()).toBe(false);
    await contains(".o_data_row:nth-child(2) .o_list_record_selector input").click();
    await contains(GEAR).click();
    expect(isDeletable()).toBe(true);
});

test("the form of an interaction logged by hand has Delete", async () => {
    await openForm(2);
    expect(isDeletable()).toBe(true);
});

test("the form of a captured interaction has no Delete", async () => {
    await mountView({ type: "form", resModel: "crm.interaction", resId: 1, arch: FORM, actionMenus: {} });
    expect(".o_cp_action_menus .fa-trash-o").toHaveCount(0);
});
