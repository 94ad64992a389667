import { registry } from "@web/core/registry";

/**
 * A manager looks at shares: a favourite of theirs in % of columns, the other ways, the export.
 * Needs four contacts in each of two months: in the second three of kind 1 and one of kind 2.
 */
registry.category("web_tour.tours").add("crm_interaction_pivot_modes", {
    url: "/odoo/interaction-shares",
    steps: () => [
        {
            content: "the default favourite shows shares of columns, with their n",
            trigger: ".o_share_mode:contains(% of column)",
        },
        {
            content: "three of four",
            trigger: "tbody tr:contains(1 ) .o_value:contains(75.0%) .o_share_n:contains(3)",
        },
        {
            content: "nothing is neither 0 % nor false",
            trigger: ".o_pivot:not(:contains(FALSE)):not(:contains(NaN)) tbody td.o_empty",
        },
        {
            content: "export it",
            trigger: ".o_pivot_download",
            run: "click",
        },
        {
            content: "open the ways to show it",
            trigger: ".o_share_mode",
            run: "click",
        },
        {
            content: "choose shares of all",
            trigger: ".o-dropdown-item[data-mode=total]",
            run: "click",
        },
        {
            content: "three of eight",
            trigger: "tbody tr:contains(1 ) .o_value:contains(37.5%)",
        },
        {
            content: "flip the axes",
            trigger: ".o_pivot_flip_button",
            run: "click",
        },
        {
            content: "still three of eight",
            trigger: "thead tr:contains(1 ):contains(2 )",
        },
        {
            content: "the same cell",
            trigger: "tbody .o_value:contains(37.5%)",
        },
        {
            content: "values again",
            trigger: ".o_share_mode",
            run: "click",
        },
        {
            content: "choose values",
            trigger: ".o-dropdown-item[data-mode=value]",
            run: "click",
        },
        {
            content: "no share is left",
            trigger: ".o_pivot:not(:has(.o_share_n))",
        },
    ],
});

/** A manager looks at the graph in percentages, and at what changed in the counting. Needs a change in its months. */
registry.category("web_tour.tours").add("crm_interaction_graph_modes", {
    url: "/odoo/interaction-shares",
    steps: () => [
        {
            content: "all months, whenever this runs",
            trigger: ".o_facet_remove",
            run: "click",
        },
        {
            content: "open the graph",
            trigger: "button.o_switch_view.o_graph",
            run: "click",
        },
        {
            content: "show percentages",
            trigger: ".o_graph_shares:not(.active)",
            run: "click",
        },
        {
            content: "they are shown, with a flag where the counting changed",
            trigger: ".o_graph_renderer:has(.o_graph_shares.active) .o_interaction_change button",
        },
        {
            content: "as a pie",
            trigger: ".o_graph_button[data-mode=pie]",
            run: "click",
        },
        {
            content: "a pie is in percentages anyway, and has no axis for flags",
            trigger: ".o_graph_renderer:not(:has(.o_graph_shares)):not(:has(.o_interaction_change))",
        },
        {
            content: "open the measures",
            trigger: ".o_graph_renderer button:contains(Measures)",
            run: "click",
        },
        {
            content: "choose a ratio",
            trigger: ".o-dropdown-item:contains(Improvements / Base):first",
            run: "click",
        },
        {
            content: "a ratio is shown as bars, without percentages to choose or a pie",
            trigger:
                ".o_graph_renderer:not(:has(.o_graph_shares)):not(:has([data-mode=pie])):has([data-mode=bar].active)",
        },
        {
            content: "open what changed",
            trigger: ".o_interaction_change button",
            run: "click",
        },
        {
            content: "compare like for like",
            trigger: ".o_data_row:contains(Counted from here on) button[name=action_compare]",
            run: "click",
        },
        {
            content: "the shares around the change, in % of column",
            trigger: ".o_share_mode:contains(% of column)",
        },
        {
            content: "of their own months",
            trigger: ".o_control_panel:contains(Comparable Only)",
        },
    ],
});
