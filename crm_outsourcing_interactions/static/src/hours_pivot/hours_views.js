import { registry } from "@web/core/registry";
import { PivotController } from "@web/views/pivot/pivot_controller";
import { PivotModel } from "@web/views/pivot/pivot_model";
import { pivotView } from "@web/views/pivot/pivot_view";
import { HoursNotice } from "../hours_notice/hours_notice";
import { ShareGraphController, shareGraphView } from "../share_graph/share_graph_view";

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

class HoursGraphController extends ShareGraphController {
    static template = "crm_outsourcing_interactions.HoursGraphView";
    static components = { ...ShareGraphController.components, HoursNotice };
}

const views = registry.category("views");
views.add("interaction_hours_pivot", {
    ...pivotView,
    Controller: HoursPivotController,
    Model: HoursPivotModel,
});
views.add("interaction_hours_graph", { ...shareGraphView, Controller: HoursGraphController });
