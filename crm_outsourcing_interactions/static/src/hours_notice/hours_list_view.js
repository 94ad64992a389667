import { registry } from "@web/core/registry";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { HoursNotice } from "./hours_notice";

class HoursListController extends ListController {
    static template = "crm_outsourcing_interactions.HoursListView";
    static components = { ...ListController.components, HoursNotice };
}

registry.category("views").add("interaction_hours_list", { ...listView, Controller: HoursListController });
