import { expect, test } from "@odoo/hoot";
import { queryAll, queryAllAttributes } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    editFavoriteName,
    findComponent,
    mockService,
    mountView,
    onRpc,
    saveFavorite,
    toggleSaveFavorite,
    toggleSearchBarMenu,
} from "@web/../tests/web_test_helpers";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { MethodChange, RatioInteraction, TakenAction, defineContacts } from "./share_models";

class Change extends MethodChange {
    _records = [
        { id: 1, date: "2026-09-16", display_date: "09/16/2026", name: "Invoices are counted" },
        { id: 2, date: "2026-10-31", display_date: "10/31/2026", name: "Ratings are counted" },
        { id: 3, date: "2026-12-01", display_date: "12/01/2026", name: "Outside of the graph" },
    ];
}

defineContacts();
class Taken extends TakenAction {
    marks() {
        return [
            { id: 8, date: "2026-09-02", display_date: "09/02/2026", name: "Bundle" },
            { id: 9, date: "2026-09-02", display_date: "09/02/2026", name: "Formalise" },
        ];
    }
}
defineModels([Change, RatioInteraction, Taken]);

const ARCH = `
    <graph js_class="interaction_share_graph" stacked="1">
        <field name="month" interval="month"/>
        <field name="kind_id"/>
        <field name="interaction_count" type="measure"/>
        <field name="ratio" widget="percentage"/>
    </graph>`;

async function mountGraph(params = {}) {
    onRpc("contact", "formatted_read_group", async ({ parent }) => {
        const groups = await parent();
        return groups.map((group) => {
            const noBase = group["ratio:avg"] && group["month:month"]?.[0] === "2026-10-01";
            return noBase ? { ...group, "ratio:avg": false } : group;
        });
    });
    const view = await mountView({
        type: "graph",
        resModel: "contact",
        arch: ARCH,
        loadIrFilters: true,
        ...params,
    });
    return findComponent(view, (component) => component instanceof GraphRenderer);
}

function dataOf({ model }) {
    return model.data.datasets.map(({ data }) => data);
}

async function measure(name) {
    if (!queryAll(".o-dropdown-item").length) {
        await contains("button:contains(Measures)").click();
    }
    await contains(`.o-dropdown-item:contains(${name})`).click();
    await animationFrame();
}

test("bars become 100 %, with the values at hand", async () => {
    const renderer = await mountGraph();
    expect(dataOf(renderer)).toEqual([
        [3, 1],
        [1, 0],
    ]);
    await contains(".o_graph_shares").click();
    expect(dataOf(renderer)).toEqual([
        [0.75, 1],
        [0.25, 0],
    ]);
    expect(renderer.model.lineOverlayDataset).toBe(null);
    expect(renderer.getScaleOptions().y.max).toBe(1);
    const points = [{ raw: 0.75, datasetIndex: 0, dataIndex: 0 }];
    const items = renderer.getTooltipItems(renderer.model.data, renderer.model.metaData, {
        dataPoints: points,
    });
    expect(items[0].value).toBe("75.0% (3)");
    await contains(".o_graph_shares").click();
    expect(dataOf(renderer)[0]).toEqual([3, 1]);
});

test("a line of a single point, in the middle of the chart, keeps its values at hand", async () => {
    const arch = ARCH.replace("<graph", '<graph type="line" cumulated="0"');
    const renderer = await mountGraph({ arch, domain: [["month", ">=", "2026-10-01"]] });
    await contains(".o_graph_shares").click();
    const { data, metaData } = renderer.model;
    expect(data.labels).toEqual(["", "October 2026", ""]);
    const dataPoints = [{ raw: 1, datasetIndex: 0, dataIndex: 1 }];
    expect(renderer.getTooltipItems(data, metaData, { dataPoints })[0].value).toBe("100.0% (1)");
    expect(renderer.model.pointAt(data.datasets[0], renderer.model.placeOfValue(1)).value).toBe(1);
});

test("a pie names the percentages", async () => {
    const renderer = await mountGraph();
    await contains("[data-mode=pie]").click();
    expect(".o_graph_shares").toHaveCount(0);
    const labels = renderer.getLegendOptions().labels.generateLabels(renderer.chart);
    expect(labels.map(({ text }) => text.slice(-5))).toEqual(["60.0%", "20.0%", "20.0%"]);
});

