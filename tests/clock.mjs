// Time the screens of a running Odoo: node clock.mjs '{"chromium", "url", "times", "screens": [screen, …]}'
// where a screen has name, start (an action), wait (selector of the start), prepare (selectors to click), one of click
// (selector), key (of a keyboard event) and action, and shown (selector).
// Run in a folder where playwright-core is installed. Print the milliseconds until each screen is shown, as JSON.
import { chromium } from "playwright-core";

const PATIENCE = 10000; // milliseconds
const QUIET = 700; // until the requests of a start are over

/** Open the screen that a measurement starts from: no part of the time. */
async function prepare(page, screen) {
    await page.keyboard.press("Escape");
    await page.evaluate(
        (action) => odoo.__WOWL_DEBUG__.root.env.services.action.doAction(action, { clearBreadcrumbs: true }),
        screen.start
    );
    await page.locator(screen.wait).first().waitFor();
    await page.waitForTimeout(QUIET);
    for (const selector of screen.prepare) {
        await page.locator(selector).first().click();
        await page.waitForTimeout(QUIET / 2);
    }
}

/** Click, press a key or open an action; return the milliseconds until the screen is painted. */
function clock([{ click, key, action, shown }, patience]) {
    if (document.querySelector(shown)) {
        throw new Error(`${shown} is there before`);
    }
    const begin = performance.now();
    if (click) {
        document.querySelector(click).click();
    } else if (key) {
        const event = new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true });
        document.activeElement.dispatchEvent(event);
    } else {
        odoo.__WOWL_DEBUG__.root.env.services.action.doAction(action);
    }
    return new Promise((resolve, reject) => {
        const look = () => {
            if (document.querySelector(shown)) {
                setTimeout(() => resolve(performance.now() - begin)); // after the frame is painted
            } else if (performance.now() - begin > patience) {
                reject(new Error(`${shown} does not appear`));
            } else {
                requestAnimationFrame(look);
            }
        };
        requestAnimationFrame(look);
    });
}

const order = JSON.parse(process.argv[2]);
const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
const browser = await chromium.launch({ executablePath: order.chromium, args });
const found = {};
try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await page.goto(`${order.url}/web/login`);
    await page.fill("input[name=login]", "admin");
    await page.fill("input[name=password]", "admin");
    await page.click("button[type=submit]");
    await page.waitForURL((address) => !address.pathname.includes("/web/login"));
    for (const screen of order.screens) {
        found[screen.name] = [];
        await page.goto(`${order.url}/odoo/interaction-clients`); // closes what the last one left open
        await page.locator(".o_main_navbar").waitFor();
        try {
            for (let time = 0; time <= order.times; time++) {
                await prepare(page, screen);
                const milliseconds = await page.evaluate(clock, [screen, PATIENCE]);
                if (time) {
                    found[screen.name].push(Math.round(milliseconds)); // the first one is not warm
                }
                for (const selector of screen.close) {
                    await page.locator(selector).first().click();
                }
            }
        } catch (error) {
            throw new Error(`${screen.name}: ${error.message}`);
        }
    }
} finally {
    await browser.close();
}
console.log(JSON.stringify(found));
