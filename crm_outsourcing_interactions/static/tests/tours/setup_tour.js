import { registry } from "@web/core/registry";

const step = (name, done) =>
    `.o_interaction_setup li[data-step=${name}]${done === undefined ? "" : `[data-done="${done}"]`}`;

/** A manager without administrator's rights does what the checklist offers, hides it and opens it again. */
registry.category("web_tour.tours").add("crm_interaction_setup", {
    url: "/odoo/interaction-clients",
    steps: () => [
        { content: "clients come first", trigger: `${step("clients", 0)} .btn-primary`, run: "click" },
        {
            content: "select the proposed client",
            trigger: ".o_data_row:contains(Proposed Client) .o_list_record_selector input",
            run: "click",
        },
        { content: "mark it", trigger: "button[name=action_interaction_mark_client]", run: "click" },
        {
            content: "nobody is left",
            trigger: ".o_view_nocontent_smiling_face:contains(No contact left to mark)",
        },
        {
            content: "back to the checklist",
            trigger: ".o_menu_sections a:contains(Clients), .o_nav_entry:contains(Clients)",
            run: "click",
        },
        { content: "the client is marked", trigger: `${step("clients", 1)}:contains(1 client is marked)` },
        { content: "its people are next", trigger: `${step("people", 0)} .btn-primary:contains(Assign)` },
        {
            content: "choose the recipients of the report",
            trigger: `${step("report", 0)} .btn`,
            run: "click",
        },
        {
            content: "search a colleague",
            trigger: ".modal .o_field_widget[name=user_ids] input",
            run: "edit second.manager",
        },
        {
            content: "take the colleague",
            trigger: ".o-autocomplete--dropdown-item a:contains(second.manager)",
            run: "click",
        },
        { content: "save", trigger: ".modal button[name=action_apply]", run: "click" },
        { content: "the step is done", trigger: `${step("report", 1)}:contains(second.manager)` },
        { content: "hide the checklist", trigger: ".o_interaction_setup_hide", run: "click" },
        { content: "it is gone", trigger: ".o_list_view:not(:has(.o_interaction_setup))" },
        {
            content: "open the menu",
            trigger: ".o_menu_sections button:contains(Configuration)",
            run: "click",
        },
        {
            content: "open the checklist again",
            trigger: ".o-dropdown--menu a:contains(Setup Checklist)",
            run: "click",
        },
        { content: "it is there", trigger: step("report", 1) },
    ],
});

/** The button of an empty screen leads to the step that fills it. */
registry.category("web_tour.tours").add("crm_interaction_empty", {
    url: "/odoo/interactions",
    steps: () => [
        { content: "the reason", trigger: ".o_interaction_why:contains(No clients are marked yet)" },
        { content: "the next step", trigger: ".o_interaction_next", run: "click" },
        { content: "the proposed clients", trigger: ".o_breadcrumb:contains(Mark Clients)" },
    ],
});

/** A filter that finds nothing is removed by the button. */
registry.category("web_tour.tours").add("crm_interaction_empty_filters", {
    url: "/odoo/interactions",
    steps: () => [
        { content: "something is there", trigger: ".o_data_row" },
        { content: "search for nothing", trigger: ".o_searchview_input", run: "edit no such client" },
        { content: "search", trigger: ".o_searchview_input", run: "press Enter" },
        { content: "remove it", trigger: ".o_interaction_no_filters", run: "click" },
        { content: "it is there again", trigger: ".o_data_row" },
    ],
});
