import { registry } from "@web/core/registry";

const CARD = ".o_interaction_quick_card";
const card = [
    {
        content: "the client is the one on the screen",
        trigger: `${CARD} .o_interaction_quick_client input:value(Tour Client)`,
    },
    { content: "look for the type", trigger: `${CARD} .o_interaction_types input`, run: "edit 1.1.3" },
    { content: "choose the type", trigger: `${CARD} [data-code="1.1.3"].o_marked`, run: "click" },
    { content: "it is chosen", trigger: `${CARD} .o_interaction_quick_type:contains(1.1.3)` },
    { content: "how long", trigger: `${CARD} .o_interaction_quick_minutes`, run: "edit 7" },
    { content: "start the timer", trigger: `${CARD} .o_interaction_quick_timer`, run: "click" },
    { content: "it runs", trigger: `${CARD} .o_interaction_quick_timer:contains(00:0)` },
    { content: "stop it", trigger: `${CARD} .o_interaction_quick_timer`, run: "click" },
    { content: "what was typed stays", trigger: `${CARD} .o_interaction_quick_minutes:value(7)` },
    { content: "log", trigger: `${CARD} .o_interaction_quick_save:enabled`, run: "click" },
    { content: "done", trigger: `body:not(:has(${CARD}))` },
];
const client = { content: "a client is on the screen", trigger: ".o_form_view .o_field_widget[name=name]" };

/** A phone call is logged from three places, while the page goes on working; the last one is undone. */
registry.category("web_tour.tours").add("crm_interaction_quick_log", {
    steps: () => [
        client,
        { content: "open the systray", trigger: ".o_interaction_systray", run: "click" },
        { content: "log a contact", trigger: ".o_interaction_quick_log", run: "click" },
        { content: "the card is there", trigger: CARD },
        { content: "the page goes on working", trigger: "body:not(:has(.modal)):not(.modal-open)" },
        ...card,
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
        ...card,
        { content: "open the menu of the client", trigger: ".o_cp_action_menus button", run: "click" },
        {
            content: "log a contact",
            trigger: ".o-dropdown--menu .o_menu_item:contains(Log Interaction)",
            run: "click",
        },
        ...card,
        {
            content: "undo the last one",
            trigger: ".o_notification:has(button:contains(View)):last button:contains(Undo)",
            run: "click",
        },
        { content: "undone", trigger: ".o_notification:contains(Change undone)" },
    ],
});
