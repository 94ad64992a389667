import { expect, test } from "@odoo/hoot";
import { cluster, placeOf, toShares } from "@crm_outsourcing_interactions/share_graph/graph_shares";

test("each bar that is split is 100 %", () => {
    const datasets = [{ data: [1, 0, 0] }, { data: [3, 5, 0] }];
    toShares(datasets);
    expect(datasets.map(({ data }) => data)).toEqual([
        [0.25, 0, 0],
        [0.75, 1, 0],
    ]);
    expect(datasets.map(({ values }) => values)).toEqual([
        [1, 0, 0],
        [3, 5, 0],
    ]);
});

test("bars that are not split are shares of all", () => {
    const datasets = [{ data: [1, 3] }];
    toShares(datasets);
    expect(datasets[0].data).toEqual([0.25, 0.75]);
    toShares([]); // nothing to show is no error
});

test("shares of random charts add up to 100 % in each bar that has something", () => {
    for (let seed = 1; seed <= 200; seed++) {
        const number = (i) => (seed * 7919 + i * 104729) % 13;
        const bars = 1 + (seed % 5);
        const datasets = [0, 1, 2].map((d) => ({
            data: [...Array(bars).keys()].map((b) => number(d * 31 + b)),
        }));
        toShares(datasets);
        for (let bar = 0; bar < bars; bar++) {
            const n = datasets.reduce((sum, { values }) => sum + values[bar], 0);
            const sum = datasets.reduce((total, { data }) => total + data[bar], 0);
            expect(sum).toBeCloseTo(n ? 1 : 0, { margin: 1e-9 });
        }
    }
});

test("a change lies in its period, as far as its day", () => {
    const periods = [
        { label: "a", start: 0, end: 10 },
        { label: "c", start: 20, end: 30 },
    ];
    expect(placeOf(5, periods)).toEqual({ label: "a", fraction: 0.5 });
    expect(placeOf(15, periods)).toEqual({ label: "a", fraction: 1 });
    expect(placeOf(20, periods)).toEqual({ label: "c", fraction: 0 });
    expect(placeOf(-1, periods)).toBe(undefined);
});

test("changes that would overlap share one flag", () => {
    const ids = cluster([{ x: 40 }, { x: 0 }, { x: 10 }, { x: 18 }], 16).map((own) => own.map(({ x }) => x));
    expect(ids).toEqual([[0, 10], [18], [40]]);
});
