import { registry } from "@web/core/registry";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { withUnreadableLast } from "./triage_controller";
import { useUnknownSenders } from "./unknown_senders";

/** The queue on a phone: cards, with the unknown senders in a line above them. */
export class TriageKanbanController extends KanbanController {
    static template = "crm_outsourcing_interactions.TriageKanbanView";

    get modelParams() {
        return withUnreadableLast(super.modelParams);
    }

    setup() {
        super.setup();
        this.unknownSenders = useUnknownSenders({ activeFields: {} });
    }
}

registry
    .category("views")
    .add("interaction_triage_kanban", { ...kanbanView, Controller: TriageKanbanController });
