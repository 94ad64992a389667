import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";

const file = (name) => new window.File([name], name, { type: "application/pdf" });

registry.category("web_tour.tours").add("crm_interaction_portal_link", {
    steps: () => [
        {
            content: "select three files for the first document",
            trigger: "input[type=file]:first",
            run: () =>
                inputFiles("section > div:first-of-type input[type=file]", [
                    file("a.pdf"),
                    file("b.pdf"),
                    file("c.pdf"),
                ]),
        },
        {
            content: "hand over",
            trigger: "button:contains(Hand Over)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "everything is received",
            trigger: ".alert-success:contains(We have received)",
        },
    ],
});
