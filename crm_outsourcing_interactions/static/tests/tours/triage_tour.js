/* global KeyboardEvent */
import { registry } from "@web/core/registry";

const key = (letter, content, code) => ({
    content,
    trigger: ".o_triage_list:focus-within, .o_triage_list",
    run: () => {
        const target = document.querySelector(".o_triage_list");
        target.dispatchEvent(new KeyboardEvent("keydown", { key: letter, code, bubbles: true }));
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

/** Keys as the Latin and the Cyrillic layout give them, and the state that each one gives. */
const KEYS = [
    ["Enter", "Enter"],
    ["2", "Digit2"],
    ["ч", "KeyX"],
    ["x", "KeyX"],
];
const FORTY = 40;
const started = {};

/** Forty messages by keyboard, newest first: each fourth one alike. */
registry.category("web_tour.tours").add("crm_interaction_queue_forty", {
    url: "/odoo/interactions-to-review",
    steps: () => [
        {
            content: "all wait",
            trigger: ".o_triage_progress:contains(40 left)",
            run: () => (started.at = Date.now()),
        },
        ...Array.from({ length: FORTY }, (_, index) => [
            current(`Message ${FORTY - index}.`),
            {
                content: "its text is there",
                trigger: `.o_triage_body:contains(Text of ${FORTY - index}.)`,
            },
            key(KEYS[index % 4][0], `decide about ${FORTY - index}`, KEYS[index % 4][1]),
        ]).flat(),
        {
            content: "nothing is left",
            trigger: ".o_view_nocontent",
            run: () => {
                const seconds = (Date.now() - started.at) / 1000;
                console.log(`Forty messages by keyboard: ${seconds.toFixed(1)} s`);
                if (seconds > 300) {
                    throw new Error(`It took ${seconds} seconds`);
                }
            },
        },
    ],
});

/** On a phone: buttons on the card. */
registry.category("web_tour.tours").add("crm_interaction_queue_phone", {
    url: "/odoo/interactions-to-review",
    steps: () => [
        {
            content: "confirm the first one",
            trigger: ".o_kanban_record:contains(Third) .o_triage_card_confirm",
            run: "click",
        },
        { content: "it is gone", trigger: ".o_kanban_view:not(:contains(Third))" },
        {
            content: "another type",
            trigger: ".o_kanban_record:contains(Second) .o_triage_card_type",
            run: "click",
        },
        { content: "look for it", trigger: ".modal .o_interaction_types input", run: "edit 1.2.4" },
        { content: "take it", trigger: ".modal [data-code='1.2.4'].o_marked", run: "click" },
        { content: "it is gone", trigger: ".o_kanban_view:not(:contains(Second))" },
        {
            content: "not an interaction",
            trigger: ".o_kanban_record:contains(First) .o_triage_card_ignore",
            run: "click",
        },
        {
            content: "undo",
            trigger: ".o_notification:contains(Not counted) button:contains(Undo)",
            run: "click",
        },
        { content: "it is back", trigger: ".o_kanban_record:contains(First)" },
    ],
});
