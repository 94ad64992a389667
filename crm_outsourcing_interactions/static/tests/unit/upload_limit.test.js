import { setupInteractionWhiteList, startInteractions } from "@web/../tests/public/helpers";
import { describe, expect, test } from "@odoo/hoot";
import { click, queryOne, setInputFiles } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";

setupInteractionWhiteList("crm_outsourcing_interactions.upload_limit");
describe.current.tags("interaction_dev");

const FORM = `
    <form class="o_interaction_upload" data-total="10">
        <input id="first" type="file" multiple="multiple"/>
        <input id="second" type="file" multiple="multiple"/>
        <p class="o_interaction_excess d-none">Too large</p>
        <button type="submit">Hand Over</button>
    </form>`;

async function select(input, size) {
    await click(input);
    await setInputFiles([new window.File(["x".repeat(size)], "a.pdf")]);
}

async function sendAndExpect(isHeldBack) {
    await click("button");
    await animationFrame();
    expect.verifySteps([isHeldBack ? "held back" : "sent"]);
    expect(".o_interaction_excess.d-none").toHaveCount(isHeldBack ? 0 : 1);
}

test("a form is held back while its files are larger than the limit in total", async () => {
    await startInteractions(FORM);
    queryOne("form").addEventListener("submit", (ev) => {
        expect.step(ev.defaultPrevented ? "held back" : "sent");
        ev.preventDefault();
    });
    await select("#first", 6);
    await select("#second", 5);
    await sendAndExpect(true);
    await select("#second", 4);
    await sendAndExpect(false);
});
