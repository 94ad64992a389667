import { Component, onWillStart, useState } from "@odoo/owl";
import { useBus, useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { ActionHelper } from "@web/views/action_helper";
import { openAction } from "./open_action";

const MARKER = /\bo_interaction_empty_(\w+)/;
const ADDON = "crm_outsourcing_interactions";

/** Say why a screen is empty, and offer the next step: no clients of one's own, nothing with these filters, … */
export class EmptyScreen extends Component {
    static template = "crm_outsourcing_interactions.EmptyScreen";
    static props = { screen: String, help: String };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ reason: false });
        onWillStart(async () => {
            const args = [this.props.screen];
            try {
                this.state.reason = await this.orm.silent.call("crm.interaction.setup", "empty_screen", args);
            } catch {
                // the screen's own text remains
            }
        });
        useBus(this.env.searchModel, "update", () => this.render());
    }

    get hasFilters() {
        return this.env.searchModel.facets.some(({ type }) => type !== "groupBy");
    }

    async next() {
        const { action, args, method, model } = this.state.reason.button;
        const options = { onClose: () => this.env.searchModel.search() };
        if (action) {
            return this.action.doAction(`${ADDON}.${action}`, options);
        }
        return openAction(this.action, await this.orm.call(model, method, args), options);
    }

    removeFilters() {
        this.env.searchModel.clearQuery();
    }
}

ActionHelper.components = { ...ActionHelper.components, EmptyScreen };
patch(ActionHelper.prototype, {
    /** The name of our screen, given by a class in the help of its action. */
    get interactionScreen() {
        return this.env.searchModel && MARKER.exec(this.props.noContentHelp || "")?.[1];
    },
});
