import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import {
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";

import { SetupChecklist } from "@crm_outsourcing_interactions/setup_checklist/setup_checklist";
import { Component, onWillStart, status, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { session } from "@web/session";

describe.current.tags("desktop");

class Client extends models.Model {
    _name = "crm.interaction.client";
    name = fields.Char();
    group = fields.Char();
    waiting_us = fields.Integer({ aggregator: "sum" });
    waiting_client = fields.Integer({ aggregator: "sum" });
    open_complaints = fields.Integer({ aggregator: "sum" });
    targets_off = fields.Integer({ aggregator: "sum" });
    _records = [
        {
            id: 1,
            name: "Alfa",
            group: "A",
            waiting_us: 3,
            waiting_client: 2,
            open_complaints: 1,
            targets_off: 2,
        },
        { id: 2, name: "Beta", group: "A", targets_off: 3 },
        { id: 3, name: "Gamma", group: "B", waiting_client: 1 },
    ];
}

class Holder extends models.Model {
    _name = "holder";
    client_ids = fields.Many2many({ relation: "crm.interaction.client" });
    _records = [{ id: 1, client_ids: [1, 2] }];
}

defineMailModels();
defineModels([Client, Holder]);

const STEP = {
    name: "clients",
    title: "Mark your clients",
    text: "",
    button: "",
    is_done: false,
    is_ready: true,
};

test("the checklist is loaded once, while the list is being drawn", async () => {
    const drawing = new Deferred();
    class Slow extends Component {
        static template = xml`<i/>`;
        static props = ["*"];
        setup() {
            onWillStart(() => drawing);
        }
    }
    registry.category("view_widgets").add("slow", { component: Slow });
    patchWithCleanup(session, { interaction_makes_rules: true });
    patchWithCleanup(SetupChecklist.prototype, {
        load() {
            expect.step(status(this));
            return super.load();
        },
    });
    onRpc("crm.interaction.client", "refreshed_since", () => false);
    onRpc("crm.interaction.setup", "checklist", () => ({ is_hidden: false, steps: [STEP] }));
    const arch = '<list js_class="interaction_client_list"><field name="name"/><widget name="slow"/></list>';
    const view = mountView({ type: "list", resModel: "crm.interaction.client", arch });
    await expect.waitForSteps(["new"]);
    drawing.resolve();
    await view;
    await animationFrame();
    expect(".o_interaction_setup li").toHaveCount(1);
});

test("lists of the client's form have the widths of the stylesheet", async () => {
    const list = '<list><field name="name"/><field name="waiting_us" width="80px"/></list>';
    const field = `<field name="client_ids" widget="interaction_panel_list" readonly="1">${list}</field>`;
    await mountView({ type: "form", resModel: "holder", resId: 1, arch: `<form>${field}</form>` });
    expect(".o_data_row").toHaveCount(2);
    expect("th[style]").toHaveCount(0);
});

test("the head of a group names complaints, missed targets and matters of both sides", async () => {
    onRpc("crm.interaction.client", "refreshed_since", () => false);
    onRpc("crm.interaction.setup", "checklist", () => ({ is_hidden: true, steps: [] }));
    const names = ["targets_off", "waiting_us"].map((name) => `<field name="${name}"/>`).join("");
    const hidden = ["open_complaints", "waiting_client"]
        .map((name) => `<field name="${name}" column_invisible="1"/>`)
        .join("");
    const arch = `<list js_class="interaction_client_list"><field name="name"/>${names}${hidden}</list>`;
    await mountView({ type: "list", resModel: "crm.interaction.client", arch, groupBy: ["group"] });
    expect(queryAllTexts(".o_group_header td.o_list_number")).toEqual([
        "1 complaint, 5 off target",
        "5",
        "",
        "1",
    ]);
});
