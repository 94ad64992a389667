import { registry } from "@web/core/registry";
import { GraphController } from "@web/views/graph/graph_controller";
import { graphView } from "@web/views/graph/graph_view";
import { ShareGraphModel } from "./share_graph_model";
import { ShareGraphRenderer } from "./share_graph_renderer";

export class ShareGraphController extends GraphController {
    getContext() {
        return { ...super.getContext(), graph_shares: Boolean(this.model.metaData.shares) };
    }
}

export const shareGraphView = {
    ...graphView,
    Controller: ShareGraphController,
    Renderer: ShareGraphRenderer,
    Model: ShareGraphModel,
    buttonTemplate: "crm_outsourcing_interactions.ShareGraphButtons",
};
registry.category("views").add("interaction_share_graph", shareGraphView);
