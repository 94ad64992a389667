import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Indicator extends models.Model {
    _name = "crm.interaction.indicator";
    months = fields.Json();
    bullet = fields.Json();
    _records = [
        {
            id: 1,
            months: [
                { label: "May 2026", n: 4 },
                {
                    label: "June 2026",
                    n: 0,
                    marks: [{ id: 7, display_date: "06/02/2026", name: "Bundle" }],
                },
            ],
            bullet: {
                value: 0.5,
                previous: 0.25,
                bounds: [0.4, 0.6],
                sections: [["red", 0, 1]],
                text: "3 %",
                range: "1–5 %",
                tip: "Off Target",
            },
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
                <field name="bullet" widget="target_bullet"/>
            </form>`,
    });
    expect("svg.o_interaction_sparkline[role=img]").toHaveAttribute(
        "aria-label",
        "May 2026: 4, June 2026: 0\n06/02/2026: Bundle",
    );
    expect(".o_interaction_mark").toHaveCount(1);
    expect("g:has(.o_interaction_mark) title").toHaveText("June 2026: 0\n06/02/2026: Bundle");
    expect(".o_target_bullet svg[role=img]").toHaveAttribute("aria-label", "3 %. 1–5 %. Off Target");
    expect(".o_target_bullet_value").toHaveAttribute("width", "50");
    expect(".o_target_bullet_previous").toHaveAttribute("x1", "25");
    expect(".o_target_bullet_range").toHaveAttribute("x", "40");
});
