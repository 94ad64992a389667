import { registry } from "@web/core/registry";

/**
 * A user logs a phone call by hand and finds it in the pivot.
 * Needs a contact "Tour Client" without any interaction.
 */
registry.category("web_tour.tours").add("crm_interaction_log_by_hand", {
    url: "/odoo/interactions",
    steps: () => [
        {
            content: "start a new interaction",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "say what it was about",
            trigger: ".o_field_widget[name=subject] input",
            run: "edit Question on the travel report",
        },
        {
            content: "look for the contact",
            trigger: ".o_field_widget[name=partner_id] input",
            run: "edit Tour Client",
        },
        {
            content: "choose the contact",
            trigger: ".o_field_widget[name=partner_id] .o-autocomplete--dropdown-item:contains(Tour Client)",
            run: "click",
        },
        {
            content: "look for the type by its code",
            trigger: ".o_field_widget[name=type_id] input",
            run: "edit 1.1.3",
        },
        {
            content: "choose the type",
            trigger: ".o_field_widget[name=type_id] .o-autocomplete--dropdown-item:contains(1.1.3)",
            run: "click",
        },
        {
            content: "the type brings its kind and direction",
            trigger: ".o_field_widget[name=kind_id]:contains(1 )",
        },
        {
            content: "save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "it is confirmed, for a person chose the type",
            trigger: ".o_statusbar_status button.o_arrow_button_current:contains(Confirmed)",
        },
        {
            content: "open the analysis",
            trigger: "button[data-menu-xmlid='crm_outsourcing_interactions.menu_analysis']",
            run: "click",
        },
        {
            content: "open the shares",
            trigger: "a[data-menu-xmlid='crm_outsourcing_interactions.menu_shares']",
            run: "click",
        },
        {
            content: "the pivot counts it under its kind",
            trigger: ".o_pivot table tbody tr:contains(1 ):contains(1)",
        },
    ],
});
