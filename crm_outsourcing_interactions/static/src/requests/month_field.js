import { registry } from "@web/core/registry";
import { dateField, DateTimeField } from "@web/views/fields/datetime/datetime_field";

/** Show a date as its month, e.g. “October 2026”, and choose among months. */
export class MonthField extends DateTimeField {
    getFormattedValue(valueIndex) {
        const month = this.values[valueIndex]?.toFormat("LLLL yyyy") || "";
        return month.charAt(0).toUpperCase() + month.slice(1);
    }
}

registry.category("fields").add("crm_interaction_month", {
    ...dateField,
    component: MonthField,
    extractProps: (...info) => ({ ...dateField.extractProps(...info), minPrecision: "months" }),
});
