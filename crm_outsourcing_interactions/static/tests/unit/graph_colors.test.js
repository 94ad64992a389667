import { expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    findComponent,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { MethodChange, TakenAction } from "./share_models";

const [PRODUCTION, IMPROVEMENTS, UNCLASSIFIED] = ["#000001", "#000002", "#00000f"];

class Kind extends models.Model {
    _name = "crm.interaction.kind";
    name = fields.Char();
    _records = [
        { id: 1, name: "Production" },
        { id: 2, name: "Improvements" },
    ];
    get_chart_colors() {
        return { 1: PRODUCTION, 2: IMPROVEMENTS, false: UNCLASSIFIED };
    }
}

class Interaction extends models.Model {
    _name = "crm.interaction";
    month = fields.Date();
    kind_id = fields.Many2one({ relation: "crm.interaction.kind", string: "Kind" });
    channel = fields.Char();
    _records = [
        { month: "2026-09-10", kind_id: 2, channel: "phone" },
        { month: "2026-10-10", kind_id: false, channel: "email" },
    ];
}

class Indicator extends models.Model {
    _name = "crm.interaction.indicator";
    target_id = fields.Many2one({ relation: "crm.interaction.kind", string: "Target" });
    zone = fields.Selection({
        selection: [
            ["red", "Off Target"],
            ["green", "On Target"],
        ],
    });
    _records = [
        { target_id: 1, zone: "green" },
        { target_id: 1, zone: "red" },
        { target_id: 2, zone: "green" },
    ];
}

defineMailModels();
defineModels([MethodChange, TakenAction, Kind, Interaction, Indicator]);

async function mountGraph(resModel, ...groups) {
    const rows = groups.map((name) => `<field name="${name}"/>`).join("");
    const arch = `<graph js_class="interaction_share_graph" stacked="1">${rows}</graph>`;
    const view = await mountView({ type: "graph", resModel, arch });
    return findComponent(view, (component) => component instanceof GraphRenderer);
}

function colors({ chart }, name = "backgroundColor") {
    return Object.fromEntries(chart.data.datasets.map((dataset) => [dataset.label, dataset[name]]));
}

test("kinds have their colours as parts of bars and as lines", async () => {
    const renderer = await mountGraph("crm.interaction", "month", "kind_id");
    expect(colors(renderer)).toInclude(["Improvements", IMPROVEMENTS]);
    expect(colors(renderer)).toInclude(["None", UNCLASSIFIED]);
    await contains("[data-mode=line]").click();
    expect(colors(renderer, "borderColor")).toInclude(["Improvements", IMPROVEMENTS]);
    expect(colors(renderer, "borderColor")).toInclude(["None", UNCLASSIFIED]);
});

test("a graph by kind alone has a colour for each bar and slice", async () => {
    const renderer = await mountGraph("crm.interaction", "kind_id");
    const expected = renderer.chart.data.labels.map((label) =>
        label === "None" ? UNCLASSIFIED : IMPROVEMENTS,
    );
    expect(Object.values(colors(renderer))).toEqual([expected]);
    await contains("[data-mode=pie]").click();
    expect(renderer.chart.data.datasets[0].backgroundColor).toEqual(expected);
});

test("colours that tell something else than the kind stay", async () => {
    const renderer = await mountGraph("crm.interaction", "kind_id", "channel");
    expect(Object.values(colors(renderer)).flat()).not.toInclude(IMPROVEMENTS);
});

test("zones of indicators have their colours in each sort of graph", async () => {
    const renderer = await mountGraph("crm.interaction.indicator", "target_id", "zone");
    expect(colors(renderer)).toInclude(["On Target", "#28a745"]);
    expect(colors(renderer)).toInclude(["Off Target", "#dc3545"]);
    await contains("[data-mode=pie]").click();
    const [{ backgroundColor }] = renderer.chart.data.datasets;
    const isGreen = renderer.chart.data.labels.map((label) => label.includes("On Target"));
    expect(backgroundColor).toEqual(isGreen.map((green) => (green ? "#28a745" : "#dc3545")));
    const legend = renderer.getLegendOptions().labels.generateLabels(renderer.chart);
    expect(legend.map(({ fillStyle }) => fillStyle)).toEqual(backgroundColor);
});
