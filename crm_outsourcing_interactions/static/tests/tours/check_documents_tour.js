import { registry } from "@web/core/registry";

const isPhone = () => window.innerWidth < 768;
const row = (number) => `.o_data_row:nth-child(${number})`;
const card = (number) => `.o_field_x2many .o_kanban_record:nth-child(${number})`;

/** Press a button in the row of an item. */
const press = (number, name) => [
    { content: `${name} of item ${number}`, trigger: `${row(number)} button[name=${name}]`, run: "click" },
];

/** Press a button of an item on a phone: in its dialog, or in the menu of its dialog. */
function tap(number, name) {
    const opens = { content: `open item ${number}`, trigger: card(number), run: "click" };
    const more = {
        content: "open the menu",
        trigger: ".modal .o_statusbar_buttons .dropdown-toggle",
        run: "click",
    };
    const button = (place) => ({
        content: `${name} of item ${number}`,
        trigger: `${place} button[name=${name}]`,
        run: "click",
    });
    return name === "action_accept"
        ? [opens, button(".modal")]
        : [opens, more, button("body .o_bottom_sheet")];
}

const act = (...args) => (isPhone() ? tap(...args) : press(...args));

/** Wait for the color of an item, on a phone after closing its dialog. */
function becomes(number, color) {
    const done = { content: `item ${number} is ${color}`, trigger: `${row(number)} .text-bg-${color}` };
    if (!isPhone()) {
        return [done];
    }
    const close = { content: "close the item", trigger: ".modal .o_form_button_cancel", run: "click" };
    return [close, { ...done, trigger: `body:not(:has(.modal)) ${card(number)} .text-bg-${color}` }];
}

const accept = (number) => [...act(number, "action_accept"), ...becomes(number, "success")];

registry.category("web_tour.tours").add("crm_interaction_return_document", {
    steps: () => [
        ...act(1, "action_ask_return"),
        {
            content: "give the reason",
            trigger: ".modal [name=reason] textarea",
            run: "edit Page 2 is missing",
        },
        { content: "return", trigger: ".modal button[name=action_return]", run: "click" },
        ...becomes(1, "warning"),
        ...accept(2),
        ...accept(3),
    ],
});

registry.category("web_tour.tours").add("crm_interaction_accept_document", {
    steps: () => accept(1),
});

registry.category("web_tour.tours").add("crm_interaction_agree_not_applicable", {
    steps: () => [...act(4, "action_not_applicable"), ...becomes(4, "300")],
});
