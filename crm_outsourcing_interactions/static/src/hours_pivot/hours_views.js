import { Component, onWillStart } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { GraphController } from "@web/views/graph/graph_controller";
import { graphView } from "@web/views/graph/graph_view";
import { sharePivotView } from "../share_pivot/share_pivot_view";

/** Says in plain words what is missing for all figures of contact hours, such as the timesheets. */
class HoursNotice extends Component {
    static template = "crm_outsourcing_interactions.HoursNotice";
    static props = {};

    setup() {
        const orm = useService("orm");
        onWillStart(async () => {
            this.text = await orm.call("crm.interaction.hours", "notice", []);
        });
    }
}

class HoursPivotController extends sharePivotView.Controller {
    static template = "crm_outsourcing_interactions.HoursPivotView";
    static components = { ...sharePivotView.Controller.components, HoursNotice };
}

class HoursGraphController extends GraphController {
    static template = "crm_outsourcing_interactions.HoursGraphView";
    static components = { ...GraphController.components, HoursNotice };
}

const views = registry.category("views");
views.add("interaction_hours_pivot", { ...sharePivotView, Controller: HoursPivotController });
views.add("interaction_hours_graph", { ...graphView, Controller: HoursGraphController });
