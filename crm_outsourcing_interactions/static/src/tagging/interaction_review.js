import { browser } from "@web/core/browser/browser";
import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { mayClassify } from "./interaction_types";

import { reactive } from "@odoo/owl";

const PAGE = `${Date.now()}-${Math.random()}`;
const APP = "crm_outsourcing_interactions.menu_root";
const SOON = 500;

/** For calls whose answer holds all that this page shows of the change: it need not hear of it again. */
export const asThisPage = { context: { interaction_page: PAGE } };

/** Whether a request of this page, e.g. of a button or of the menu *Actions*, may have changed interactions. */
function changesInteractions({ data }) {
    const { action_id, model, method = "", context } = data?.params || {};
    if (action_id && context?.active_model === "crm.interaction") {
        return true;
    }
    return model === "crm.interaction" && /^(action_|web_save|write|create|unlink)/.test(method);
}

/**
 * How many contacts wait for a person's word, and what changed on other pages: badges of the messages that this page
 * shows are fetched anew, with the rights of its user.
 */
export const interactionReviewService = {
    dependencies: ["bus_service", "mail.store", "menu", "orm"],
    start(env, { bus_service, menu, orm, "mail.store": store }) {
        const counts = reactive({ mine: 0, team: 0 });
        let timer;
        const review = {
            counts,
            show(newCounts) {
                Object.assign(counts, newCounts);
            },
            async load() {
                review.show(await orm.silent.call("crm.interaction", "review_counts", []));
            },
            async loadBadges(messageIds) {
                const shown = messageIds.filter((id) => store["mail.message"].get(id));
                if (shown.length) {
                    store.insert(await orm.silent.call("crm.interaction", "message_badges", [shown]));
                }
            },
        };
        const soon = () => {
            browser.clearTimeout(timer);
            timer = browser.setTimeout(review.load, SOON);
        };
        const onChanged = ({ message_ids, user_ids, pages }) => {
            if (pages.includes(`${user.userId}:${PAGE}`)) {
                return;
            }
            review.loadBadges(message_ids);
            if (user_ids.includes(user.userId) || menu.getCurrentApp()?.xmlid === APP) {
                soon();
            }
        };
        if (mayClassify()) {
            rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => changesInteractions(detail) && soon());
            bus_service.subscribe("crm_interaction/changed", onChanged);
            // what was captured meanwhile tells nobody: it must cost the mail nothing
            browser.addEventListener("focus", review.load);
        }
        return review;
    },
};
registry.category("services").add("interaction_review", interactionReviewService);
