import { expect, test } from "@odoo/hoot";
import { Domain } from "@web/core/domain";
import { withFigureTarget } from "@crm_outsourcing_interactions/share_pivot/figure_target";

const OF_CLIENT = ["commercial_partner_id", "=", 7];
const SEPTEMBER = ["&", ["month", ">=", "2026-09-01"], ["month", "<", "2026-10-01"]];

function figure(measure, domain, resModel = "crm.interaction") {
    return withFigureTarget({}, { resModel }, measure, domain).interaction_figure;
}

test("a ratio of one client is that of its target, over the months of the cell", () => {
    const expected = { client_id: 7, measure: "improvement_ratio", kind_id: false };
    expect(figure("improvement_ratio", [OF_CLIENT])).toEqual({ ...expected, months: undefined });
    expect(figure("improvement_low", ["&", OF_CLIENT, ...SEPTEMBER])).toEqual({ ...expected, months: 1 });
    const moments = [
        ["date", ">=", "2026-05-31 21:00:00"],
        ["date", "<", "2026-11-30 21:00:00"],
    ];
    expect(figure("improvement_ratio", ["&", OF_CLIENT, "&", ...moments])).toEqual({
        ...expected,
        months: 6,
    });
});

test("a count is a share inside a kind, and a number a month elsewhere", () => {
    const of = { client_id: 7, months: 1 };
    const ofKind = ["&", ["kind_id", "=", 3], "&", OF_CLIENT, ...SEPTEMBER];
    expect(figure("interaction_count", ofKind)).toEqual({ ...of, measure: "kind_share", kind_id: 3 });
    const all = ["&", OF_CLIENT, ...SEPTEMBER];
    expect(figure("__count", all)).toEqual({ ...of, measure: "interactions_month", kind_id: false });
});

test("figures of all clients, of other models, or without a target set none", () => {
    expect(figure("improvement_ratio", [])).toBe(undefined);
    expect(figure("duration", [OF_CLIENT])).toBe(undefined);
    expect(figure("improvement_ratio", [OF_CLIENT, ["channel", "=", "email"]])).toBe(undefined);
    expect(figure("improvement_ratio", [OF_CLIENT, ["kind_id", "=", 3]])).toBe(undefined);
    expect(figure("improvement_ratio", [OF_CLIENT], "crm.interaction.indicator")).toBe(undefined);
});

test("an answer time of one client is that of its target, history or not", () => {
    const of = (measure, ...terms) => {
        const domain = Domain.and([[OF_CLIENT], SEPTEMBER, ...terms.map((term) => [term])]).toList();
        return figure(measure, domain, "crm.interaction.matter");
    };
    const counted = [
        ["asked_by", "!=", false],
        ["from_history", "=", false],
    ];
    const expected = { client_id: 7, kind_id: false, months: 1 };
    expect(of("our_in_time", ...counted)).toEqual({ ...expected, measure: "in_time" });
    expect(of("our_median", ...counted)).toEqual({ ...expected, measure: "median_hours" });
    expect(of("interactions_per_matter", counted[0])).toEqual({
        ...expected,
        measure: "matter_interactions",
    });
    expect(of("their_median", ...counted)).toBe(undefined);
    expect(of("our_in_time", ["is_complaint", "=", true])).toBe(undefined);
});
