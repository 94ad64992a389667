import { expect, test } from "@odoo/hoot";
import { makeMockEnv } from "@web/../tests/web_test_helpers";
import { rangeText } from "@crm_outsourcing_interactions/measures/ranges";
import { aroundKind, isInOneKind } from "@crm_outsourcing_interactions/share_pivot/kinds";
import {
    baseGroup,
    exportShares,
    nextMode,
    shareBounds,
    shareOf,
    sheetName,
} from "@crm_outsourcing_interactions/share_pivot/shares";

test("a cell is a share of the total of all, of its row or of its column", () => {
    const cell = [["Production"], ["October"]];
    expect(baseGroup(cell, "total")).toEqual([[], []]);
    expect(baseGroup(cell, "row")).toEqual([["Production"], []]);
    expect(baseGroup(cell, "column")).toEqual([[], ["October"]]);
});

test("a range that excludes nothing gives way to the number to review", async () => {
    await makeMockEnv();
    expect(rangeText({ low: 0, high: 35, open: 36 })).toBe("36 to review");
    expect(rangeText({ low: 0, high: 1, open: 36 })).toBe("36 to review");
    expect(rangeText({ low: 0, high: 0.9, open: 36 })).toBe("0.0%–90.0% · bounds");
});

test("without a base there is no share", () => {
    expect(shareOf(1, 4)).toBe(0.25);
    expect(shareOf(1, 0)).toBe(undefined);
    expect(shareOf(undefined, 4)).toBe(undefined);
});

test("a favourite's mode holds until another is chosen; a favourite without one shows values", () => {
    expect(nextMode({}, undefined)).toBe("value");
    expect(nextMode({ shareMode: "value" }, "row")).toBe("row");
    expect(nextMode({ shareMode: "column", askedMode: "row" }, "row")).toBe("column");
    expect(nextMode({ shareMode: "row", askedMode: "row" }, undefined)).toBe("value");
    expect(nextMode({ shareMode: "total", askedMode: undefined }, undefined)).toBe("total");
    expect(nextMode({ shareMode: "row", askedMode: "row" }, "nonsense")).toBe("value");
});

test("a title becomes a name that an Excel sheet may have", () => {
    expect(sheetName("Доли: [октябрь/ноябрь]")).toBe("Доли   октябрь ноябрь");
    expect(sheetName("x".repeat(40)).length).toBe(31);
    expect(sheetName("?")).toBe("1");
    expect(sheetName("'quoted'")).toBe("quoted");
    expect(sheetName("Соотношения дополнительных услуг: клиенты")).toBe("Соотношения дополнительных услу");
});

test("the export holds each share beside its n", () => {
    const exported = {
        title: "Shares",
        measure_count: 2,
        col_group_headers: [[{ title: "Total", width: 2, height: 1 }]],
        measure_headers: [{ title: "Contacts" }, { title: "Improvements / Base" }],
        rows: [{ title: "Total", indent: 0, values: [{ value: 8 }, { value: 0.1 }] }],
    };
    const columns = [
        { isShare: true, isPercentage: false },
        { isShare: false, isPercentage: true, hasRange: true },
    ];
    const ranges = [["", "5.0%–20.0% · bounds"]];
    const labels = { share: "% of row", range: "Range" };
    const result = exportShares(exported, columns, { shares: [[0.5, undefined]], ranges }, labels);
    expect(result.measure_count).toBe(4);
    expect(result.col_group_headers[0][0].width).toBe(4);
    expect(result.measure_headers.map(({ title }) => title)).toEqual([
        "Contacts (% of row)",
        "Contacts",
        "Improvements / Base",
        "Improvements / Base (Range)",
    ]);
    expect(result.formats).toEqual(["0.0%", null, "0.0%", null]);
    expect(result.rows[0].values.map(({ value }) => value)).toEqual([0.5, 8, 0.1, ranges[0][1]]);
    const without = exportShares(exported, columns, { shares: [[undefined]], ranges }, labels);
    expect(without.rows[0].values[0].value).toBe("");
});

test("a ratio between kinds says nothing inside one kind", () => {
    const groupBys = { fullRowGroupBys: ["kind_id", "type_id"], fullColGroupBys: ["month:month"] };
    expect(isInOneKind([[], ["2026-10-01"]], groupBys)).toBe(false);
    expect(isInOneKind([[1], []], groupBys)).toBe(true);
    expect(aroundKind([[1], ["2026-10-01"]], groupBys)).toEqual([[], ["2026-10-01"]]);
    expect(aroundKind([[false], []], groupBys)).toBe(undefined);
    expect(aroundKind([[1, 7], []], groupBys)).toEqual([[], []]);
});

test("the share of a kind lies between what is reviewed and all that is not", () => {
    const bounds = (n, toReview, open, total) => {
        const { low, high } = shareBounds({ n, toReview, open, total }) || {};
        return [low, high];
    };
    expect(bounds(1002, 1002, 1002, 1002)).toEqual([0, 1]);
    expect(bounds(3, 1, 2, 8)).toEqual([0.25, 0.5]);
    expect(bounds(4, 0, 0, 8)).toEqual([0.5, 0.5]);
    expect(bounds(0, 0, 0, 0)).toEqual([undefined, undefined]);
});

test("what is to review around a kind could belong to it, where the kind is the finest group", () => {
    const around = (rows, columns, groupId) =>
        aroundKind(groupId, { fullRowGroupBys: rows, fullColGroupBys: columns });
    expect(around(["kind_id"], ["month:month"], [[1], ["m"]])).toEqual([[], ["m"]]);
    expect(around(["user_id", "kind_id", "type_id"], [], [[7, 1, 5], []])).toEqual([[7], []]);
    expect(around(["kind_id", "user_id"], [], [[1, 7], []])).toBe(undefined);
    expect(around(["kind_id"], [], [[false], []])).toBe(undefined);
    expect(around(["user_id"], [], [[7], []])).toBe(undefined);
});
