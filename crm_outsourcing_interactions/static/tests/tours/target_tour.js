import { registry } from "@web/core/registry";

const PREVIEW = ".o_field_widget[name=preview]";
const verdict = (name, number) => `${PREVIEW} .badge:contains(${name}):contains(${number})`;

/**
 * The verdicts of a new target follow its limits before it is saved.
 * Needs the client "Tour Client" with 12 interactions, two of them improvements, and no other clients.
 */
registry.category("web_tour.tours").add("crm_interaction_target_preview", {
    url: "/odoo/interaction-targets/new",
    steps: () => [
        {
            content: "nothing is entered yet",
            trigger: ".o_form_view .o_field_widget[name=measure]",
        },
        {
            content: "twelve interactions are enough",
            trigger: ".o_field_widget[name=minimum_sample] input",
            run: "edit 10",
        },
        {
            content: "limits that the client keeps",
            trigger: ".o_field_widget[name=low] input",
            run: "edit 8",
        },
        { content: "at most 30 %", trigger: ".o_field_widget[name=high] input", run: "edit 30 && press Tab" },
        { content: "the client would be on target", trigger: verdict("On Target", 1) },
        { content: "with the last year", trigger: `${PREVIEW}:contains(Whole firm)` },
        {
            content: "a limit that the client misses",
            trigger: ".o_field_widget[name=high] input",
            run: "edit 10 && press Tab",
        },
        { content: "the client would be off target", trigger: verdict("Off Target", 1) },
        { content: "it is not saved yet", trigger: ".o_form_button_save:visible" },
        { content: "turn it down", trigger: ".o_form_button_cancel", run: "click" },
        { content: "the targets", trigger: ".o_list_view, .o_view_nocontent" },
    ],
});
