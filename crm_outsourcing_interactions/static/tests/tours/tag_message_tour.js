/* global KeyboardEvent, innerHeight, innerWidth */
import { registry } from "@web/core/registry";

const FIRST = ".o-mail-Message:contains(Hello)";
const open = { content: "open the popover", trigger: `${FIRST} .o_interaction_badge`, run: "click" };
const pick = (code) => [
    {
        content: `look for ${code}`,
        trigger: ".o_interaction_popover input",
        run: `edit ${code}`,
    },
    {
        content: `take ${code}`,
        trigger: `.o_interaction_popover [data-code="${code}"].o_marked`,
        run: "click",
    },
];
const shows = (label) => ({
    content: `the badge is ${label}`,
    trigger: `${FIRST} .o_interaction_badge:contains(${label})`,
});

/** Staff confirm, type change, undo, split and ignore a message in the chatter, and make a contact of a note. */
registry.category("web_tour.tours").add("crm_interaction_tag_message", {
    steps: () => [
        {
            content: "the rule's suggestion is dashed",
            trigger: `${FIRST} .o_interaction_badge.o_to_review:contains(1.2.1)`,
        },
        open,
        { content: "confirm", trigger: ".o_interaction_confirm", run: "click" },
        { content: "confirmed", trigger: `${FIRST} .o_interaction_badge:not(.o_to_review):contains(1.2.1)` },
        open,
        ...pick("1.2.4"),
        shows("1.2.4"),
        { content: "undo", trigger: ".o_notification:contains(1.2.4) button:contains(Undo)", run: "click" },
        shows("1.2.1"),
        open,
        { content: "a second purpose", trigger: ".o_interaction_split", run: "click" },
        ...pick("3.2.1.2"),
        shows("3.2.1.2"),
        shows("1.2.1"),
        {
            content: "open the first purpose",
            trigger: `${FIRST} .o_interaction_badge:contains(1.2.1)`,
            run: "click",
        },
        { content: "not an interaction", trigger: ".o_interaction_ignore", run: "click" },
        shows("∅"),
        {
            content: "undo",
            trigger: ".o_notification:contains(Not counted) button:contains(Undo)",
            run: "click",
        },
        shows("1.2.1"),
        {
            content: "a note can become a contact",
            trigger: ".o-mail-Message:contains(Called) .o-mail-Message-core",
            run: "hover && click .o-mail-Message:contains(Called) [name='classify-interaction']",
        },
        ...pick("1.1.3"),
        {
            content: "it did",
            trigger: ".o-mail-Message:contains(Called) .o_interaction_badge:contains(1.1.3)",
        },
    ],
});

/** What a rectangle shares with another one, in square pixels. */
function overlap(a, b) {
    const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return Math.max(0, Math.floor(width)) * Math.max(0, Math.floor(height));
}

/** Whether a part of an element is on the screen, and not under something or scrolled away. */
function isSeen(element) {
    const { left, top, bottom } = element.getBoundingClientRect();
    for (let y = Math.max(top, 0) + 5; y < Math.min(bottom, innerHeight); y += 10) {
        if (element.contains(document.elementFromPoint(left + 5, y))) {
            return true;
        }
    }
    return false;
}

/** The popover of a message is on the screen, with room for all of it, and does not cover the message. */
async function isBeside(text) {
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished)); // or canceled
    const popover = document.querySelector(".o_interaction_popover").getBoundingClientRect();
    const message = [...document.querySelectorAll(".o-mail-Message")].find((el) =>
        el.innerText.includes(text),
    );
    const element = message.querySelector(".o-mail-Message-content");
    const content = element.getBoundingClientRect();
    const isInside = popover.top >= 0 && popover.bottom <= innerHeight && popover.right <= innerWidth;
    if (!isInside || overlap(popover, content) || !isSeen(element)) {
        throw new Error(
            `Popover ${JSON.stringify(popover)} and message ${JSON.stringify(content)} of ${text}`,
        );
    }
}

const beside = (text) => [
    {
        content: `open the popover of ${text}`,
        trigger: `.o-mail-Message:contains(${text}) .o_interaction_badge`,
        run: "click",
    },
    { content: "it is beside the message", trigger: ".o_interaction_popover", run: () => isBeside(text) },
    {
        content: "close it",
        trigger: ".o_interaction_popover",
        run: () =>
            document.activeElement.dispatchEvent(
                new KeyboardEvent("keydown", { key: "Escape", bubbles: true }),
            ),
    },
    { content: "it is closed", trigger: "body:not(:has(.o_interaction_popover))" },
    {
        content: "the focus is in the chatter again",
        trigger: `.o-mail-Message:contains(${text})`,
        run: async () => {
            await new Promise((resolve) => setTimeout(resolve, 100));
            if (!document.activeElement.closest(".o-mail-Message")?.innerText.includes(text)) {
                throw new Error(`The focus is in ${document.activeElement.outerHTML.slice(0, 200)}`);
            }
        },
    },
];

/** Short, long and last message: the popover never covers the message that it is about. */
registry.category("web_tour.tours").add("crm_interaction_popover_beside", {
    steps: () => ["Newest", "Long", "Hello"].flatMap(beside),
});

/** A form above the chatter leaves no room below its only message. */
registry.category("web_tour.tours").add("crm_interaction_popover_only_message", {
    steps: () => beside("Only"),
});

/** In Discuss's inbox: the suggestion is turned down for another type. A mail's body is in a shadow DOM. */
registry.category("web_tour.tours").add("crm_interaction_tag_in_inbox", {
    steps: () => [
        {
            content: "hover the message of the client",
            trigger: ".o-mail-Message:has(.o_interaction_badge)",
            run: "hover && click .o-mail-Message:has(.o_interaction_badge) [name='classify-interaction']",
        },
        ...pick("1.1.3"),
        {
            content: "it is tagged",
            trigger:
                ".o-mail-Message:has(.o_interaction_badge) .o_interaction_badge:not(.o_to_review):contains(1.1.3)",
        },
    ],
});

/** The same on a phone. */
registry.category("web_tour.tours").add("crm_interaction_tag_message_phone", {
    steps: () => [open, ...pick("1.2.4"), shows("1.2.4")],
});

/** The writer says before sending what sort of contact it is. */
registry.category("web_tour.tours").add("crm_interaction_choose_before_sending", {
    steps: () => [
        { content: "write a message", trigger: ".o-mail-Chatter-sendMessage", run: "click" },
        {
            content: "its text",
            trigger: ".o-mail-Composer-input, .o-mail-Composer .odoo-editor-editable",
            run: "click",
        },
        { content: "type it", trigger: ".o-mail-Composer-input", run: "edit Our proposal" },
        { content: "what sort it is", trigger: ".o-mail-Composer [name='interaction-type']", run: "click" },
        ...pick("2.2.1"),
        {
            content: "it is shown",
            trigger: ".o-mail-Composer [name='interaction-type'] .badge:contains(2.2.1)",
        },
        { content: "send", trigger: ".o-mail-Composer-send:enabled", run: "click" },
        {
            content: "sent and classified",
            trigger:
                ".o-mail-Message:contains(Our proposal) .o_interaction_badge:not(.o_to_review):contains(2.2.1)",
        },
    ],
});
