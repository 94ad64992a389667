import { onWillUnmount } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { ProgressBarField, progressBarField } from "@web/views/fields/progress_bar/progress_bar_field";

const PAUSE = 1500; // milliseconds

/** A bar that reads its record again while the workbook is being written. */
export class SummaryReportProgressField extends ProgressBarField {
    setup() {
        super.setup();
        const { record } = this.props;
        const timer = browser.setInterval(() => record.data.state === "running" && record.load(), PAUSE);
        onWillUnmount(() => browser.clearInterval(timer));
    }
}

const field = { ...progressBarField, component: SummaryReportProgressField };
registry.category("fields").add("interaction_summary_report_progress", field);
