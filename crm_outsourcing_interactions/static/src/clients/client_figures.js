import { deserializeDate, serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { sprintf } from "@web/core/utils/strings";
import { formatFloatTime, formatInteger } from "@web/views/fields/formatters";
import { openAction } from "../empty_screen/open_action";
import { plural } from "../measures/plurals";
import { interactionsText, rangeText, toReviewText } from "../measures/ranges";
import { takenActions } from "../measures/taken_actions";
import { barsPath, BAR, GAP, HEIGHT, MARK, marksPath, stacked } from "./client_pictures";
import { between, durationText, monthsBetween, percent, periodText, shortRange } from "./client_texts";

const TEMPLATES = {
    targets_off: "Attention",
    interaction_count: "Months",
    shown: "Kinds",
    improvement_ratio: "Ratios",
    open_share: "Open",
    waiting_us: "Matters",
    last_answer: "Feedback",
    contact_share: "Hours",
    change: "Change",
};
const ZONES = { red: "text-danger", yellow: "text-warning-emphasis", green: "text-success" };
const MONTH = { month: "short", year: "numeric" };

/** The figures of a client. A click on one opens the records behind it. */
class ClientFigures {
    constructor(record, { orm, action }) {
        this.record = record;
        this.orm = orm;
        this.action = action;
    }

    toReviewText = toReviewText;

    /** The template of the figure of a field. */
    templateOf(name) {
        return `crm_outsourcing_interactions.Client${TEMPLATES[name]}`;
    }

    get data() {
        return this.record.data;
    }

    get figures() {
        return this.data.shown || {};
    }

    get isRefreshed() {
        return Boolean(this.figures.months);
    }

    /** Open the interactions, matters, indicators or hours behind a figure. */
    async open(figure) {
        const { resModel, resId } = this.record;
        const action = await this.orm.call(resModel, "view_evidence", [[resId], figure]);
        await openAction(this.action, action);
    }

    // --- what needs attention ----------------------------------------------------------

    get complaints() {
        const n = this.data.open_complaints;
        return n ? sprintf(plural(_t("%(n)s complaint|%(n)s complaints"), n), { n }) : "";
    }

    get targetsOff() {
        const n = this.data.targets_off;
        return n ? sprintf(plural(_t("%(n)s off target|%(n)s off target"), n), { n }) : "";
    }

    get unanswered() {
        const since = this.data.oldest_unanswered;
        return since ? sprintf(_t("waiting %s"), durationText(since)) : "";
    }

    // --- interactions ------------------------------------------------------------------

    get bars() {
        const { months, marks = [] } = this.figures;
        const most = Math.max(...months);
        const top = marks.length && MARK;
        const places = marks.map(({ month }) => month);
        return {
            past: barsPath(months.slice(0, -1), most),
            running: barsPath(months.slice(-1), most, months.length - 1),
            marks: marksPath(places, months, most),
            top,
            width: months.length * (BAR + GAP) - GAP,
            height: HEIGHT + top,
        };
    }

    /** Open the corrective actions taken. */
    openMarks() {
        return this.action.doAction(takenActions(this.figures.marks.flatMap(({ ids }) => ids)));
    }

    get marksText() {
        return this.figures.marks
            .map(({ month, names }) => this.monthText(month, names.join(", ")))
            .join("\n");
    }

    /** The bars in words. */
    get monthsText() {
        return this.figures.months.map((n, i) => this.monthText(i, formatInteger(n))).join("\n");
    }

    monthText(i, text) {
        const month = deserializeDate(this.figures.first).plus({ months: i });
        return `${month.toLocaleString(MONTH)}: ${text}`;
    }

    /** The last month of the figures. */
    get last() {
        const { first, months } = this.figures;
        return serializeDate(deserializeDate(first).plus({ months: months.length - 1 }));
    }

    /** The months that number of interactions, kinds and hours are those of, e.g. "Sep – Nov". */
    get windowText() {
        return periodText(this.last, this.figures.window);
    }

    get kinds() {
        return stacked(this.figures.kinds || []);
    }

    get kindsText() {
        const parts = this.kinds.map(({ name, n, width }) => `${name}: ${n} (${percent(width)})`);
        return [this.windowText, ...parts].join("\n");
    }

    // --- ratios ------------------------------------------------------------------------

    get ratios() {
        const labels = { improvement_ratio: _t("Impr."), additional_ratio: _t("Add.") };
        return Object.entries(labels).map(([name, label]) => ({ name, label, ...this.measured(name) }));
    }

    measured(name) {
        const found = this.figures.measured?.[name] || {};
        const isKnown = found.value !== null && found.value !== undefined;
        return {
            text: isKnown ? percent(found.value) : "–",
            range: isKnown ? shortRange(found) : "",
            color: ZONES[found.zone] || "",
            period: this.otherPeriod(found),
            title: [
                found.name || this.titleOf(name),
                isKnown && this.rangeOf(found),
                this.agreed(found),
                periodText(found.last, found.length, true),
            ]
                .filter(Boolean)
                .join("\n"),
        };
    }

    /** The number to review, where nothing is confirmed; else 0. */
    get unreviewed() {
        const { confirmed, open = 0 } = this.figures.measured?.improvement_ratio || {};
        return confirmed === 0 ? open : 0;
    }

    titleOf(name) {
        return {
            improvement_ratio: _t("Improvements / base"),
            additional_ratio: _t("Additional services / base"),
            open_share: _t("Share to review"),
        }[name];
    }

    rangeOf({ low, high, n }) {
        return `${rangeText({ low, high, open: low !== high }, percent)} · ${interactionsText(n)}`;
    }

    /** The period of a target, where it is not that of the other figures. */
    otherPeriod({ last, length }) {
        const text = periodText(last, length);
        return text === this.windowText ? "" : text;
    }

    agreed({ from = null, to = null }) {
        if (from === null && to === null) {
            return "";
        }
        const floor = to === null && `≥ ${percent(from)}`;
        const ceiling = from === null && `≤ ${percent(to)}`;
        return sprintf(_t("Agreed: %s"), floor || ceiling || between(from, to));
    }

    // --- matters, feedback, hours, change -----------------------------------------------

    get sinceFeedback() {
        const day = this.data.last_answer;
        return day ? durationText(day) : _t("never");
    }

    get hours() {
        const { share, reference } = this.figures;
        const isMeasured = share !== null && share !== undefined;
        return {
            hours: formatFloatTime(this.data.contact_hours),
            share: isMeasured ? percent(share) : _t("not measured"),
            reference: isMeasured && reference ? `/ ${percent(reference)}` : "",
            title: isMeasured
                ? sprintf(
                      _t("Contact hours in all hours of the client; expected: %s"),
                      percent(reference || 0),
                  )
                : _t("There is no share: this client has no timesheet hours."),
        };
    }

    get change() {
        const { code, name, before, now, first, last } = this.figures.change;
        if (!["all", "kind"].includes(code)) {
            return code === "new"
                ? { text: "–", title: _t("There are no interactions of the same months a year before.") }
                : { text: _t("steady"), title: _t("Nothing changed notably against the year before.") };
        }
        const months = [first, last].map((month) => deserializeDate(month).toLocaleString(MONTH));
        return {
            isUp: now > before,
            text: code === "all" ? _t("Interactions") : name,
            counts: `${formatInteger(before)} → ${formatInteger(now)}`,
            period: periodText(last, monthsBetween(first, last)),
            title: sprintf(_t("%s, against the same months a year before"), months.join(" – ")),
        };
    }
}

/**
 * Return a function that gives the `ClientFigures` of a record.
 *
 * @returns {(record: Object) => ClientFigures}
 */
export function useClientFigures() {
    const services = { orm: useService("orm"), action: useService("action") };
    return (record) => new ClientFigures(record, services);
}
