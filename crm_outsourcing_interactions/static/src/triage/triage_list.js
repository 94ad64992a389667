import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";
import { decideInQueue, matterKeys } from "../matters/matter_keys";
import { MatterState } from "../matters/matter_state";
import { asThisPage } from "../tagging/interaction_review";
import {
    flatTypes,
    interactionTypes,
    mayMakeRules,
    offeredTypes,
    spokenType,
} from "../tagging/interaction_types";
import { isTyping, keyName } from "./keys";
import { clientKeys, useUnknownSenders } from "./unknown_senders";
import { TriageListController } from "./triage_controller";

import { markup, onMounted, onWillRender, useEffect, useExternalListener, useState } from "@odoo/owl";

const NUMBERED = 9;

/**
 * The list of what waits for a person's word: the message beside it, and keys for everything.
 *
 * Arrows, j and k move, 1–9 give one of the types offered, Enter confirms, Shift+Enter opens, x takes it out of the
 * figures, o gives it to another client of the same person, u undoes, r makes a rule of it. Unknown senders become
 * contacts of a client by c, new clients by n. Where lines are selected, the keys are for all of them. Users may turn
 * letters and digits off: speech input presses them. Decisions about matters have keys of their own.
 */
export class TriageListRenderer extends ListRenderer {
    static template = "crm_outsourcing_interactions.TriageListRenderer";
    static components = { ...ListRenderer.components, MatterState };

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.actionService = useService("action");
        this.notification = useService("notification");
        this.review = useService("interaction_review");
        this.ui = useService("ui");
        this.triage = useState({ index: 0, message: false, busy: false });
        this.undoable = [];
        this.unknownSenders = useUnknownSenders(this.props.list);
        useExternalListener(window, "keydown", (ev) => this.onTriageKey(ev), { capture: true });
        // the keys are for the list, not for the search bar, which takes the focus when the page opens
        onMounted(() => browser.setTimeout(() => this.rootRef.el?.closest(".o_triage_list")?.focus()));
        onWillRender(() => {
            this.triage.index = Math.max(0, Math.min(this.triage.index, this.triageRecords.length - 1));
        });
        useEffect(
            () => this.showCurrent(),
            () => [this.triage.index, this.currentRecord?.id],
        );
        useEffect(
            (messageId) => void this.loadMessage(messageId),
            () => [this.currentRecord?.data.message_id?.id],
        );
    }

    get triageRecords() {
        const { list } = this.props;
        const collect = (groups) =>
            groups.flatMap((g) => (g.list.isGrouped ? collect(g.list.groups) : g.list.records));
        return list.isGrouped ? collect(list.groups) : list.records;
    }

    get currentRecord() {
        return this.triageRecords[this.triage.index];
    }

    get targets() {
        const selected = this.triageRecords.filter((record) => record.selected);
        return selected.length ? selected : [this.currentRecord];
    }

    get isUnknownSender() {
        return Boolean(this.currentRecord.data.unknown_sender);
    }

    get canConfirm() {
        return this.targets.every(({ data }) => data.type_id && !data.unknown_sender);
    }

    get canMakeRule() {
        return mayMakeRules() && !this.isUnknownSender && this.targets.length === 1;
    }

    /** Open a new rule with the values of the current interaction. */
    async makeRule() {
        const [{ resId }] = this.targets;
        this.actionService.doAction(await this.orm.call("crm.interaction", "action_make_rule", [[resId]]));
    }

    get canChangeClient() {
        return this.targets.every(({ data }) => data.can_change_client);
    }

    /** Say who the current sender is, or the selected ones are. */
    decide(name) {
        const ids = this.targets.map(({ resId }) => resId);
        return this.unknownSenders.decide(name, ids);
    }

    get directionName() {
        const { data, fields } = this.currentRecord;
        return fields.direction.selection.find(([value]) => value === data.direction)?.[1];
    }

    get offered() {
        const { direction, type_id, probable_types: probable } = this.currentRecord.data;
        const options = { direction, suggested: type_id?.id, probable: probable || [] };
        const groups = this.isUnknownSender ? [] : offeredTypes(interactionTypes(), options);
        return flatTypes(groups).slice(0, NUMBERED);
    }

    /** Bring the current line into view and name it to screen readers. */
    showCurrent() {
        const rows = this.rootRef.el?.querySelectorAll(".o_data_row") || [];
        for (const row of rows) {
            row.removeAttribute("aria-current");
        }
        const current = this.rootRef.el?.querySelector(".o_triage_current");
        current?.setAttribute("aria-current", "true");
        current?.scrollIntoView({ block: "nearest" });
    }

    get hasLetterKeys() {
        return session.interaction_letter_keys !== false;
    }

    spoken = (type) => spokenType(type);
    decideMatter = (choice) => decideInQueue(this, choice);

    getRowClass(record) {
        const marked = record === this.currentRecord ? " table-active o_triage_current" : "";
        return super.getRowClass(record) + marked;
    }

    /** A click shows the message beside the list; the next one opens the contact, or edits what is selected. */
    async onCellClicked(record) {
        const index = this.triageRecords.findIndex(({ id }) => id === record.id);
        if (index === this.triage.index || this.triageRecords.some(({ selected }) => selected)) {
            await super.onCellClicked(...arguments);
        } else {
            this.triage.index = index;
            this.rootRef.el.closest(".o_triage_list").focus();
        }
    }

    async loadMessage(messageId) {
        this.triage.message = false;
        if (messageId) {
            const names = ["subject", "body", "author_id", "email_from", "date"];
            const [message] = await this.orm.silent.searchRead(
                "mail.message",
                [["id", "=", messageId]],
                names,
            );
            if (message && this.currentRecord?.data.message_id?.id === messageId) {
                this.triage.message = { ...message, body: markup(message.body) };
            }
        }
    }

    onTriageKey(ev) {
        const isShortcut = ev.ctrlKey || ev.altKey || ev.metaKey;
        const act = !isShortcut && !this.isElsewhere(ev) && this.actionOfKey(keyName(ev));
        if (act) {
            ev.preventDefault();
            ev.stopPropagation();
            act();
        }
    }

    /** Whether a key is for a field, button or dialog, or an arrow for headings, groups and menus of Odoo's own. */
    isElsewhere({ key, target }) {
        const isInLines = target === document.body || target.closest(".o_triage_list");
        const isOdooArrow =
            key.startsWith("Arrow") && (!isInLines || target.closest("thead, .o_group_header"));
        return isTyping(key, target) || isOdooArrow || this.ui.activeElement !== document;
    }

    /** @returns {Function|undefined} what a key does with the current contact */
    actionOfKey(key) {
        if (key.length === 1 && !this.hasLetterKeys) {
            return undefined;
        }
        if (key === "u") {
            return () => this.undo();
        }
        if (!this.currentRecord) {
            return undefined;
        }
        const type = this.offered[parseInt(key) - 1];
        return {
            [key]: type && (() => this.tag(type.values)),
            ...clientKeys(this),
            ...matterKeys(this),
            r: this.canMakeRule && (() => this.makeRule()),
            j: () => this.triage.index++,
            k: () => this.triage.index--,
            ArrowDown: () => this.triage.index++,
            ArrowUp: () => this.triage.index--,
            x: () => this.tag({ state: "ignored" }),
            Enter: this.canConfirm && (() => this.tag({ state: "confirmed" })),
            "Shift+Enter": () => this.openCurrent(),
        }[key];
    }

    async tag(values) {
        if (this.triage.busy) {
            return;
        }
        this.triage.busy = true;
        try {
            const ids = this.targets.map(({ resId }) => resId);
            const { undo, counts } = await this.orm.call("crm.interaction", "tag", [ids, values], asThisPage);
            this.undoable.push(() => this.orm.call("crm.interaction", "undo_tag", [undo], asThisPage));
            this.review.show(counts);
            await this.props.list.model.load();
        } finally {
            this.triage.busy = false;
        }
    }

    async undo() {
        const undo = this.undoable.pop();
        if (!undo) {
            this.notification.add(_t("There is nothing to undo."), { type: "info" });
            return;
        }
        this.review.show((await undo()).counts);
        await this.props.list.model.load();
    }

    openCurrent() {
        this.props.openRecord(this.currentRecord);
    }
}

registry.category("views").add("interaction_triage", {
    ...listView,
    Controller: TriageListController,
    Renderer: TriageListRenderer,
});
