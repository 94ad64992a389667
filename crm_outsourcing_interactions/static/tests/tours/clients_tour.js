import { registry } from "@web/core/registry";

const ROW = ".o_interaction_clients .o_data_row:contains(Tour Client)";

/**
 * From the list of clients to the evidence of a figure, and to what is to be done.
 * Needs the client "Tour Client" with 12 interactions of production and a red target.
 */
registry.category("web_tour.tours").add("crm_interaction_clients", {
    url: "/odoo/interaction-clients",
    steps: () => [
        {
            content: "the manager brings the figures up to date",
            trigger: "button[name=action_refresh]",
            run: "click",
        },
        {
            content: "the client is off target: its indicators",
            trigger: `${ROW} button:contains(1 off target)`,
            run: "click",
        },
        {
            content: "one is red",
            trigger: ".o_kanban_view .o_kanban_record:contains(Tour Client)",
        },
        { content: "back", trigger: ".o_breadcrumb .o_back_button", run: "click" },
        {
            content: "the interactions of the year",
            trigger: `${ROW} [name=interaction_count] button:contains(12)`,
            run: "click",
        },
        { content: "by month", trigger: ".o_list_view .o_group_name:contains(12)" },
        { content: "back", trigger: ".o_breadcrumb .o_back_button", run: "click" },
        { content: "what can be done", trigger: `${ROW} .fa-ellipsis-v`, run: "click" },
        {
            content: "log a call",
            trigger: ".o-dropdown-item[name=action_log]",
            run: "click",
        },
        {
            content: "with this client",
            trigger: ".o_interaction_quick_card .o_interaction_quick_client input:value(Tour Client)",
        },
        { content: "not now", trigger: ".o_interaction_quick_card .btn-close", run: "click" },
        { content: "the client itself", trigger: `${ROW} td[name=partner_id]`, run: "click" },
        { content: "its form", trigger: ".o_form_view .o_field_widget[name=name]" },
    ],
});
