import { Component, status, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { openAction } from "../empty_screen/open_action";
import { mayMakeRules } from "../tagging/interaction_types";

const MODEL = "crm.interaction.setup";

/**
 * Show managers what remains to be set up in their company, above a list of theirs.
 *
 * The view does not wait for it.
 */
export class SetupChecklist extends Component {
    static template = "crm_outsourcing_interactions.SetupChecklist";
    static props = { isOpened: { type: Boolean, optional: true } };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.doneLabel = _t("Done");
        this.openLabel = _t("Not done yet");
        this.state = useState({ steps: [], isFolded: this.env.isSmall });
        // a draft of the view that was given up loads nothing; the request of the last one runs while it is drawn
        browser.setTimeout(() => ["new", "mounted"].includes(status(this)) && this.load());
    }

    /** @returns {boolean} whether there is something to do, or the menu has opened the checklist */
    get isShown() {
        const { steps } = this.state;
        return steps.length > 0 && (this.props.isOpened || this.doneCount < steps.length);
    }

    /** The steps to list: all, or the next one only. */
    get shownSteps() {
        const { isFolded, steps } = this.state;
        return isFolded ? steps.filter((step) => step.name === this.nextStep) : steps;
    }

    get doneCount() {
        return this.state.steps.filter((step) => step.is_done).length;
    }

    /** The first step that is neither done nor waits for another one; its button stands out. */
    get nextStep() {
        return this.state.steps.find((step) => !step.is_done && step.is_ready && step.button)?.name;
    }

    async load() {
        if (mayMakeRules()) {
            this.state.steps = (await this.orm.silent.call(MODEL, "checklist", [])).steps;
        }
    }

    async open(step) {
        const action = await this.orm.call(MODEL, "open_step", [step.name]);
        await openAction(this.action, action, { onClose: () => this.load() });
    }

    async hide() {
        await this.orm.call(MODEL, "hide", []);
        this.state.steps = [];
    }
}
