import { Component, onWillStart } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { GraphController } from "@web/views/graph/graph_controller";
import { graphView } from "@web/views/graph/graph_view";
import { PivotController } from "@web/views/pivot/pivot_controller";
import { PivotModel } from "@web/views/pivot/pivot_model";
import { pivotView } from "@web/views/pivot/pivot_view";

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

/** A pivot whose cells stay empty where there is no data, which is neither zero nor "false". */
class HoursPivotModel extends PivotModel {
    _getMeasurements() {
        const measurements = super._getMeasurements(...arguments);
        return Object.fromEntries(Object.entries(measurements).filter(([, value]) => value !== false));
    }
}

class HoursPivotController extends PivotController {
    static template = "crm_outsourcing_interactions.HoursPivotView";
    static components = { ...PivotController.components, HoursNotice };
}

class HoursGraphController extends GraphController {
    static template = "crm_outsourcing_interactions.HoursGraphView";
    static components = { ...GraphController.components, HoursNotice };
}

const views = registry.category("views");
views.add("interaction_hours_pivot", {
    ...pivotView,
    Controller: HoursPivotController,
    Model: HoursPivotModel,
});
views.add("interaction_hours_graph", { ...graphView, Controller: HoursGraphController });
