/* global KeyboardEvent */
import { registry } from "@web/core/registry";

const key = (letter, content) => ({
    content,
    trigger: ".o_triage_list:focus-within, .o_triage_list",
    run: () => {
        const target = document.querySelector(".o_triage_list");
        target.dispatchEvent(new KeyboardEvent("keydown", { key: letter, bubbles: true }));
    },
});
const current = (subject) => ({
    content: `${subject} is current`,
    trigger: `.o_triage_current:contains(${subject})`,
});
const left = (number) => ({
    content: `${number} left`,
    trigger: `.o_triage_list tbody:not(:has(.o_data_row:eq(${number})))`,
});

/** Three contacts, newest first: one is confirmed, one gets another type, one is ignored, which is undone. */
registry.category("web_tour.tours").add("crm_interaction_triage", {
    url: "/odoo/interactions-to-review",
    steps: () => [
        current("Third"),
        { content: "the message is beside it", trigger: ".o_triage_preview:contains(Text of Third)" },
        key("j", "next"),
        current("Second"),
        key("k", "previous"),
        current("Third"),
        key("Enter", "confirm"),
        current("Second"),
        left(2),
        { content: "types are offered with numbers", trigger: ".o_triage_type:eq(1):contains(2)" },
        key("2", "give the second type offered"),
        current("First"),
        left(1),
        key("x", "not an interaction"),
        { content: "nothing is left", trigger: ".o_view_nocontent" },
        key("u", "undo"),
        current("First"),
    ],
});

/** Who has nothing to review is led to the team's queue. */
registry.category("web_tour.tours").add("crm_interaction_empty_queue", {
    url: "/odoo/interactions-to-review",
    steps: () => [
        {
            content: "nothing of mine; go to the team's",
            trigger: ".o_view_nocontent a[href]:contains(Team Queue)",
            run: "click",
        },
        { content: "the team's queue", trigger: ".o_breadcrumb:contains(Team Queue)" },
        { content: "its interactions", trigger: ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)" },
    ],
});

/** All at once: two get another type in the list, then all are confirmed. */
registry.category("web_tour.tours").add("crm_interaction_triage_bulk", {
    url: "/odoo/interactions-to-review",
    steps: () => [
        { content: "the number is in the menu", trigger: ".o_interaction_review_count:contains(3)" },
        { content: "and in the systray", trigger: ".o_interaction_systray .badge:contains(3)" },
        { content: "select one", trigger: ".o_data_row:eq(0) .o_list_record_selector input", run: "click" },
        { content: "and another", trigger: ".o_data_row:eq(1) .o_list_record_selector input", run: "click" },
        { content: "edit both", trigger: ".o_data_row:eq(0) td[name=type_id]", run: "click" },
        { content: "the type", trigger: ".o_data_row:eq(0) [name=type_id] input", run: "edit 1.2.4" },
        {
            content: "choose it",
            trigger: ".o-autocomplete--dropdown-item:contains(1.2.4)",
            run: "click",
        },
        { content: "for both", trigger: ".modal-footer .btn-primary", run: "click" },
        left(1),
        { content: "select all", trigger: ".o_list_view thead .o_list_record_selector input", run: "click" },
        { content: "confirm all", trigger: ".o_control_panel button[name=action_confirm]", run: "click" },
        { content: "nothing is left", trigger: ".o_view_nocontent" },
        { content: "the systray says so", trigger: ".o_interaction_systray:not(:has(.badge))" },
    ],
});

const dialog = [
    {
        content: "the client is the one on the screen",
        trigger: ".modal .o_field_widget[name=partner_id] input:value(Tour Client)",
    },
    { content: "the timer runs", trigger: ".modal .o_interaction_timer button .fa-pause" },
    {
        content: "look for the type",
        trigger: ".modal .o_field_widget[name=type_id] input",
        run: "edit 1.1.3",
    },
    {
        content: "choose the type",
        trigger: ".o_field_widget[name=type_id] .o-autocomplete--dropdown-item:contains(1.1.3)",
        run: "click",
    },
    { content: "save", trigger: ".modal .o_form_button_save", run: "click" },
    { content: "done", trigger: "body:not(:has(.modal))" },
];
const client = { content: "a client is on the screen", trigger: ".o_form_view .o_field_widget[name=name]" };

/** A phone call is logged with two fields, from three places. */
registry.category("web_tour.tours").add("crm_interaction_quick_log", {
    steps: () => [
        client,
        { content: "open the systray", trigger: ".o_interaction_systray", run: "click" },
        { content: "log a contact", trigger: ".o_interaction_quick_log", run: "click" },
        ...dialog,
        {
            content: "open the command palette",
            trigger: ".o_form_view .o_form_sheet",
            run: "press Control+k",
        },
        {
            content: "say what to do",
            trigger: ".o_command_palette_search input",
            run: "edit Log an interaction",
        },
        {
            content: "log a contact",
            trigger: ".o_command.focused:contains(Log an interaction)",
            run: "click",
        },
        ...dialog,
        { content: "open the menu of the client", trigger: ".o_cp_action_menus button", run: "click" },
        {
            content: "log a contact",
            trigger: ".o-dropdown--menu .o_menu_item:contains(Log Interaction)",
            run: "click",
        },
        ...dialog,
    ],
});
