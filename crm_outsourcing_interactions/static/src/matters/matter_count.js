import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";
import { NavBar } from "@web/webclient/navbar/navbar";
import { mayClassify } from "../tagging/interaction_types";

import { Component, onWillStart, reactive, useState } from "@odoo/owl";

const SOON = 500;

/** How many matters wait for us: those of the user's clients, and all that the user can see. */
export const interactionMattersService = {
    dependencies: ["bus_service", "orm"],
    start(env, { bus_service, orm }) {
        const counts = reactive({ mine: 0, team: 0 });
        let timer;
        let isShown = false;
        const matters = {
            counts,
            start() {
                isShown = true;
                return matters.load();
            },
            async reload() {
                await (isShown && matters.load());
            },
            show(newCounts) {
                Object.assign(counts, newCounts);
            },
            async load() {
                matters.show(await orm.silent.call("crm.interaction.matter", "waiting_counts", []));
            },
        };
        if (mayClassify()) {
            bus_service.subscribe("crm_interaction/changed", () => {
                browser.clearTimeout(timer);
                timer = browser.setTimeout(matters.reload, SOON);
            });
            browser.addEventListener("focus", matters.reload);
        }
        return matters;
    },
};
registry.category("services").add("interaction_matters", interactionMattersService);

/** Show the number of matters that wait for us in the menu. */
export class MatterCount extends Component {
    static template = "crm_outsourcing_interactions.MatterCount";
    static props = {};

    setup() {
        const { interaction_matters: matters } = this.env.services;
        this.counts = useState(matters.counts);
        onWillStart(() => {
            matters.start(); // the menu does not wait for it
        });
    }
}

Object.assign(NavBar.components, { MatterCount });

patch(NavBar.prototype, {
    hasMatterCount({ xmlid }) {
        return mayClassify() && xmlid === "crm_outsourcing_interactions.menu_matters";
    },
});
