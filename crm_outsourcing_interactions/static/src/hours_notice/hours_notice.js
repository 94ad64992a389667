import { Component, onWillStart } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** Says in plain words what is missing for all figures of contact hours, such as the timesheets. */
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
