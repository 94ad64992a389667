import { browser } from "@web/core/browser/browser";
import { useBus, useService } from "@web/core/utils/hooks";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";
import { decideInQueue } from "../matters/matter_keys";
import { MatterState } from "../matters/matter_state";
import { InteractionTypeList } from "../tagging/interaction_type_list";
import { mayMakeRules, spokenType } from "../tagging/interaction_types";
import { isTyping, keyName } from "./keys";
import { useQueueDecisions } from "./queue_decisions";
import { askedOpinions, confirmTargets, isConfirmable, selectedText } from "./queue_confirm";
import { queueKeys } from "./queue_keys";
import { useQueueMessages } from "./queue_messages";
import { moveUp, numberedTypes } from "./queue_numbers";
import { progressText } from "./queue_progress";
import { countLeft, linesOf, showCurrentLine } from "./queue_rows";
import { useUnknownSenders } from "./unknown_senders";
import { DECIDE, TriageListController } from "./triage_controller";

import { onMounted, onWillRender, useEffect, useExternalListener, useState } from "@odoo/owl";

/**
 * The list of what waits for a person's word: the message beside it, and keys for everything.
 *
 * Arrows, j and k move, Space skips, 1–9 and 0 give a type, always the same one, / searches all types, Enter confirms,
 * Shift+Enter opens, f turns the direction, p adds a second purpose, x takes it out of the figures, o gives it to another
 * client of the same person, u undoes, r makes a rule of it. Unknown senders become contacts of a client by c, new clients
 * by n. Where lines are selected, the keys are for all of them. Users may turn letters and digits off (speech input presses
 * them). Decisions about matters have keys of their own.
 */
export class TriageListRenderer extends ListRenderer {
    static template = "crm_outsourcing_interactions.TriageListRenderer";
    static components = { ...ListRenderer.components, InteractionTypeList, MatterState };

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.actionService = useService("action");
        this.ui = useService("ui");
        this.triage = useState({ index: 0, mode: "", isOrdering: false, skipped: [] });
        this.decisions = useQueueDecisions(() => this.props.list.model.load());
        this.messages = useQueueMessages(() => this.triageRecords.slice(this.triage.index));
        this.unknownSenders = useUnknownSenders(this.props.list);
        useBus(this.props.list.model.bus, DECIDE, ({ detail }) => this[detail]());
        useExternalListener(window, "keydown", (ev) => this.onTriageKey(ev), { capture: true });
        // the keys are for the list, not for the search bar, which takes the focus when the page opens
        onMounted(() => browser.setTimeout(() => this.focusList()));
        onWillRender(() => {
            this.triage.index = Math.max(0, Math.min(this.triage.index, this.triageRecords.length - 1));
        });
        useEffect(
            () => showCurrentLine(this.rootRef.el),
            () => [this.triage.index, this.currentRecord?.id],
        );
    }

    get triageRecords() {
        return linesOf(this.props.list);
    }

    get currentRecord() {
        return this.triageRecords[this.triage.index];
    }

    get message() {
        return this.messages.of(this.currentRecord);
    }

    get targets() {
        const selected = this.triageRecords.filter((record) => record.selected);
        return selected.length ? selected : [this.currentRecord];
    }

    get progress() {
        const left = countLeft(this.props.list);
        return left ? progressText(left, this.decisions.pace) : "";
    }

    get isUnknownSender() {
        return Boolean(this.currentRecord.data.unknown_sender);
    }

    get canConfirm() {
        return this.targets.some(isConfirmable);
    }

    get canTurn() {
        return !this.isUnknownSender && Boolean(this.currentRecord.data.direction);
    }

    get canSplit() {
        const [{ data }] = this.targets;
        return this.targets.length === 1 && Boolean(data.message_id) && !data.unknown_sender;
    }

    get canMakeRule() {
        return mayMakeRules() && !this.isUnknownSender && this.targets.length === 1;
    }

    async makeRule() {
        const [{ resId }] = this.targets;
        this.actionService.doAction(await this.orm.call("crm.interaction", "action_make_rule", [[resId]]));
    }

    get canChangeClient() {
        return this.targets.every(({ data }) => data.can_change_client);
    }

    /** Say who the current sender is, or the selected ones are. */
    async decide(name) {
        const ids = this.targets.map(({ resId }) => resId);
        this.decisions.done = await this.unknownSenders.decide(name, ids);
    }

    get directionName() {
        const { data, fields } = this.currentRecord;
        return fields.direction.selection.find(([value]) => value === data.direction)?.[1];
    }

    get offered() {
        const { direction, type_id, probable_types } = this.currentRecord.data;
        const suggested = [type_id?.id, ...(probable_types || [])];
        const types = this.isUnknownSender ? [] : numberedTypes(direction);
        return types.map((type) => ({ ...type, isSuggested: suggested.includes(type.id) }));
    }

    focusList() {
        this.rootRef.el?.closest(".o_triage_list")?.focus();
    }

    get hasLetterKeys() {
        return session.interaction_letter_keys !== false;
    }

    spoken = (type) => spokenType(type);
    askedOpinions = () => askedOpinions(this);
    selectedText = () => selectedText(this);
    decideMatter = (choice) => decideInQueue(this, choice);

    moveUp(type) {
        moveUp(type, this.orm);
        this.render();
    }

    getRowClass(record) {
        const marked = record === this.currentRecord ? " table-active o_triage_current" : "";
        const skipped = this.triage.skipped.includes(record.resId) ? " o_triage_skipped text-muted" : "";
        return super.getRowClass(record) + marked + skipped;
    }

    /** A click shows the message beside the list; the next one opens the contact, or edits what is selected. */
    async onCellClicked(record) {
        const index = this.triageRecords.findIndex(({ id }) => id === record.id);
        if (index === this.triage.index || this.triageRecords.some(({ selected }) => selected)) {
            await super.onCellClicked(...arguments);
        } else {
            this.move(index - this.triage.index);
            this.focusList();
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
            return () => this.decisions.undo();
        }
        return this.currentRecord && queueKeys(this)[key];
    }

    move(step) {
        this.triage.index += step;
        this.triage.mode = "";
        this.decisions.asked = "";
    }

    /** Leave the current line for later. */
    skip() {
        const { triage } = this;
        triage.skipped = [...new Set([...triage.skipped, this.currentRecord.resId])];
        this.move(1);
    }

    /** Let the user choose a type in the panel: for a search of all types, or as a second purpose. */
    ask(mode) {
        this.triage.mode = mode;
    }

    leaveMode() {
        this.triage.mode = "";
        this.focusList();
    }

    async pick(type) {
        const isSplit = this.triage.mode === "split";
        this.leaveMode();
        await (isSplit ? this.decisions.split(this.targets[0], type) : this.tag(type.values, type));
    }

    turn() {
        const isIncoming = this.currentRecord.data.direction === "incoming";
        return this.tag({ direction: isIncoming ? "outgoing" : "incoming" });
    }

    tag(values, type) {
        const ids = this.targets.map(({ resId }) => resId);
        return this.decisions.tag(ids, values, type);
    }

    confirm() {
        return confirmTargets(this);
    }

    ignore() {
        return this.tag({ state: "ignored" });
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
