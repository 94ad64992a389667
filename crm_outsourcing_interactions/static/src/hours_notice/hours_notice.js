import { Component, onWillStart } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** Show which requirements of contact hours are missing, e.g. timesheets. */
export class HoursNotice extends Component {
    static template = "crm_outsourcing_interactions.HoursNotice";
    static props = {};

    setup() {
        const orm = useService("orm");
        onWillStart(async () => {
            this.text = await orm.call("crm.interaction.hours", "notice", []);
        });
    }
}
