import { deserializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { sprintf } from "@web/core/utils/strings";
import { formatFloatTime, formatInteger, formatPercentage } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { openAction } from "../empty_screen/open_action";
import { plural } from "../measures/plurals";
import { interactionsText, rangeText } from "../measures/ranges";
import { barsPath, BAR, GAP, HEIGHT, stacked } from "./client_pictures";

import { Component } from "@odoo/owl";

const { DateTime } = luxon;
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

function percent(share) {
    return formatPercentage(share, { digits: [false, share < 0.1 ? 1 : 0] });
}

/** Two shares with one sign, e.g. "2.4–7.5%". */
function between(low, high) {
    return `${percent(low).replace(/\s*%/, "")}–${percent(high)}`;
}

/** One figure of a client; which one, the name of the field says. A click opens the records behind it. */
export class ClientFigure extends Component {
    static template = "crm_outsourcing_interactions.ClientFigure";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get part() {
        return `crm_outsourcing_interactions.Client${TEMPLATES[this.props.name]}`;
    }

    get data() {
        return this.props.record.data;
    }

    get figures() {
        return this.data.shown || {};
    }

    get isRefreshed() {
        return Boolean(this.figures.months);
    }

    /** Open the interactions, matters, indicators or hours behind a figure. */
    async open(figure) {
        const action = await this.orm.call(this.props.record.resModel, "view_evidence", [
            [this.props.record.resId],
            figure,
        ]);
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
        return since ? sprintf(_t("waiting %s"), this.duration(since)) : "";
    }

    /** Time since a moment in its largest unit, e.g. "3 d". */
    duration(since) {
        const hours = Math.max(Math.floor(DateTime.now().diff(since, "hours").hours), 0);
        const [number, unit] = hours < 48 ? [hours, "hour"] : [Math.floor(hours / 24), "day"];
        return new Intl.NumberFormat(DateTime.now().locale, {
            style: "unit",
            unit,
            unitDisplay: "narrow",
        }).format(number);
    }

    // --- interactions ------------------------------------------------------------------

    get bars() {
        const months = this.figures.months;
        const most = Math.max(...months);
        return {
            past: barsPath(months.slice(0, -1), most),
            running: barsPath(months.slice(-1), most, months.length - 1),
            width: months.length * (BAR + GAP) - GAP,
            height: HEIGHT,
        };
    }

    /** The bars in words. */
    get monthsText() {
        const first = deserializeDate(this.figures.first);
        return this.figures.months
            .map((n, i) => `${first.plus({ months: i }).toLocaleString(MONTH)}: ${formatInteger(n)}`)
            .join("\n");
    }

    get kinds() {
        return stacked(this.figures.kinds || []);
    }

    get kindsText() {
        return this.kinds.map(({ name, n, width }) => `${name}: ${n} (${percent(width)})`).join("\n");
    }

    // --- ratios ------------------------------------------------------------------------

    get ratios() {
        const labels = { improvement_ratio: _t("Impr."), additional_ratio: _t("Add.") };
        return Object.entries(labels).map(([name, label]) => ({ name, label, ...this.measured(name) }));
    }

    measured(name) {
        const found = this.figures.measured?.[name] || {};
        const isKnown = found.value !== null && found.value !== undefined;
        const isExact = found.low === found.high;
        return {
            text: isKnown ? percent(found.value) : "–",
            range: isKnown && !isExact ? between(found.low, found.high) : "",
            color: ZONES[found.zone] || "",
            title: [
                this.titleOf(name),
                isKnown && this.rangeOf(found),
                this.agreed(found),
                this.period(found),
            ]
                .filter(Boolean)
                .join("\n"),
        };
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

    /** The months that a value is measured over, e.g. "Sep 2026 – Nov 2026". */
    period({ last, length }) {
        const end = last && deserializeDate(last);
        const start = end && length > 1 && end.minus({ months: length - 1 });
        return [start, end]
            .filter(Boolean)
            .map((month) => month.toLocaleString(MONTH))
            .join(" – ");
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
        return day ? this.duration(day) : _t("never");
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
            title: sprintf(_t("%s, against the same months a year before"), months.join(" – ")),
        };
    }
}

registry.category("fields").add("interaction_client", {
    component: ClientFigure,
    supportedTypes: ["integer", "float", "date", "json"],
    fieldDependencies: [{ name: "shown", type: "json" }],
});
