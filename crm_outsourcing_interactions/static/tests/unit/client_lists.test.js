import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
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
    waiting_us = fields.Integer();
    _records = [
        { id: 1, name: "Alfa", waiting_us: 3 },
        { id: 2, name: "Beta" },
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
