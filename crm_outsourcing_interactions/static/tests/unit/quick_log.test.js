import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { click, edit } from "@odoo/hoot-dom";
import { QuickLogCard } from "@crm_outsourcing_interactions/quick_log/quick_log_card";
import { makeMockEnv, mountWithCleanup, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { session } from "@web/session";
import { TYPES } from "./types";

describe.current.tags("desktop");
defineMailModels();

const MINUTE = 60000;

/** Show the card for a call that was captured; note what is logged. */
async function mountCard(more = { type_id: 1 }, partnerId = 3) {
    patchWithCleanup(session, { interaction_types: TYPES });
    onRpc("crm.interaction", "quick_log", ({ args }) => {
        expect.step(args);
        return { id: 7, undo: [42], counts: { mine: 0, team: 0 } };
    });
    await makeMockEnv();
    const values = {
        id: 7,
        date: "2026-11-02 09:00:00",
        direction: "incoming",
        partner_id: false,
        ...more,
    };
    const component = await mountWithCleanup(QuickLogCard, { props: { values, close: () => {} } });
    component.state.partner_id = partnerId;
    await animationFrame();
}

test("the timer runs when asked and counts minutes that have begun", async () => {
    await mountCard();
    await advanceTime(MINUTE);
    await click(".o_interaction_quick_timer");
    await advanceTime(MINUTE + 2000);
    await click(".o_interaction_quick_timer");
    await advanceTime(MINUTE);
    await animationFrame();
    expect(".o_interaction_quick_timer").toHaveText("01:02");
    await click(".o_interaction_quick_save");
    await animationFrame();
    expect.verifySteps([[{ type_id: 1, note: "", duration: 2 / 60 }, 7]]);
});

test("a typed zero is no empty field", async () => {
    await mountCard();
    await click(".o_interaction_quick_timer");
    await advanceTime(3 * MINUTE);
    await click(".o_interaction_quick_minutes");
    await edit("0");
    await animationFrame();
    await click(".o_interaction_quick_save");
    await animationFrame();
    expect.verifySteps([[{ type_id: 1, note: "", duration: 0 }, 7]]);
});

test("the timer never changes minutes that were typed", async () => {
    await mountCard();
    await click(".o_interaction_quick_timer");
    await click(".o_interaction_quick_minutes");
    await edit("12");
    await advanceTime(3 * MINUTE);
    await click(".o_interaction_quick_timer");
    await animationFrame();
    expect(".o_interaction_quick_minutes").toHaveValue(12);
    await click(".o_interaction_quick_save");
    await animationFrame();
    expect.verifySteps([[{ type_id: 1, note: "", duration: 12 / 60 }, 7]]);
});

test("the first empty field has the focus, and what is missing is said", async () => {
    await mountCard({ id: false }, false);
    expect(".o_interaction_quick_client input").toBeFocused();
    expect(".o_interaction_quick_missing").toHaveText("Choose a client");
    expect(".o_interaction_quick_save").not.toBeEnabled();
});

test("with a client, the type is asked for", async () => {
    await mountCard({});
    expect(".o_interaction_quick_missing").toHaveText("Choose a type");
});
