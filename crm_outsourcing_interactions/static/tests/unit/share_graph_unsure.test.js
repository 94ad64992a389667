import { expect, mockDate, test } from "@odoo/hoot";
import { contains, defineModels, findComponent, mountView, onRpc } from "@web/../tests/web_test_helpers";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { MethodChange, RatioInteraction, TakenAction, defineContacts } from "./share_models";

defineContacts();
defineModels([MethodChange, RatioInteraction, TakenAction]);

const ARCH = `
    <graph js_class="interaction_share_graph" stacked="1">
        <field name="month" interval="month"/>
        <field name="kind_id"/>
        <field name="interaction_count" type="measure"/>
    </graph>`;

async function mountGraph(params = {}) {
    const view = await mountView({ type: "graph", resModel: "contact", arch: ARCH, ...params });
    return findComponent(view, (component) => component instanceof GraphRenderer);
}

test("a running month is drawn as unsure, with its number", async () => {
    mockDate("2026-10-20 12:00:00");
    const graph = await mountGraph();
    const ticks = () => graph.getScaleOptions().x.ticks.callback;
    expect(ticks()(0, 0)).toBe("September 2026", { message: "a number is no share" });
    expect(ticks()(1, 1)).toEqual(["October 2026", "running"]);
    const colors = graph.model.data.datasets[0].backgroundColor;
    expect(colors[1]).toBe(`${colors[0]}80`);
    await contains(".o_graph_shares").click();
    expect(ticks()(1, 1)).toEqual(["October 2026", "running · 1 interaction"]);
    expect(ticks()(0, 0)).toEqual(["September 2026", "4 interactions"]);
});

test("the line to a value of few interactions is dashed", async () => {
    mockDate("2027-01-20 12:00:00");
    onRpc("crm.interaction", "formatted_read_group", async ({ parent, kwargs }) => {
        if (!kwargs.aggregates.includes("base_count:sum")) {
            return parent();
        }
        return [
            { "month:month": ["2026-09-01", "September 2026"], "base_count:sum": 160 },
            { "month:month": ["2026-10-01", "October 2026"], "base_count:sum": 3 },
        ];
    });
    const arch = `
        <graph js_class="interaction_share_graph" type="line">
            <field name="month" interval="month"/>
            <field name="improvement_ratio" type="measure" widget="percentage"/>
        </graph>`;
    const graph = await mountGraph({ resModel: "crm.interaction", arch });
    const [dataset] = graph.model.data.datasets;
    expect(dataset.segment.borderDash({ p1DataIndex: 0 })).toBe(undefined);
    expect(dataset.segment.borderDash({ p1DataIndex: 1 })).toEqual([6, 4]);
    expect(graph.getScaleOptions().x.ticks.callback(1, 1)).toEqual(["October 2026", "3 interactions"]);
});
