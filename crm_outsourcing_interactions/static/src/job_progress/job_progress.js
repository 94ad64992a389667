import { onWillUnmount } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { ProgressBarField, progressBarField } from "@web/views/fields/progress_bar/progress_bar_field";

const PAUSE = 1500; // milliseconds
const WORKING = ["counting", "running"];

/** Progress bar that reloads its record while a scheduled action runs. */
export class JobProgressField extends ProgressBarField {
    setup() {
        super.setup();
        const { record } = this.props;
        const timer = browser.setInterval(() => WORKING.includes(record.data.state) && record.load(), PAUSE);
        onWillUnmount(() => browser.clearInterval(timer));
    }
}

const field = { ...progressBarField, component: JobProgressField };
registry.category("fields").add("interaction_job_progress", field);
