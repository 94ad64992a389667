import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import {
    contains,
    editFavoriteName,
    mountView,
    onRpc,
    patchWithCleanup,
    saveFavorite,
    toggleMenuItem,
    toggleSaveFavorite,
    toggleSearchBarMenu,
} from "@web/../tests/web_test_helpers";
import { download } from "@web/core/network/download";
import { defineContacts } from "./share_models";

defineContacts({ kind_id: false, month: "2026-10-12", interaction_count: 3 });

const ARCH = `
    <pivot js_class="interaction_share_pivot" string="Доли: [*]?">
        <field name="kind_id" type="row"/>
        <field name="month" interval="month" type="col"/>
        <field name="interaction_count" type="measure"/>
        <field name="hours"/>
    </pivot>`;

function cells() {
    return queryAllTexts(".o_pivot_cell_value").map((text) => text.replace(/\s+/g, " "));
}

async function mountPivot(params = {}) {
    return mountView({ type: "pivot", resModel: "contact", arch: ARCH, loadIrFilters: true, ...params });
}

async function showAs(mode) {
    await contains(".o_share_mode").click();
    await contains(`.o-dropdown-item[data-mode=${mode}]`).click();
}

test("values, shares of all, of rows and of columns, right at every level", async () => {
    await mountPivot();
    const values = cells();
    expect(values).toEqual(["4", "4", "8", "3", "1", "4", "1", "", "1", "", "3", "3"]);
    await showAs("total");
    expect(cells().slice(0, 6)).toEqual(["4 50.0%", "4 50.0%", "8 100.0%", "3 37.5%", "1 12.5%", "4 50.0%"]);
    await showAs("row");
    expect(cells().slice(3, 9)).toEqual(["3 75.0%", "1 25.0%", "4 100.0%", "1 100.0%", "", "1 100.0%"]);
    await showAs("column");
    expect(cells().slice(3, 6)).toEqual(["3 75.0%", "1 25.0%", "4 50.0%"]);
    await showAs("value");
    expect(cells()).toEqual(values);
});

test("the axes flip, groups close and open, and the shares follow", async () => {
    await mountPivot();
    await showAs("column");
    const ofColumns = cells();
    await contains(".o_pivot_flip_button").click();
    expect(".o_share_mode").toHaveText("Show as: % of column");
    expect(cells().slice(0, 2)).toEqual(["4 100.0%", "1 100.0%"]);
    await contains(".o_pivot_flip_button").click();
    await contains("tbody .o_pivot_header_cell_opened").click();
    expect(cells()).toEqual(["4 100.0%", "4 100.0%", "8 100.0%"]);
    await contains(".o_pivot_expand_button").click();
    expect(cells()).toEqual(["4 100.0%", "4 100.0%", "8 100.0%"]);
    await contains("tbody .o_pivot_header_cell_closed").click();
    await contains(".o-dropdown-item:contains(Kind)").click();
    expect(cells()).toEqual(ofColumns);
});

test("rows are sorted by the shares that are shown", async () => {
    await mountPivot();
    await showAs("row");
    await contains(".o_pivot_measure_row:first").click();
    expect(queryAllTexts("tbody th")).toEqual(["Total", "None", "Production", "Improvements"]);
    await contains(".o_pivot_measure_row:first").click();
    expect(queryAllTexts("tbody th")).toEqual(["Total", "Improvements", "Production", "None"]);
    await showAs("value");
    expect(queryAllTexts("tbody th")).toEqual(["Total", "Production", "Improvements", "None"]);
});

test("several measures at once; hours without any have no share; records are purposes", async () => {
    await mountPivot();
    await contains("button:contains(Measures)").click();
    await contains(".o-dropdown-item:contains(Hours)").click();
    expect(".o-dropdown-item:contains(Purposes)").toHaveCount(1);
    await showAs("column");
    expect(cells().slice(0, 6)).toEqual([
        "4 100.0%",
        "1.00 100.0%",
        "4 100.0%",
        "",
        "8 100.0%",
        "1.00 100.0%",
    ]);
});

test("a ratio has as many decimals as the share beside it", async () => {
    const ratio = '<field name="ratio" type="measure" widget="percentage"/>';
    await mountPivot({ arch: ARCH.replace("</pivot>", `${ratio}</pivot>`) });
    await showAs("column");
    expect(cells()[0]).toBe("4 100.0%");
    expect(cells()[1]).toMatch(/^\d+\.\d%$/);
});

test("the mode is kept in a favourite; one without a mode shows values", async () => {
    onRpc("create_filter", ({ args }) => {
        expect.step(args[0].context.pivot_share_mode);
        return [7];
    });
    const favourite = (id, name, context) => ({
        context: JSON.stringify(context),
        domain: "[]",
        id,
        is_default: false,
        name,
        sort: "[]",
        user_ids: [2],
    });
    await mountPivot({
        irFilters: [
            favourite(1, "Shares of Rows", { pivot_share_mode: "row" }),
            favourite(2, "Plain", { pivot_measures: ["interaction_count"] }),
        ],
    });
    await toggleSearchBarMenu();
    await toggleMenuItem("Shares of Rows");
    expect(".o_share_mode").toHaveText("Show as: % of row");
    await toggleMenuItem("Plain");
    expect(".o_share_mode").toHaveText("Show as: Values");
    await showAs("total");
    await toggleSearchBarMenu();
    await toggleSaveFavorite();
    await editFavoriteName("Mine");
    await saveFavorite();
    expect.verifySteps(["total"]);
});

test("the export has shares beside their n, and a title that Excel takes", async () => {
    patchWithCleanup(download, {
        _download: async ({ url, data }) => {
            expect(url).toBe("/crm_interaction/pivot_xlsx");
            const exported = JSON.parse(await data.data.text());
            expect(exported.title).toBe("Доли");
            expect(exported.formats.slice(0, 2)).toEqual(["0.0%", null]);
            expect(exported.rows[1].values.map(({ value }) => value)).toEqual([0.75, 3, 0.25, 1, 0.5, 4]);
            expect(exported.rows[2].values.slice(2, 4).map(({ value }) => value)).toEqual(["", ""]);
            expect.step("download");
        },
    });
    await mountPivot();
    await showAs("column");
    await contains(".o_pivot_download").click();
    await expect.waitForSteps(["download"]);
});
