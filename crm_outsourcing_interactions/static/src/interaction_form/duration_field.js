import { registry } from "@web/core/registry";
import { FloatTimeField, floatTimeField } from "@web/views/fields/float_time/float_time_field";
import { formatFloatTime } from "@web/views/fields/formatters";

/** A duration that is empty, not 00:00, where none is known. */
export class DurationField extends FloatTimeField {
    get formattedValue() {
        const isKnown = this.props.record.data[this.props.name] || !this.props.readonly;
        return isKnown ? super.formattedValue : "";
    }
}

registry.category("fields").add("interaction_duration", { ...floatTimeField, component: DurationField });
// sums of groups are formatted by the name of the widget
registry.category("formatters").add("interaction_duration", formatFloatTime);
