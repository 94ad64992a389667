import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { dateField, DateTimeField } from "@web/views/fields/datetime/datetime_field";

/** Show a date as the period that begins then, e.g. “October 2026”, “Q4 2026” or “2026”, and choose among months. */
export class PeriodField extends DateTimeField {
    getFormattedValue(valueIndex) {
        const day = this.values[valueIndex];
        const length = this.props.record.data.period_length;
        if (day && length === "year") {
            return _t("%(year)s", { year: day.year });
        }
        if (day && length === "quarter") {
            const quarters = _t("Q1 %(year)s|Q2 %(year)s|Q3 %(year)s|Q4 %(year)s", { year: day.year });
            return quarters.split("|")[day.quarter - 1];
        }
        const month = day?.toFormat("LLLL yyyy") || "";
        return month.charAt(0).toUpperCase() + month.slice(1);
    }
}

registry.category("fields").add("crm_interaction_period", {
    ...dateField,
    component: PeriodField,
    extractProps: (...info) => ({ ...dateField.extractProps(...info), minPrecision: "months" }),
});
