import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { contains, defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class Contact extends models.Model {
    _name = "contact";
    client = fields.Char();
    interaction_count = fields.Integer({ string: "Contacts", aggregator: "sum" });
    ratio = fields.Float({ string: "Ratio", aggregator: "avg", store: false });
    _records = [
        { client: "A", interaction_count: 1 },
        { client: "A", interaction_count: 1 },
        { client: "B", interaction_count: 1 },
    ];
}

defineMailModels();
defineModels([Contact]);

const ARCH = `
    <list js_class="interaction_share_list">
        <field name="client"/>
        <field name="interaction_count" sum="Contacts"/>
        <field name="ratio"/>
    </list>`;

async function mountList() {
    onRpc("contact", "web_read_group", async ({ parent }) => {
        const result = await parent();
        result.groups.forEach((group) => {
            group["ratio:avg"] = group.client === "A" ? 0.5 : false;
        });
        return result;
    });
    onRpc("contact", "formatted_read_group", ({ args, kwargs }) => {
        expect.step((args[2] || kwargs.aggregates).join());
        return [{ "ratio:avg": 1 / 3, __extra_domain: [] }];
    });
    await mountView({ type: "list", resModel: "contact", arch: ARCH, groupBy: ["client"] });
}

test("a group without a base is empty, the footer is the ratio of all and no average of ratios", async () => {
    await mountList();
    expect(queryAllTexts(".o_group_header .o_list_number")).toEqual(["2", "50.0%", "1", ""]);
    expect(queryAllTexts("tfoot .o_list_number")).toEqual(["3", "33.3%"]);
    expect.verifySteps(["ratio:avg"]);
    await contains(".o_group_header").click();
    expect(queryAllTexts(".o_data_row [name=ratio]")).toEqual(["", ""]);
});
