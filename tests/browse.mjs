// Visit pages of a running Odoo: node browse.mjs '{"chromium", "url", "pages": [{login, lang, path, size, steps}]}'
// Run in a folder where playwright-core and axe-core are installed. Print what axe-core finds on each page, as JSON.
import fs from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const GRAVE = ["serious", "critical"];
/** Odoo's parts that contain components. */
const BORDER = ".o_data_row, .o_list_table, .o_kanban_renderer, .o_pivot, .o_control_panel, .o_form_view, .o_view_controller, .o-mail-Message";
/** The names of axe-core's rule are compared with adjacent texts joined without a space, which finds false ones. */
const RULES = { "label-content-name-mismatch": { enabled: false } };
const LOADING = ".o_loading_indicator, .o_blockUI";

async function login(browser, url, locale, [name, password]) {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    await page.goto(`${url}/web/login?login=${name}`);
    await page.fill("input[name=password]", password);
    await page.click("button[type=submit]");
    await page.waitForURL((address) => !address.pathname.includes("/web/login"));
    return context.storageState();
}

async function settle(page, milliseconds) {
    await page.locator(LOADING).first().waitFor({ state: "hidden" });
    await page.waitForTimeout(milliseconds);
}

async function act(page, step) {
    if (step.see) {
        await page.locator(step.see).first().waitFor();
        return;
    }
    if (step.click) {
        await page.locator(step.click).first().click();
    } else if (step.press) {
        await page.keyboard.press(step.press);
    } else if (step.upload) {
        const file = { name: step.name, mimeType: "application/pdf", buffer: Buffer.from(step.content) };
        await page.locator(step.upload).first().setInputFiles(file);
    }
    await settle(page, step.wait || 800);
}

/** Return the grave findings of a page: rule, element, and its classes and those around it within Odoo's part. */
async function findings(page) {
    await page.evaluate(AXE);
    return page.evaluate(async ([grave, border, rules]) => {
        const found = await window.axe.run(document, { resultTypes: ["violations"], rules });
        const around = (node) => {
            const names = [];
            let element = document.querySelector(node.target.at(-1));
            for (; element && !element.matches(border); element = element.parentElement) {
                names.push(...element.classList);
            }
            return names;
        };
        return found.violations
            .filter((violation) => grave.includes(violation.impact))
            .flatMap(({ id, nodes }) =>
                nodes.map((node) => ({ rule: id, html: node.html.slice(0, 300), around: around(node) }))
            );
    }, [GRAVE, BORDER, RULES]);
}

async function visit(browser, state, url, order) {
    const [width, height] = order.size;
    const isMobile = width < 600;
    const context = await browser.newContext({
        locale: order.lang,
        viewport: { width, height },
        isMobile,
        hasTouch: isMobile,
        storageState: state,
        bypassCSP: true,
    });
    context.setDefaultTimeout(30000);
    const page = await context.newPage();
    await page.goto(url + order.path);
    await page.locator(".o_action_manager > *, main").first().waitFor();
    await settle(page, 2000);
    for (const step of order.steps) {
        await act(page, step);
    }
    const found = await findings(page);
    await context.close();
    return found;
}

const order = JSON.parse(process.argv[2]);
const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
const browser = await chromium.launch({ executablePath: order.chromium, args });
const states = {};
const found = {};
try {
    for (const page of order.pages) {
        const name = page.login?.[0];
        if (name && !states[name]) {
            states[name] = await login(browser, order.url, page.lang, page.login);
        }
        try {
            found[page.name] = await visit(browser, states[name], order.url, page);
        } catch (error) {
            throw new Error(`${page.name}: ${error.message}`);
        }
    }
} finally {
    await browser.close();
}
console.log(JSON.stringify(found));
