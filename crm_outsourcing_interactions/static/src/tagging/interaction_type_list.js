import { useAutofocus } from "@web/core/utils/hooks";
import { fullText, interactionTypes, offeredTypes, spokenType } from "./interaction_types";

import { Component, useEffect, useRef, useState } from "@odoo/owl";

let lists = 0;

/**
 * Types to choose from, with type-ahead over code and name: Enter takes the marked one, arrows move.
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
        onPick: Function,
    };

    setup() {
        this.state = useState({ query: "", index: 0 });
        this.list = useRef("list");
        this.id = `o_interaction_types_${lists++}`;
        useAutofocus();
        useEffect(
            () => {
                this.list.el?.querySelector(".o_marked")?.scrollIntoView({ block: "nearest" });
            },
            () => [this.state.index, this.state.query],
        );
    }

    get groups() {
        const { direction, suggested, probable, likely } = this.props;
        let index = 0;
        const options = { direction, suggested, probable, likely, query: this.state.query };
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

    onInput() {
        this.state.index = 0;
    }

    onKeydown(ev) {
        const count = this.items.length;
        if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            const step = ev.key === "ArrowDown" ? 1 : count - 1;
            this.state.index = count && (this.state.index + step) % count;
        } else if (ev.key === "Enter" && count) {
            this.props.onPick(this.items[this.state.index].type);
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }
}
