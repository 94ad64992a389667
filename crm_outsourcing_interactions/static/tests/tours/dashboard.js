import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";

const MEASURES = ["interaction_count:sum", "improvement_ratio:avg", "additional_ratio:avg", "open_share:avg"];
const COUNTS = ["__count", "open_count:sum"];
const SHARES_ROW = 30; // of the sheet "Data": headings, then a row for each month
const KINDS_ROW = 90; // headings, then a row for each colour of a pie
const SLICES = 12;
const MONTHS = 24;

/** Return the first component in the tree that shows a spreadsheet; cells are drawn on a canvas, not in the page. */
function findModel(node) {
    const model = node.component.loader?.getActiveDashboard?.()?.model;
    return model || Object.values(node.children).map(findModel).find(Boolean);
}

function currentModel() {
    return findModel(odoo.__WOWL_DEBUG__.root.__owl__);
}

function read(model, domain, groupby = [], aggregates = MEASURES) {
    const kwargs = { domain, groupby, aggregates };
    return rpc(`/web/dataset/call_kw/${model}/formatted_read_group`, {
        model,
        method: "formatted_read_group",
        args: [],
        kwargs,
    });
}

async function idOf(model, name) {
    const args = [[["name", "=", name]], ["id"]];
    const url = `/web/dataset/call_kw/${model}/search_read`;
    const [{ id }] = await rpc(url, { model, method: "search_read", args, kwargs: {} });
    return id;
}

/** Return what the server says: the scorecards, then the shares of each month one after the other. */
async function expectedFigures(domain) {
    const [[all], months, cells] = await Promise.all([
        read("crm.interaction", domain),
        read("crm.interaction", domain, ["month:month"], COUNTS),
        read("crm.interaction", domain, ["month:month", "kind_id"], COUNTS),
    ]);
    const shares = months.flatMap((month) => {
        const [key] = month["month:month"];
        const own = cells.filter((cell) => cell["month:month"][0] === key && cell.kind_id);
        const reviewed = own.map((cell) => cell.__count - cell["open_count:sum"]);
        return [...reviewed, month["open_count:sum"]].map((n) => n / month.__count);
    });
    return [...MEASURES.map((name) => all[name]), ...shares.filter((share) => share > 0)];
}

/** Return what the cells under the scorecards and under the chart of months hold, empty while they are loading. */
function shownFigures() {
    const getters = currentModel()?.getters;
    const sheetId = getters?.getSheetIds()[1];
    if (!sheetId) {
        return [];
    }
    const value = (col, row) => getters.getEvaluatedCell({ sheetId, col, row }).value;
    const shares = [];
    for (let row = SHARES_ROW; row < SHARES_ROW + MONTHS; row++) {
        shares.push(...[1, 2, 3, 4, 5, 6].map((col) => value(col, row)));
    }
    return [...[1, 2, 3, 4].map((row) => value(1, row)), ...shares.filter((share) => share !== "")];
}

/** Throw unless each kind stands in a column of its own, though the firm has no organisational contacts. */
function assertOwnColumns() {
    const getters = currentModel().getters;
    const sheetId = getters.getSheetIds()[1];
    const value = (col, row) => getters.getEvaluatedCell({ sheetId, col, row }).value;
    const names = [1, 2, 3, 4, 5, 6].map((col) => value(col, SHARES_ROW - 1));
    const expected = ["Production", "Improvements", "Additional services", "", "", "To review"];
    if (names.join() !== expected.join()) {
        throw new Error(`The columns are ${names}.`);
    }
    const rows = Array.from({ length: SLICES }, (_row, index) => KINDS_ROW + index);
    const seen = rows
        .filter((row) => value(1, row) > 1e-6)
        .map((row) => value(0, row))
        .sort();
    if (rows.some((row) => !(value(1, row) > 0)) || seen.join() !== expected.filter(Boolean).sort().join()) {
        throw new Error(`The slices are ${seen}: one without contacts keeps its place and is not seen.`);
    }
}

/** Throw unless the ratios, whose range is wide while something is to review, say so. */
function assertRange() {
    const getters = currentModel().getters;
    const [front, data] = getters.getSheetIds();
    const value = (sheetId, col, row) => String(getters.getEvaluatedCell({ sheetId, col, row }).value);
    const texts = [value(data, 2, 2), value(front, 2, 35), value(front, 3, 35)];
    const range = /\d–\d.*% · bounds/;
    if (!texts.every((text) => range.test(text))) {
        throw new Error(`Beside the ratios stands ${texts}, not their range.`);
    }
}

/** Return the clients of the list of those off target. */
function shownClients() {
    const getters = currentModel().getters;
    const [sheetId] = getters.getSheetIds();
    const rows = [21, 22, 23].map((row) => getters.getEvaluatedCell({ sheetId, col: 0, row }).value);
    return rows.filter(Boolean).join();
}

/** Throw when a cell of any sheet is an error other than one of data that is still loading. */
function assertNoError() {
    const getters = currentModel()?.getters;
    for (const sheetId of getters?.getSheetIds() || []) {
        const cells = Object.values(getters.getEvaluatedCells(sheetId));
        const wrong = cells.find((cell) => ["#NAME?", "#REF", "#BAD_EXPR", "#ERROR"].includes(cell.value));
        if (wrong) {
            throw new Error(`A cell shows ${wrong.value}: ${wrong.message}`);
        }
    }
}

function setFilter(id, ids) {
    const value = ids && { operator: "in", ids };
    const result = currentModel().dispatch("SET_GLOBAL_FILTER_VALUE", { id, value });
    if (!result.isSuccessful) {
        throw new Error(`The filter ${id} refuses ${ids}: ${result.reasons}`);
    }
}

async function expectFigures(domain, clients) {
    const expected = await expectedFigures(domain);
    for (let attempt = 0; attempt < 100; attempt++) {
        const shown = shownFigures();
        assertNoError();
        const isRight =
            shown.length === expected.length &&
            shown.every((value, i) => Math.abs(value - expected[i]) < 1e-5) &&
            shownClients() === clients;
        if (isRight) {
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error(
        `The server says ${expected} and ${clients}, the dashboard ${shownFigures()} and ${shownClients()}.`,
    );
}

/** Throw unless a filter on one record leaves the figures and the clients of that record. */
async function expectFiltered(filter, model, name, field, clients) {
    const id = await idOf(model, name);
    setFilter(filter, [id]);
    await expectFigures([[field, "=", id]], clients);
}

registry.category("web_tour.tours").add("crm_interaction_dashboard", {
    steps: () => [
        { trigger: ".o-figure canvas", timeout: 60000 },
        {
            content: "the figures are those of the server; red is before yellow",
            trigger: ".o_spreadsheet_dashboard_action",
            timeout: 60000,
            async run() {
                await expectFigures([], "Dashboard Other,Dashboard Client");
                assertOwnColumns();
                assertRange();
            },
        },
        {
            content: "the filter of the client reaches figures, chart and list",
            trigger: ".o_spreadsheet_dashboard_action",
            timeout: 60000,
            async run() {
                const name = "Dashboard Client";
                await expectFiltered(
                    "interaction-client",
                    "res.partner",
                    name,
                    "commercial_partner_id",
                    name,
                );
                setFilter("interaction-client");
            },
        },
        {
            content: "so does the filter of the responsible",
            trigger: ".o_spreadsheet_dashboard_action",
            timeout: 60000,
            run: () =>
                expectFiltered(
                    "interaction-user",
                    "res.users",
                    "interaction.staff",
                    "user_id",
                    "Dashboard Other",
                ),
        },
    ],
});
