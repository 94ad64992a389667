import { _t } from "@web/core/l10n/translation";
import { useAutofocus } from "@web/core/utils/hooks";
import { fold, fullText, interactionTypes, offeredTypes, searchTypes, spokenType } from "./interaction_types";

import { Component, useEffect, useRef, useState } from "@odoo/owl";

let lists = 0;

/**
 * Types to choose from, with type-ahead over code and name: Enter takes the marked one, arrows move. Types of the other
 * direction are offered on request; Enter requests them when no other type fits. Between complaint and praise, the user
 * chooses: neither is marked, unless it is known or typed.
 *
 * For screen readers, the field is a combobox with a list box: the focus stays in the field.
 */
export class InteractionTypeList extends Component {
    static template = "crm_outsourcing_interactions.InteractionTypeList";
    static props = {
        direction: { type: [String, Boolean], optional: true },
        suggested: { type: [Number, Boolean], optional: true },
        probable: { type: Array, element: Number, optional: true },
        likely: { type: Array, element: Number, optional: true },
        polarity: { type: [String, Boolean], optional: true },
        onPick: Function,
        onBack: { type: Function, optional: true },
    };

    setup() {
        this.state = useState({ query: "", index: 0, both: false });
        this.state.index = this.firstIndex;
        this.list = useRef("list");
        this.id = `o_interaction_types_${lists++}`;
        this.input = useAutofocus();
        useEffect(
            () => {
                this.list.el?.querySelector(".o_marked")?.scrollIntoView({ block: "nearest" });
            },
            () => [this.state.index, this.state.query],
        );
    }

    get groups() {
        const { direction, suggested, probable, likely, polarity } = this.props;
        let index = 0;
        const { query, both } = this.state;
        const options = { direction, both, suggested, probable, likely, polarity, query };
        return offeredTypes(interactionTypes(), options).map(({ name, isSuggested, types }) => ({
            name,
            isSuggested,
            label: name.replace(/ [↑↓]$/, ""),
            items: types.map((type) => ({ type, index: index++ })),
        }));
    }

    title(type) {
        return fullText(type);
    }

    spoken(type) {
        return spokenType(type);
    }

    optionId(index) {
        return `${this.id}_${index}`;
    }

    get items() {
        return this.groups.flatMap((group) => group.items);
    }

    get firstIndex() {
        const { polarity, short_name } = this.items[0]?.type || {};
        const query = fold(this.state.query.trim());
        const isTyped = query && fold(short_name || "").includes(query);
        return !polarity || polarity === this.props.polarity || isTyped ? 0 : -1;
    }

    /** Whether types of the other direction can be asked for: with a query, only if some fit. */
    get hasOther() {
        const { direction } = this.props;
        const { query, both } = this.state;
        const others = interactionTypes().filter((type) => type.direction !== direction);
        return Boolean(direction) && !both && searchTypes(others, query).length > 0;
    }

    get otherName() {
        return this.props.direction === "incoming" ? _t("Show outgoing types") : _t("Show incoming types");
    }

    showOther() {
        this.state.both = true;
        this.input.el.focus();
    }

    onInput() {
        this.state.index = this.firstIndex;
    }

    onKeydown(ev) {
        const act = this.actionOfKey(ev.key);
        if (act) {
            ev.preventDefault();
            ev.stopPropagation();
            act();
        }
    }

    /** @returns {Function|undefined} what a key does in the field */
    actionOfKey(key) {
        const { items, state } = this;
        const count = items.length;
        const move = (step) => {
            state.index = count && (Math.max(state.index, step > 1 ? 0 : -1) + step) % count;
        };
        return {
            ArrowDown: () => move(1),
            ArrowUp: () => move(count - 1),
            Enter: count
                ? () => state.index >= 0 && this.props.onPick(items[state.index].type)
                : this.hasOther && (() => this.showOther()),
            Escape: this.props.onBack,
        }[key];
    }
}
