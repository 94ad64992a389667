/* global KeyboardEvent, performance, requestAnimationFrame */
import { registry } from "@web/core/registry";

const LIMIT = 200;
const PATIENCE = 5000;

/** Wait until an element is there, as the user sees it; return the milliseconds that it took. */
async function seen(selector, act) {
    const start = performance.now();
    act();
    while (!document.querySelector(selector)) {
        if (performance.now() - start > PATIENCE) {
            throw new Error(`${selector} does not appear`);
        }
        await new Promise(requestAnimationFrame);
    }
    return performance.now() - start;
}

const click = (selector) => () => document.querySelector(selector).click();
const press = (key, code) => () =>
    document
        .querySelector(".o_triage_list")
        .dispatchEvent(new KeyboardEvent("keydown", { key, code, bubbles: true }));
const measure = (name, trigger, selector, act) => ({
    content: `measure: ${name}`,
    trigger,
    run: async () => {
        const time = Math.round(await seen(selector, act));
        console.log(`Speed of ${name}: ${time} ms${time > LIMIT ? ", slower than 200 ms" : ""}`);
    },
});

/** How fast the screens of a bookkeeper's day answer, printed. */
registry.category("web_tour.tours").add("crm_interaction_speed", {
    url: "/odoo/interactions-to-review",
    steps: () => [
        { content: "the queue is open", trigger: ".o_triage_body:contains(Text)" },
        measure(
            "the next message",
            ".o_triage_list",
            ".o_data_row:nth-child(2).o_triage_current",
            press("j", "KeyJ"),
        ),
        measure("a decision", ".o_triage_list", ".o_triage_done i", press("Enter", "Enter")),
        measure("the search of types", ".o_triage_list", ".o_triage_search input", press("/", "Slash")),
        measure("the form", ".o_triage_current", ".o_form_view .o_interaction_own_message", () => {
            document
                .querySelector(".o_triage_list")
                .dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", shiftKey: true, bubbles: true }));
        }),
        measure(
            "the systray",
            ".o_interaction_systray",
            ".o_interaction_quick_log",
            click(".o_interaction_systray"),
        ),
        measure(
            "the card",
            ".o_interaction_quick_log",
            ".o_interaction_quick_card",
            click(".o_interaction_quick_log"),
        ),
        measure(
            "the document",
            ".o_interaction_open_document",
            ".o-mail-Message .o_interaction_badge",
            click(".o_interaction_open_document"),
        ),
        measure(
            "the popover",
            ".o-mail-Message .o_interaction_badge",
            ".o_interaction_popover",
            click(".o-mail-Message .o_interaction_badge"),
        ),
    ],
});
