import { registry } from "@web/core/registry";

/**
 * From an indicator that is outside its target to a corrective action and to the interactions it was computed from.
 * Needs one red indicator of the client "Tour Client" with 12 interactions.
 */
registry.category("web_tour.tours").add("crm_interaction_indicator_evidence", {
    url: "/odoo/interaction-indicators",
    steps: () => [
        {
            content: "the manager brings the indicators up to date",
            trigger: "button[name=action_refresh]",
            run: "click",
        },
        {
            content: "the client is outside the target; its value is drawn",
            trigger:
                ".o_kanban_group:contains(Off Target) .o_kanban_record:contains(Tour Client) .o_target_bullet:contains(0 %)",
        },
        {
            content: "open the indicator",
            trigger: ".o_kanban_group:contains(Off Target) .o_kanban_record:contains(Tour Client)",
            run: "click",
        },
        {
            content: "it says what can be done",
            trigger:
                ".o_form_view .o_field_widget[name=corrective_action_ids]:contains(Ask for more feedback)",
        },
        {
            content: "take it",
            trigger:
                ".o_field_widget[name=corrective_action_ids] .o_data_row:contains(Ask for more feedback) button",
            run: "click",
        },
        {
            content: "the dialog says value and agreement in words, and what will happen",
            trigger: ".modal .o_field_widget[name=words]:contains('0 %, agreed ≥ 8 %')",
        },
        {
            content: "confirm",
            trigger:
                ".modal:has(.o_field_widget[name=effect_text]:contains(Plans an activity)) button[name=action_finish]",
            run: "click",
        },
        {
            content: "it is planned",
            trigger: ".o_notification:contains(Ask for more feedback)",
        },
        {
            content: "the indicator lists it",
            trigger: ".o_field_widget[name=taken_action_ids] .o_data_row:contains(Ask for more feedback)",
        },
        {
            content: "open its interactions",
            trigger: "button[name=action_view_evidence]",
            run: "click",
        },
        {
            content: "these are the contacts that were counted",
            trigger: ".o_list_view .o_group_name:contains(Production):contains(12)",
        },
        {
            content: "back to the indicator",
            trigger: ".o_breadcrumb .o_back_button",
            run: "click",
        },
        {
            content: "to the client",
            trigger: ".o_form_view .o_field_widget[name=partner_id]",
        },
    ],
});
