import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";

const MEASURES = ["contact_count:sum", "improvement_ratio:avg", "additional_ratio:avg", "__count"];

/** Return the first component in the tree that shows a spreadsheet; cells are drawn on a canvas, not in the page. */
function findModel(node) {
    const model = node.component.loader?.getActiveDashboard?.()?.model;
    return model || Object.values(node.children).map(findModel).find(Boolean);
}

function read(model, domain) {
    const kwargs = { domain, groupby: [], aggregates: MEASURES };
    return rpc(`/web/dataset/call_kw/${model}/formatted_read_group`, {
        model,
        method: "formatted_read_group",
        args: [],
        kwargs,
    });
}

async function expectedFigures() {
    const [[all], [open]] = await Promise.all([
        read("crm.interaction", []),
        read("crm.interaction", [["kind_id", "=", false]]),
    ]);
    return [...MEASURES.slice(0, 3).map((name) => all[name]), open.__count / all.__count];
}

/** Return what the cells under the scorecards hold, empty while the spreadsheet is loading. */
function shownFigures() {
    const model = findModel(odoo.__WOWL_DEBUG__.root.__owl__);
    const sheetId = model?.getters.getSheetIds()[1];
    return sheetId
        ? [1, 2, 3, 4].map((row) => model.getters.getEvaluatedCell({ sheetId, col: 1, row }).value)
        : [];
}

/** Throw when a cell of any sheet is an error other than one of data that is still loading. */
function assertNoError() {
    const getters = findModel(odoo.__WOWL_DEBUG__.root.__owl__)?.getters;
    for (const sheetId of getters?.getSheetIds() || []) {
        const cells = Object.values(getters.getEvaluatedCells(sheetId));
        const wrong = cells.find((cell) => ["#NAME?", "#REF", "#BAD_EXPR", "#ERROR"].includes(cell.value));
        if (wrong) {
            throw new Error(`A cell shows ${wrong.value}: ${wrong.message}`);
        }
    }
}

registry.category("web_tour.tours").add("crm_interaction_dashboard", {
    steps: () => [
        { trigger: ".o-figure canvas", timeout: 60000 },
        {
            content: "the figures of the scorecards are those of the server",
            trigger: ".o_spreadsheet_dashboard_action",
            timeout: 60000,
            async run() {
                const expected = await expectedFigures();
                for (let attempt = 0; attempt < 100; attempt++) {
                    const shown = shownFigures();
                    assertNoError();
                    if (shown.length && shown.every((value, row) => Math.abs(value - expected[row]) < 1e-9)) {
                        return;
                    }
                    await new Promise((resolve) => setTimeout(resolve, 500));
                }
                throw new Error(`The server says ${expected}, the dashboard shows ${shownFigures()}.`);
            },
        },
    ],
});
