import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Indicator extends models.Model {
    _name = "crm.interaction.indicator";
    months = fields.Json();
    gauge = fields.Json();
    _records = [
        {
            id: 1,
            months: [
                { label: "May 2026", n: 4 },
                { label: "June 2026", n: 0 },
            ],
            gauge: { needle: 0.5, sections: [["red", 0, 1]], text: "3 %", range: "1–5 %", tip: "Off Target" },
        },
    ];
}

defineMailModels();
defineModels([Indicator]);

test("pictures are told to screen readers in words", async () => {
    await mountView({
        type: "form",
        resModel: "crm.interaction.indicator",
        resId: 1,
        arch: `
            <form>
                <field name="months" widget="interaction_sparkline"/>
                <field name="gauge" widget="target_gauge"/>
            </form>`,
    });
    expect("svg.o_interaction_sparkline[role=img]").toHaveAttribute(
        "aria-label",
        "May 2026: 4, June 2026: 0",
    );
    expect("svg.o_target_gauge[role=img]").toHaveAttribute("aria-label", "3 %. 1–5 %. Off Target");
});
