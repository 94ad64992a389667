import { registry } from "@web/core/registry";
import { PivotController } from "@web/views/pivot/pivot_controller";
import { PivotModel } from "@web/views/pivot/pivot_model";
import { pivotView } from "@web/views/pivot/pivot_view";
import { HoursNotice } from "../hours_notice/hours_notice";
import { ShareGraphController, shareGraphView } from "../share_graph/share_graph_view";

/**
 * A pivot whose cells stay empty where there is no data, which is neither zero nor "false".
 *
 * Odoo asks for the number of rows of each group, to see whether there are any. To count them takes most of the time of
 * the request, and that there are groups says as much; so it is asked for only where it is a measure.
 */
class HoursPivotModel extends PivotModel {
    _getMeasureSpecs() {
        const specs = super._getMeasureSpecs(...arguments);
        specs.showsCount = specs.includes("__count");
        return specs;
    }

    async _getGroupsSubdivision(params, groupInfo) {
        const { groupingSets, measureSpecs } = params;
        if (measureSpecs.showsCount || !groupingSets.some((groupBy) => groupBy.length)) {
            return super._getGroupsSubdivision(params, groupInfo);
        }
        const specs = measureSpecs.filter((spec) => spec !== "__count");
        const subdivisions = await super._getGroupsSubdivision({ ...params, measureSpecs: specs }, groupInfo);
        const isSome = subdivisions.some(
            (one) => groupingSets[one.subGroupIndex].length && one.subGroups.length,
        );
        for (const group of subdivisions.flatMap((one) => one.subGroups)) {
            group.__count = isSome ? 1 : 0;
        }
        return subdivisions;
    }

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
