import { deserializeDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, markup, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

const { DateTime } = luxon;
const LATEST = 6;
const FIELDS = ["subject", "body", "author_id", "email_from", "date"];
const SPOKEN = [
    ["message_type", "not in", ["notification", "user_notification"]],
    ["subtype_id.internal", "=", false],
];

/** The message of an interaction and the latest others of its document, with the rights of the reader. */
export class InteractionThread extends Component {
    static template = "crm_outsourcing_interactions.InteractionThread";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ own: undefined, others: [] });
        onWillStart(() => {
            this.load(this.props.record); // the form does not wait for it
        });
        onWillUpdateProps(({ record }) => {
            if (record.resId !== this.props.record.resId) {
                this.load(record);
            }
        });
    }

    async load({ resId, data }) {
        const { message_id: message, res_model: model } = data;
        const document = data.res_id?.resId ?? data.res_id;
        const read = (domain) =>
            this.orm.silent.searchRead("mail.message", domain, FIELDS, { order: "id desc", limit: LATEST });
        const ofDocument = [["model", "=", model], ["res_id", "=", document], ...SPOKEN];
        const [own, others] = await Promise.all([
            message ? read([["id", "=", message.id]]) : [],
            document ? read([...ofDocument, ["id", "!=", message?.id || 0]]) : [],
        ]);
        if (resId === this.props.record.resId) {
            const shown = (found) => ({ ...found, body: markup(found.body || "") });
            Object.assign(this.state, { own: own.map(shown)[0] || null, others: others.map(shown) });
        }
    }

    get isDenied() {
        return Boolean(this.props.record.data.message_id) && this.state.own === null;
    }

    date(message) {
        return deserializeDateTime(message.date).toLocaleString(DateTime.DATETIME_MED);
    }

    async openDocument() {
        const { resId } = this.props.record;
        this.action.doAction(await this.orm.call("crm.interaction", "action_open_document", [[resId]]));
    }
}

registry.category("view_widgets").add("interaction_thread", {
    component: InteractionThread,
    fieldDependencies: [
        { name: "message_id", type: "many2one" },
        { name: "res_model", type: "char" },
        { name: "res_id", type: "many2one_reference" },
    ],
});
