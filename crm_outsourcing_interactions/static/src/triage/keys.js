const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable], .modal, .dropdown-menu";

/** @returns {string} the key in any keyboard layout, e.g. x where a Russian one has ч; or Shift+Enter */
export function keyName({ code, key, shiftKey }) {
    const isForeign = key.length === 1 && key > "~";
    if (isForeign && code?.startsWith("Key")) {
        return code.at(-1).toLowerCase();
    }
    return shiftKey && key === "Enter" ? "Shift+Enter" : key;
}

/** Whether a key is for a field, a button or a dialog. */
export function isTyping(key, target) {
    return target.closest(TYPING) || (key === "Enter" && target.closest("button, a"));
}
