import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { formatInteger } from "@web/views/fields/formatters";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListController } from "@web/views/list/list_controller";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { SetupChecklist } from "../setup_checklist/setup_checklist";
import { useClientFigures } from "./client_figures";

import { Component, onMounted, onWillStart, useState } from "@odoo/owl";

const { DateTime } = luxon;
const MANAGER = "crm_outsourcing_interactions.group_manager";
const MOMENT = { ...DateTime.DATETIME_MED, year: undefined };

/** When the figures were refreshed. The view does not wait for it, nor starts it twice. */
export class ClientNotice extends Component {
    static template = "crm_outsourcing_interactions.ClientNotice";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.state = useState({ text: "" });
        onMounted(() => this.load());
    }

    async load() {
        const moment = await this.orm.silent.call("crm.interaction.client", "refreshed_since", []);
        this.state.text = moment
            ? _t("Figures as of %s", deserializeDateTime(moment).toLocaleString(MOMENT))
            : _t("No figures yet");
    }
}

class ClientListController extends ListController {
    static template = "crm_outsourcing_interactions.ClientListView";
    static components = { ...ListController.components, ClientNotice, SetupChecklist };
}

/** Draws the figures itself: a component for each of them took most of the time. */
class ClientListRenderer extends ListRenderer {
    static recordRowTemplate = "crm_outsourcing_interactions.ClientRow";

    setup() {
        super.setup();
        this.figuresOf = useClientFigures();
    }

    /** Attention and matters of a group hold what those of its clients do, not one of their parts. */
    formatGroupAggregate(group, column) {
        const { targets_off, waiting_us, waiting_client } = group.aggregates;
        if (column.name === "targets_off" && targets_off !== undefined) {
            const { complaints, targetsOff } = this.figuresOf({ data: group.aggregates });
            return { value: [complaints, targetsOff].filter(Boolean).join(", ") };
        }
        if (column.name === "waiting_us" && waiting_us !== undefined) {
            return { value: formatInteger(waiting_us + waiting_client) };
        }
        return super.formatGroupAggregate(...arguments);
    }
}

class ClientKanbanController extends KanbanController {
    static template = "crm_outsourcing_interactions.ClientKanbanView";
    static components = { ...KanbanController.components, ClientNotice, SetupChecklist };
}

/** What is to be done with the client of a row. */
export class ClientMenu extends Component {
    static template = "crm_outsourcing_interactions.ClientMenu";
    static components = { Dropdown, DropdownItem };
    static props = { ...standardWidgetProps };

    setup() {
        this.action = useService("action");
        onWillStart(async () => {
            this.isManager = await user.hasGroup(MANAGER);
        });
    }

    get title() {
        return _t("Actions");
    }

    get items() {
        const isOff = this.props.record.data.targets_off > 0;
        return [
            ...(isOff ? [{ name: "action_act", label: _t("Act") }] : []),
            { name: "action_log", label: _t("Log") },
            { name: "action_report", label: _t("Client Report") },
            { name: "action_plan_feedback", label: _t("Plan Feedback") },
            ...(this.isManager ? [{ name: "action_set_target", label: _t("Set Client Target") }] : []),
        ];
    }

    run(name) {
        const { resModel, resId } = this.props.record;
        return this.action.doActionButton({ name, type: "object", resModel, resId, resIds: [resId] });
    }
}

registry.category("views").add("interaction_client_list", {
    ...listView,
    Controller: ClientListController,
    Renderer: ClientListRenderer,
});
registry
    .category("views")
    .add("interaction_client_kanban", { ...kanbanView, Controller: ClientKanbanController });
registry.category("view_widgets").add("interaction_client_menu", { component: ClientMenu });
