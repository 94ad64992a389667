import { matterKeys } from "../matters/matter_keys";
import { scrollMessage } from "./queue_rows";
import { clientKeys } from "./unknown_senders";

/** @returns {Object} what the keys do with the current line of the queue, or with the selected ones */
export function queueKeys(renderer) {
    const { canMakeRule, canSplit, canTurn, isUnknownSender, offered } = renderer;
    const numbered = offered.filter(({ number }) => number);
    const next = () => renderer.move(1);
    const previous = () => renderer.move(-1);
    return {
        ...Object.fromEntries(numbered.map((type) => [type.number, () => renderer.tag(type.values, type)])),
        ...clientKeys(renderer),
        ...matterKeys(renderer),
        r: canMakeRule && (() => renderer.makeRule()),
        f: canTurn && (() => renderer.turn()),
        p: canSplit && (() => renderer.ask("split")),
        "/": !isUnknownSender && (() => renderer.ask("search")),
        j: next,
        k: previous,
        ArrowDown: next,
        ArrowUp: previous,
        PageDown: () => scrollMessage(renderer.rootRef.el, 1),
        PageUp: () => scrollMessage(renderer.rootRef.el, -1),
        Space: () => renderer.skip(),
        x: () => renderer.ignore(),
        Enter: !isUnknownSender && (() => renderer.confirm()),
        "Shift+Enter": () => renderer.openCurrent(),
    };
}
