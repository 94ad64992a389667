import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { FloatTimeField, floatTimeField } from "@web/views/fields/float_time/float_time_field";

import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";

const SECONDS_IN_HOUR = 3600;
const SECONDS_IN_MINUTE = 60;

/** Hours, with a timer that adds whole minutes while it runs; on a new record it runs at once. */
export class TimerField extends Component {
    static template = "crm_outsourcing_interactions.TimerField";
    static components = { FloatTimeField };
    static props = { ...FloatTimeField.props };

    setup() {
        const { record } = this.props;
        this.timer = useState({ running: record.isNew && !record.data[this.props.name], seconds: 0 });
        this.interval = browser.setInterval(() => this.tick(), 1000);
        onMounted(() => this.tick());
        onWillUnmount(() => browser.clearInterval(this.interval));
    }

    get clock() {
        const two = (number) => String(number).padStart(2, "0");
        const { seconds } = this.timer;
        return `${two(Math.floor(seconds / SECONDS_IN_MINUTE))}:${two(seconds % SECONDS_IN_MINUTE)}`;
    }

    toggle() {
        this.timer.running = !this.timer.running;
    }

    tick() {
        if (!this.timer.running) {
            return;
        }
        if (this.timer.seconds % SECONDS_IN_MINUTE === 0) {
            // a minute that has begun counts
            const hours = this.props.record.data[this.props.name] + SECONDS_IN_MINUTE / SECONDS_IN_HOUR;
            this.props.record.update({ [this.props.name]: hours });
        }
        this.timer.seconds++;
    }
}

registry.category("fields").add("interaction_timer", { ...floatTimeField, component: TimerField });
