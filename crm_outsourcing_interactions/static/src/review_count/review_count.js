import { patch } from "@web/core/utils/patch";
import { NavBar } from "@web/webclient/navbar/navbar";
import { mayClassify } from "../tagging/interaction_types";

import { Component, useState } from "@odoo/owl";

/** Show the number of interactions to review in the menu. */
export class ReviewCount extends Component {
    static template = "crm_outsourcing_interactions.ReviewCount";
    static props = {};

    setup() {
        this.counts = useState(this.env.services.interaction_review.counts);
    }
}

Object.assign(NavBar.components, { ReviewCount });

patch(NavBar.prototype, {
    hasReviewCount({ xmlid }) {
        return mayClassify() && xmlid === "crm_outsourcing_interactions.menu_review";
    },
});
