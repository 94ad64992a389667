// Take pictures of a running Odoo: node take.mjs '{"chromium", "url", "folder", "locale", "shots": [shot, …]}'
// where a shot has name, path, size, steps and login.
// Run in a folder where playwright-core is installed.
import { chromium } from "playwright-core";

const LOADING = ".o_loading_indicator, .o_blockUI";
const PATIENCE = 30000; // milliseconds
const HIDDEN = ".o_notification_manager, .o_loading_indicator { display: none !important; }";

/** Log in to the demo, where clients' passwords repeat their logins; return the state of the browser. */
async function login(browser, { url, locale }, name) {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    await page.goto(`${url}/web/login`);
    await page.fill("input[name=login]", name);
    await page.fill("input[name=password]", name === "admin" ? name : `${name}.${name}`);
    await page.click("button[type=submit]");
    await page.waitForURL((address) => !address.pathname.includes("/web/login"));
    return context.storageState();
}

async function settle(page, milliseconds) {
    await page.locator(".o_action_manager > *, .o_home_menu, #wrapwrap").first().waitFor();
    await page.locator(LOADING).first().waitFor({ state: "hidden" });
    await page.waitForTimeout(milliseconds);
}

async function act(page, step) {
    if (step.click) {
        await page.locator(step.click).first().click();
    } else if (step.press) {
        await page.keyboard.press(step.press);
    } else if (step.fill) {
        await page.locator(step.fill[0]).first().fill(step.fill[1]);
    }
    await settle(page, step.wait || 600);
}

async function take(browser, state, { url, folder, locale }, shot) {
    const [width, height] = shot.size;
    const isMobile = width < 600;
    const viewport = { width, height };
    const context = await browser.newContext({ viewport, locale, isMobile, hasTouch: isMobile, storageState: state });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    await page.goto(url + shot.path);
    await page.addStyleTag({ content: HIDDEN });
    await settle(page, 2500);
    if (shot.path.includes("action-") && (await page.locator(".o-mail-Discuss").count())) {
        throw new Error("the screen cannot be shown: Odoo shows Discuss in its place");
    }
    for (const step of shot.steps) {
        await act(page, step);
    }
    const errors = await page.locator(".o_error_dialog").count();
    if (errors) {
        throw new Error(`${shot.name}: an error is shown`);
    }
    await page.mouse.move(width * 0.75, 2); // between the menus and the systray: nothing to highlight
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${folder}/${shot.name}.png` });
    await context.close();
}

const order = JSON.parse(process.argv[2]);
const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
const browser = await chromium.launch({ executablePath: order.chromium, args });
try {
    const states = {};
    for (const shot of order.shots) {
        try {
            states[shot.login] ||= await login(browser, order, shot.login);
            await take(browser, states[shot.login], order, shot);
        } catch (error) {
            console.error(`Error: ${shot.name}: ${error.message}`);
            process.exitCode = 1;
        }
    }
} finally {
    await browser.close();
}
