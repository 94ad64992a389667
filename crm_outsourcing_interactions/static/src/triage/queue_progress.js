import { _t } from "@web/core/l10n/translation";
import { sprintf } from "@web/core/utils/strings";
import { plural } from "../measures/plurals";

const LONGEST = 60;
const REMEMBERED = 10;

/** How fast the queue is worked off: seconds for a decision, the median of the last ten; before, nothing. */
export class Pace {
    constructor() {
        this.seconds = [];
        this.last = Date.now();
    }

    /** Note that `count` interactions were just decided. */
    note(count) {
        const now = Date.now();
        const each = Math.min((now - this.last) / 1000, LONGEST) / count;
        this.seconds = [...this.seconds, ...Array(count).fill(each)].slice(-REMEMBERED);
        this.last = now;
    }

    get median() {
        const sorted = this.seconds.toSorted((one, other) => one - other);
        return sorted.length < REMEMBERED ? undefined : sorted[REMEMBERED / 2];
    }
}

/** For example "41 left, about 6 minutes", without a forecast before ten decisions. */
export function progressText(left, pace) {
    if (pace.median === undefined) {
        return _t("%s left", left);
    }
    const minutes = Math.max(1, Math.round((left * pace.median) / 60));
    const time = sprintf(plural(_t("%(n)s minute|%(n)s minutes"), minutes), { n: minutes });
    return _t("%(left)s left, about %(time)s", { left, time });
}
