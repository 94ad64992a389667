import { browser } from "@web/core/browser/browser";

import { onWillUnmount, useState } from "@odoo/owl";

const SECOND = 1000;
const MINUTE = 60;

/** A watch that runs while it is asked to; nothing but `toggle` starts or stops it. */
export function useStopwatch() {
    const watch = useState({ isRunning: false, seconds: 0 });
    let interval;
    onWillUnmount(() => browser.clearInterval(interval));
    return {
        get isRunning() {
            return watch.isRunning;
        },
        /** Minutes that have begun, 0 before it has run. */
        get minutes() {
            return Math.ceil(watch.seconds / MINUTE);
        },
        get clock() {
            const two = (number) => String(number).padStart(2, "0");
            return `${two(Math.floor(watch.seconds / MINUTE))}:${two(watch.seconds % MINUTE)}`;
        },
        toggle() {
            watch.isRunning = !watch.isRunning;
            browser.clearInterval(interval);
            if (watch.isRunning) {
                interval = browser.setInterval(() => watch.seconds++, SECOND);
            }
        },
    };
}
