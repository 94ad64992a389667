import { expect, test } from "@odoo/hoot";
import { getService, makeMockEnv, mockService, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { browser } from "@web/core/browser/browser";
import "@crm_outsourcing_interactions/summary_report/summary_report_download";

test("the download of a workbook is announced and closes the dialog", async () => {
    mockService("notification", { add: (message) => expect.step(message) });
    await makeMockEnv();
    patchWithCleanup(browser.location, { assign: (url) => expect.step(url) });
    await getService("action").doAction(
        {
            type: "ir.actions.client",
            tag: "interaction_summary_report_download",
            params: { url: "/web/content/7?download=true", message: "The workbook is being downloaded" },
        },
        { onClose: () => expect.step("closed") },
    );
    expect.verifySteps(["/web/content/7?download=true", "The workbook is being downloaded", "closed"]);
});
