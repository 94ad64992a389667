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

/** A phone call is logged from the systray with two fields. */
registry.category("web_tour.tours").add("crm_interaction_quick_log", {
    steps: () => [
        { content: "a client is on the screen", trigger: ".o_form_view .o_field_widget[name=name]" },
        { content: "open the systray", trigger: ".o_interaction_systray", run: "click" },
        { content: "log a contact", trigger: ".o_interaction_quick_log", run: "click" },
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
    ],
});
