import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

/** Download a workbook, notify the user and close the dialog, which Odoo's own download leaves open. */
export function downloadSummaryReport(env, { params }) {
    browser.location.assign(params.url);
    env.services.notification.add(params.message, { type: "success" });
    return { type: "ir.actions.act_window_close" };
}

registry.category("actions").add("interaction_summary_report_download", downloadSummaryReport);
