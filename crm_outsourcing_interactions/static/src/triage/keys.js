const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable], .modal, .dropdown-menu";
const NAMES = { Slash: "/", NumpadDivide: "/", Space: "Space" };

/**
 * @returns {string} the name of a key by its position, so that it works in any keyboard layout, e.g. x where a Russian
 *   one has ч, 1 where a French one has &; or Shift+Enter
 */
export function keyName({ code = "", key, shiftKey }) {
    if (key === "/") {
        return key;
    }
    return shiftKey ? shiftedName(code, key) : letterOrDigit(code) || NAMES[code] || key;
}

function letterOrDigit(code) {
    const [, letter, digit] = code.match(/^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/) || [];
    return letter?.toLowerCase() || digit;
}

/** A French layout has digits with Shift only; letters with Shift mean nothing. */
function shiftedName(code, key) {
    const digit = code.startsWith("Digit") && letterOrDigit(code);
    return digit || (key === "Enter" ? "Shift+Enter" : key);
}

/** Whether a key is for a field, a button or a dialog. */
export function isTyping(key, target) {
    return target.closest(TYPING) || (["Enter", " "].includes(key) && target.closest("button, a"));
}
