import { expect, mockDate, test } from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    findComponent,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { MethodChange, TakenAction, defineContacts } from "./share_models";

class Matter extends models.Model {
    _name = "crm.interaction.matter";
    month = fields.Date();
    our_due_count = fields.Integer({ aggregator: "sum" });
    our_in_time = fields.Float({ aggregator: "avg", store: false });
    our_median = fields.Float({ aggregator: "median", store: false });
    our_median_most = fields.Float({ aggregator: "median", store: false });
    interaction_count = fields.Integer({ string: "Number of Interactions", aggregator: "sum" });
    interactions_per_matter = fields.Float({ aggregator: "avg", store: false });
    _records = [{ month: "2026-09-01" }];
}

defineContacts();
defineModels([MethodChange, TakenAction, Matter]);

const SEPTEMBER = ["2026-09-01", "September 2026"];
const OCTOBER = ["2026-10-01", "October 2026"];
const NOVEMBER = ["2026-11-01", "November 2026"];

async function mountAnswers(measure, groups) {
    mockDate("2027-01-20 12:00:00");
    onRpc("crm.interaction.matter", "formatted_read_group", () =>
        groups.map((group) => ({ __extra_domain: [], __count: 1, ...group })),
    );
    const arch = `
        <graph js_class="interaction_answer_graph" type="line">
            <field name="month" interval="month"/>
            <field name="${measure}" type="measure"/>
        </graph>`;
    const view = await mountView({ type: "graph", resModel: "crm.interaction.matter", arch });
    return findComponent(view, (component) => component instanceof GraphRenderer);
}

test("a median in a graph is exact, a range, or more than a value", async () => {
    const of = (least, most) => ({
        "our_median:median": least,
        "our_median_most:median": most,
        "our_due_count:sum": 30,
    });
    const graph = await mountAnswers("our_median", [
        { "month:month": SEPTEMBER, ...of(2.5, 2.5) },
        { "month:month": OCTOBER, ...of(2.5, 4) },
        { "month:month": NOVEMBER, ...of(9, false) },
    ]);
    const [dataset] = graph.model.data.datasets;
    const shown = [0, 1, 2].map((i) => graph.valueWithN("", dataset, i));
    expect(shown).toEqual([
        "02:30 (30 answers due)",
        "02:30–04:00 (30 answers due)",
        "more than 09:00 (30 answers due)",
    ]);
});

test("the line to a month with one answer due is dashed", async () => {
    const graph = await mountAnswers("our_in_time", [
        { "month:month": SEPTEMBER, "our_in_time:avg": 0.9, "our_due_count:sum": 30 },
        { "month:month": OCTOBER, "our_in_time:avg": 0, "our_due_count:sum": 1 },
    ]);
    const [dataset] = graph.model.data.datasets;
    expect(dataset.segment.borderDash({ p1DataIndex: 0 })).toBe(undefined);
    expect(dataset.segment.borderDash({ p1DataIndex: 1 })).toEqual([6, 4]);
    expect(graph.getScaleOptions().x.ticks.callback(1, 1)).toEqual(["October 2026", "1 answer due"]);
});

test("the number of matters is called so", async () => {
    const arch = `<pivot js_class="interaction_answer_pivot"><field name="month" type="row"/></pivot>`;
    await mountView({ type: "pivot", resModel: "crm.interaction.matter", arch });
    expect(".o_pivot_measure_row").toHaveText("Matters");
    await contains("button:contains(Measures)").click();
    expect(".o-dropdown-item:contains(Matters)").toHaveCount(1);
    expect(".o-dropdown-item:contains(Purposes)").toHaveCount(0);
});
