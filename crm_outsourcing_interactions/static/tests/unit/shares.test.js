import { expect, test } from "@odoo/hoot";
import { baseGroup, shareOf, sheetName } from "@crm_outsourcing_interactions/share_pivot/shares";

test("a cell is a share of the total of all, of its row or of its column", () => {
    const cell = [["Production"], ["October"]];
    expect(baseGroup(cell, "total")).toEqual([[], []]);
    expect(baseGroup(cell, "row")).toEqual([["Production"], []]);
    expect(baseGroup(cell, "column")).toEqual([[], ["October"]]);
});

test("without a base there is no share", () => {
    expect(shareOf(1, 4)).toBe(0.25);
    expect(shareOf(1, 0)).toBe(undefined);
    expect(shareOf(undefined, 4)).toBe(undefined);
});

test("a title becomes a name that an Excel sheet may have", () => {
    expect(sheetName("Доли: [октябрь/ноябрь]")).toBe("Доли   октябрь ноябрь");
    expect(sheetName("x".repeat(40)).length).toBe(31);
    expect(sheetName("?")).toBe("1");
});
