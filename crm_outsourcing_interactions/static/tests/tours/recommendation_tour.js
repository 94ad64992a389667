import { registry } from "@web/core/registry";

/** From the recommendation to take a burden over to the opportunity, and from there back to the evidence. */
registry.category("web_tour.tours").add("crm_interaction_burden", {
    url: "/odoo/interaction-recommendations",
    steps: () => [
        {
            content: "open the recommendation",
            trigger: ".o_kanban_record:contains(Tour Client):contains(Requests for source data: 6)",
            run: "click",
        },
        {
            content: "the evidence is there",
            trigger: ".o_field_widget[name=interaction_ids] tr:contains(Request 6)",
        },
        {
            content: "make the opportunity",
            trigger: ".o_form_statusbar button[name=action_make_opportunity]",
            run: "click",
        },
        {
            content: "the opportunity says what it is about",
            trigger: ".o_field_widget[name=name] :value(Collect source data for Tour Client)",
        },
        {
            content: "back to the evidence",
            trigger: "button[name=action_view_interaction_evidence]:contains(6)",
            run: "click",
        },
        { content: "all requests are listed", trigger: ".o_list_view tr:contains(Request 1)" },
    ],
});
