import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

class Call extends models.Model {
    duration = fields.Float();
    _records = [
        { id: 1, duration: 0 },
        { id: 2, duration: 0.25 },
    ];
}

defineMailModels();
defineModels([Call]);

test("an unknown duration is empty", async () => {
    const arch = `<list><field name="duration" widget="interaction_duration" sum="Total Time"/></list>`;
    await mountView({ type: "list", resModel: "call", arch });
    expect(queryAllTexts(".o_data_row .o_data_cell")).toEqual(["", "00:15"]);
    expect("tfoot .o_list_number").toHaveText("00:15");
});
