import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { deserializeDateTime, serializeDateTime } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { addDecisionNotice } from "../decision_notice/decision_notice";
import { InteractionTypeList } from "../tagging/interaction_type_list";
import { asThisPage } from "../tagging/interaction_review";
import { interactionType, mayClassify } from "../tagging/interaction_types";
import { useStopwatch } from "./stopwatch";

import { Component, onMounted, useRef, useState, xml } from "@odoo/owl";

const { DateTime } = luxon;

/** Log an interaction outside Odoo, or complete a call, in the corner of the page, which goes on working. */
export class QuickLogCard extends Component {
    static template = "crm_outsourcing_interactions.QuickLogCard";
    static components = { DateTimeInput, InteractionTypeList, RecordSelector };
    static props = { values: Object, close: Function };

    setup() {
        // not by useService: the card is closed when the answer comes
        Object.assign(this, { orm: this.env.services.orm, action: this.env.services.action });
        this.notification = useService("notification");
        this.review = useService("interaction_review");
        this.watch = useStopwatch();
        const { values } = this.props;
        this.state = useState({
            date: values.date ? deserializeDateTime(values.date) : DateTime.now(),
            direction: values.direction || "incoming",
            partner_id: values.partner_id || false,
            type: interactionType(values.type_id) || false,
            minutes: values.duration ? String(Math.round(values.duration * 60)) : "",
            note: values.note || "",
            busy: false,
        });
        const client = useRef("client");
        onMounted(() => this.state.partner_id || client.el.querySelector("input")?.focus());
    }

    get dateFormat() {
        return `${localization.dateFormat} ${localization.timeFormat.replace(":ss", "")}`;
    }

    get clientPlaceholder() {
        return _t("Client or contact");
    }

    /** Whether the interaction was captured; its date and client are facts then. */
    get isCaptured() {
        return Boolean(this.props.values.id);
    }

    get canLog() {
        const { partner_id, type, busy } = this.state;
        return Boolean(partner_id && type && !busy);
    }

    /** What is to be chosen before *Log*, in words. */
    get missing() {
        if (!this.state.partner_id) {
            return _t("Choose a client");
        }
        return this.state.type ? "" : _t("Choose a type");
    }

    /** Minutes as typed; without any, those of the timer, if it ran. */
    get minutes() {
        const typed = parseInt(this.state.minutes);
        return Number.isNaN(typed) ? this.watch.minutes || undefined : typed;
    }

    pick(type) {
        Object.assign(this.state, { type, direction: type.direction });
    }

    setDirection(direction) {
        const { state } = this;
        const type = state.type && state.type.direction === direction && state.type;
        Object.assign(state, { direction, type });
    }

    get values() {
        const { date, partner_id, type, note } = this.state;
        const { subject } = this.props.values;
        const said = { ...(type.values || { type_id: type.id }), note };
        const facts = { date: serializeDateTime(date), partner_id, subject, channel: "phone" };
        return {
            ...said,
            ...(this.minutes === undefined ? {} : { duration: this.minutes / 60 }),
            ...(this.isCaptured ? {} : facts),
        };
    }

    async log() {
        this.state.busy = true;
        try {
            const { id } = this.props.values;
            const answer = await this.call("quick_log", [this.values, id || false]);
            this.props.close();
            this.notify(answer);
        } finally {
            this.state.busy = false;
        }
    }

    async call(method, args) {
        const answer = await this.orm.call("crm.interaction", method, args, asThisPage);
        this.review.show(answer.counts);
        await this.showLogged();
        return answer;
    }

    /** Lists of interactions show what was logged. */
    async showLogged() {
        const { resModel, type } = this.action.currentController?.props || {};
        if (resModel === "crm.interaction" && type !== "form") {
            await this.action.doAction({ type: "ir.actions.client", tag: "soft_reload" });
        }
    }

    notify({ id, undo }) {
        addDecisionNotice(this.notification, _t("Logged"), [
            [_t("View"), () => this.open(id)],
            [_t("Undo"), () => this.undo(id, undo)],
        ]);
    }

    open(id) {
        const view = { res_model: "crm.interaction", res_id: id, views: [[false, "form"]] };
        return this.action.doAction({ type: "ir.actions.act_window", ...view });
    }

    async undo(id, changes) {
        if (changes.length) {
            await this.call("undo_tag", [changes]);
        } else if (!this.isCaptured) {
            await this.orm.unlink("crm.interaction", [id]);
            await this.showLogged();
        }
        this.notification.add(_t("Change undone"), { type: "success" });
    }
}

/** The place of the card in the page. */
class QuickLogCorner extends Component {
    static template = xml`
        <QuickLogCard t-if="card.values" t-key="card.number" values="card.values" close="quickLog.close"/>`;
    static components = { QuickLogCard };
    static props = {};

    setup() {
        this.quickLog = useService("interaction_quick_log");
        this.card = useState(this.quickLog.card);
    }
}

if (mayClassify()) {
    registry
        .category("main_components")
        .add("crm_outsourcing_interactions.QuickLogCorner", { Component: QuickLogCorner });
}