test("a ratio has no shares and no pie, and a gap where there is no base", async () => {
    const renderer = await mountGraph();
    expect("[data-mode=pie]").toHaveCount(1);
    await measure("Ratio");
    expect(".o_graph_shares").toHaveCount(0);
    expect("[data-mode=pie]").toHaveCount(0);
    expect(dataOf(renderer)).toEqual([[0.5, null]]);
    expect("[data-tooltip=Stacked]").toHaveCount(0);
    await contains("[data-mode=line]").click();
    expect("[data-tooltip=Stacked], [data-tooltip=Cumulative]").toHaveCount(0);
    await contains("[data-mode=bar]").click();
    await measure("Contacts");
    expect("[data-tooltip=Stacked]").toHaveCount(1);
    expect(".o_graph_shares").toHaveCount(1);
    expect(renderer.model.metaData.stacked).toBe(true);
    expect(renderer.model.data.datasets.length).toBe(2);
});

test("percentages are kept in a favourite", async () => {
    onRpc("create_filter", ({ args }) => {
        expect.step(args[0].context.graph_shares);
        return [7];
    });
    const renderer = await mountGraph({ context: { graph_shares: true } });
    expect(renderer.model.showsShares).toBe(true);
    expect(".o_graph_shares").toHaveClass("active");
    await toggleSearchBarMenu();
    await toggleSaveFavorite();
    await editFavoriteName("Mine");
    await saveFavorite();
    expect.verifySteps([true]);
});

test("what changed in the counting is flagged where it changed, and opens", async () => {
    mockService("action", {
        doAction: (action) => {
            expect.step([action.res_model, action.domain]);
        },
    });
    await mountGraph();
    expect(queryAllAttributes(".o_interaction_change .fa-flag", "aria-label")).toEqual([
        "Invoices are counted",
        "Ratings are counted",
    ]);
    await contains(".o_interaction_change:first button").click();
    expect.verifySteps([["crm.interaction.method.change", [["id", "in", [1]]]]]);
    await contains("[data-mode=pie]").click();
    expect(".o_interaction_change").toHaveCount(0);
});

test("corrective actions taken are marked with their name, and open", async () => {
    mockService("action", {
        doAction: (action) => {
            expect.step([action.res_model, action.domain]);
        },
    });
    await mountGraph();
    expect(".o_interaction_taken").toHaveCount(1);
    expect(".o_interaction_taken").toHaveText("Bundle +1");
    expect(".o_interaction_taken button").toHaveAttribute("aria-label", "Bundle; Formalise");
    await contains(".o_interaction_taken button").click();
    expect.verifySteps([["crm.interaction.taken.action", [["id", "in", [8, 9]]]]]);
});

test("a favourite that cumulates does not add up ratios, and counts are cumulated again", async () => {
    const arch = ARCH.replace("<graph ", '<graph type="line" cumulated="1" ');
    const renderer = await mountGraph({ arch });
    expect(renderer.model.metaData.cumulated).toBe(true);
    await measure("Ratio");
    expect(renderer.model.metaData.cumulated).toBe(false);
    await measure("Contacts");
    expect(renderer.model.metaData.cumulated).toBe(true);
});

test("the tooltip of a ratio names its range, one word and its interactions", async () => {
    const evidence = {
        "2026-09-01": {
            "base_count:sum": 40,
            "improvement_low:avg": 0.2,
            "improvement_high:avg": 0.3,
            "open_count:sum": 4,
        },
        "2026-10-01": {
            "base_count:sum": 1200,
            "improvement_low:avg": 0.5,
            "improvement_high:avg": 0.5,
            "open_count:sum": 0,
        },
    };
    onRpc("crm.interaction", "formatted_read_group", async ({ kwargs, parent }) => {
        if (!kwargs.aggregates.includes("base_count:sum")) {
            return parent();
        }
        expect.step(kwargs.groupby);
        const names = { "2026-09-01": "September 2026", "2026-10-01": "October 2026" };
        return Object.keys(names).map((day) => ({ "month:month": [day, names[day]], ...evidence[day] }));
    });
    const arch = `
        <graph js_class="interaction_share_graph">
            <field name="month" interval="month"/>
            <field name="improvement_ratio" type="measure" widget="percentage"/>
        </graph>`;
    const renderer = await mountGraph({ resModel: "crm.interaction", arch });
    expect.verifySteps([["month:month"]]);
    const tooltip = (dataIndex) => {
        const dataPoints = [{ raw: 0.5, datasetIndex: 0, dataIndex }];
        return renderer.getTooltipItems(renderer.model.data, renderer.model.metaData, { dataPoints })[0]
            .value;
    };
    expect(tooltip(0)).toBe("25% · 20%–30% · bounds (40 interactions)");
    expect(tooltip(1)).toBe("50% · exact (1,200 interactions)");
});
