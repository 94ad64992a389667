import { registry } from "@web/core/registry";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";
import { ListRenderer } from "@web/views/list/list_renderer";

/** Its columns have the widths of the stylesheet: measuring them took as long as drawing the list. */
class PanelListRenderer extends ListRenderer {
    static useMagicColumnWidths = false;
}

/** List of the client's form that is only read. */
export class PanelList extends X2ManyField {
    static components = { ...X2ManyField.components, ListRenderer: PanelListRenderer };
}

registry.category("fields").add("interaction_panel_list", { ...x2ManyField, component: PanelList });
