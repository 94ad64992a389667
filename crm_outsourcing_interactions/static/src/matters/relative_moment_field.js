import { formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { SHORT } from "./matter_state";

import { Component, xml } from "@odoo/owl";

const { DateTime } = luxon;

/**
 * How long ago or ahead a moment is, e.g. "2 days ago"; the date in the tooltip. Option `is_due`: red once past.
 * Without it, a moment ahead is that of the next opening and shown as such. Option `with_date`: the date, too.
 */
export class RelativeMomentField extends Component {
    static template = xml`<time t-if="value" class="text-nowrap" t-att-class="{ 'text-danger fw-bold': isOverdue }" t-att-title="full" t-esc="text"/>`;
    static props = {
        ...standardFieldProps,
        isDue: { type: Boolean, optional: true },
        withDate: { type: Boolean, optional: true },
    };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get full() {
        return formatDateTime(this.value);
    }

    get isOverdue() {
        return this.props.isDue && this.value < DateTime.now();
    }

    get text() {
        const date = this.value.toLocaleString(SHORT);
        if (!this.props.isDue && this.value > DateTime.now()) {
            return _t("from %s", date);
        }
        const relative = this.value.toRelative();
        return this.props.withDate ? `${relative} (${date})` : relative;
    }
}

registry.category("fields").add("interaction_relative_moment", {
    component: RelativeMomentField,
    supportedTypes: ["datetime"],
    extractProps: ({ options }) => ({ isDue: Boolean(options.is_due), withDate: Boolean(options.with_date) }),
});
