import { usePopover } from "@web/core/popover/popover_hook";

import { onWillUnmount } from "@odoo/owl";

const MARGIN = 16;
const WIDTH = 340 + 2 * MARGIN;
const HEIGHT = 300 + 2 * MARGIN;
const LIST = 272;
const LIST_SHARE = 0.32;
/** Of a high message, this much stays in view above the popover, below the buttons of the chatter. */
const SEEN = 60;
const ROOM = "--o-interaction-popover-room";

function neededHeight() {
    return HEIGHT + Math.min(LIST, LIST_SHARE * window.innerHeight);
}

/** Whether the popover has room at the right or left of what is written in the message. */
function hasRoomBeside(content) {
    const { left, right } = content.getBoundingClientRect();
    return Math.max(left, window.innerWidth - right) >= WIDTH;
}

/** The innermost element that scrolls the message; the outermost one that could, if nothing is to scroll yet. */
function scrollerOf(root) {
    const scrollers = [];
    for (let element = root.parentElement; element; element = element.parentElement) {
        if (["auto", "scroll"].includes(getComputedStyle(element).overflowY)) {
            scrollers.push(element);
        }
    }
    const isScrolled = (element) => element.scrollHeight > element.clientHeight;
    return scrollers.find(isScrolled) || scrollers.at(-1) || document.scrollingElement;
}

/** Scroll until the popover has room below the message, and limit it to this room; return what gives it back. */
function makeRoomBelow(root) {
    const height = neededHeight();
    const scroller = scrollerOf(root);
    const { bottom, height: own } = root.getBoundingClientRect();
    const bar = document.querySelector(".o-mail-Chatter-top")?.offsetHeight || 0;
    const spare = bottom - scroller.getBoundingClientRect().top - bar - Math.min(own, SEEN);
    const missing = Math.min(bottom + height - window.innerHeight, spare);
    const spacer = document.createElement("div");
    if (missing > 0) {
        // below the last message, nothing is left to scroll
        const top = scroller.scrollHeight;
        spacer.style.cssText = `position: absolute; top: ${top}px; width: 1px; height: ${missing}px; visibility: hidden`;
        scroller.style.position = getComputedStyle(scroller).position === "static" ? "relative" : "";
        scroller.append(spacer);
        scroller.scrollTop += missing;
    }
    const { style } = document.documentElement;
    const room = window.innerHeight - root.getBoundingClientRect().bottom - MARGIN;
    style.setProperty(ROOM, `${Math.max(room, window.innerHeight / 2)}px`);
    return () => {
        spacer.remove();
        scroller.style.position = "";
        style.removeProperty(ROOM);
    };
}

/**
 * A popover about a message that never covers it: beside it, or below it where there is no room beside. The focus
 * returns to the message when it closes.
 *
 * @param {Function} component
 * @param {() => HTMLElement} getRoot gives the element of the message
 * @returns {(props: Object) => void} opens it
 */
export function usePopoverBeside(component, getRoot) {
    let giveBack = () => {};
    const onClose = () => {
        giveBack();
        giveBack = () => {};
        setTimeout(() => returnFocus(getRoot()));
    };
    const popoverClass = "o_interaction_popover_frame";
    const beside = usePopover(component, { position: "right-start", popoverClass, onClose });
    // of a message at the end of the window, Odoo would leave "right-start" only what is below it
    const atEnd = usePopover(component, { position: "right-middle", popoverClass, onClose });
    const below = usePopover(component, { position: "bottom-start", popoverClass, onClose });
    onWillUnmount(() => giveBack());
    return (props) => {
        const root = getRoot();
        const content = root.querySelector(".o-mail-Message-content") || root;
        if (hasRoomBeside(content)) {
            const isAtEnd = content.getBoundingClientRect().top + neededHeight() > window.innerHeight;
            return (isAtEnd ? atEnd : beside).open(content, props);
        }
        giveBack = makeRoomBelow(root);
        return below.open(root, props);
    };
}

function returnFocus(root) {
    const { activeElement } = document;
    if (root && (activeElement === document.body || activeElement?.closest(".o_interaction_popover"))) {
        const target = root.querySelector(".o_interaction_badge") || root;
        target.tabIndex = target === root ? -1 : target.tabIndex;
        target.focus({ preventScroll: true });
    }
}
