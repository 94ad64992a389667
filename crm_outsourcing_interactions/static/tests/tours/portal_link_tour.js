import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";

const tours = registry.category("web_tour.tours");
const sends = { content: "hand over", trigger: "button[type=submit]", run: "click", expectUnloadPage: true };
const received = { content: "the page thanks", trigger: ".alert-success[role=status]" };

/** The address names the language, the default one apart; no page is wider than its screen. */
const reads = {
    content: "the page is in the language of its address and fits the screen",
    trigger: "button[type=submit]",
    run: ({ anchor }) => {
        const isRussian = window.location.pathname.startsWith("/ru/");
        if (/[а-яё]/i.test(anchor.textContent) !== isRussian) {
            throw new Error(`${window.location.pathname} shows “${anchor.textContent}”`);
        }
        const { scrollWidth } = document.documentElement;
        if (scrollWidth > window.innerWidth) {
            throw new Error(`The page is ${scrollWidth} pixels wide, the screen ${window.innerWidth}`);
        }
    },
};

/** Select a file for each of the first items. */
function selectFiles(...names) {
    return names.map((name, index) => ({
        content: `select ${name}`,
        trigger: "input[type=file]",
        run: () => {
            const input = document.querySelectorAll("input[type=file]")[index];
            const file = new window.File([`%PDF ${name}`], name, { type: "application/pdf" });
            return inputFiles(`#${input.id}`, [file]);
        },
    }));
}

tours.add("crm_interaction_link_hand_over", {
    steps: () => [
        { content: "four items wait", trigger: "form:has(section > div:nth-of-type(4))" },
        reads,
        ...selectFiles("statement.pdf", "Счёт поставщика.pdf", "act.pdf"),
        sends,
        received,
        { content: "one item is left", trigger: "section:not(:has(div:nth-of-type(2) input[type=file]))" },
    ],
});

tours.add("crm_interaction_link_replace", {
    steps: () => [
        {
            content: "the reason is shown",
            trigger: "section > div:first-of-type .alert-warning:contains(Page 2 is missing)",
        },
        reads,
        ...selectFiles("statement_2.pdf"),
        sends,
        received,
        { content: "the item is gone", trigger: "section:not(:has(.alert-warning))" },
    ],
});

tours.add("crm_interaction_link_not_applicable", {
    steps: () => [
        reads,
        { content: "open the answer", trigger: "details > summary", run: "click" },
        { content: "say why there is none", trigger: "input[name^=none_]", run: "edit There was no cash" },
        sends,
        received,
        {
            content: "nothing is left",
            trigger:
                ".o_interaction_account:has(.o_interaction_checking):not(:has(.o_interaction_outstanding))",
        },
    ],
});
