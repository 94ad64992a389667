import {
    click as mailClick,
    contains,
    defineMailModels,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";

import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame, mockDate } from "@odoo/hoot-mock";
import {
    defineModels,
    fields,
    getService,
    mockService,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import { session } from "@web/session";
import { offeredDecisions } from "../../src/matters/matter_decisions";
import { QueueInteraction, Type, mountQueue, pressKey, queueArch } from "./triage_models";
import { TYPES } from "./types";

describe.current.tags("desktop");

const MATTER = {
    id: 5,
    type_id: TYPES[0].id,
    waiting: "us",
    since: "2026-11-02T09:00:00",
    due: "2026-11-03T09:00:00",
    perhaps: false,
    count: 2,
};

class Interaction extends QueueInteraction {
    matter_state = fields.Json();
    _records = [
        { id: 1, subject: "Asked", direction: "incoming", matter_state: { matter: MATTER } },
        {
            id: 2,
            subject: "Answered",
            direction: "outgoing",
            matter_state: { matter: MATTER, mark: "acknowledgement" },
        },
        { id: 3, subject: "Proposed", direction: "outgoing", matter_state: { proposed: MATTER } },
        { id: 4, subject: "Alone", direction: "incoming", matter_state: {} },
    ].map((record) => ({ ...record, state: "to_review" }));
}

defineMailModels();
defineModels([Interaction, Type]);

beforeEach(() => {
    mockDate("2026-11-04 12:00:00", 0);
    patchWithCleanup(session, { interaction_types: TYPES });
    onRpc("crm.interaction", "review_counts", () => ({ mine: 3, team: 3 }));
    onRpc("crm.interaction", "decide_matter", ({ args }) => {
        expect.step(["decide_matter", ...args]);
        return { undo: { 1: {} }, counts: { mine: 4, team: 5 } };
    });
    onRpc("crm.interaction", "undo_matter", ({ args }) => {
        expect.step(["undo_matter", ...args]);
        return { counts: { mine: 5, team: 5 } };
    });
});

test("decisions fit direction and state", () => {
    const keys = (direction, state) =>
        offeredDecisions(direction, state)
            .map((choice) => choice.key)
            .join("");
    expect(keys("incoming", { matter: MATTER })).toBe("iewsm");
    expect(keys("incoming", { matter: { ...MATTER, waiting: "nobody", count: 1 } })).toBe("m");
    expect(keys("outgoing", { matter: { ...MATTER, waiting: "client", count: 1 } })).toBe("iewm");
    expect(keys("incoming", { matter: { ...MATTER, waiting: "nobody", perhaps: true, count: 1 } })).toBe(
        "iewm",
    );
    expect(keys("outgoing", { matter: MATTER })).toBe("aqsm");
    expect(keys("outgoing", { matter: { ...MATTER, waiting: "client" } })).toBe("aqiewsm");
    expect(keys("outgoing", { matter: MATTER, mark: "question_back" })).toBe("bsm");
    expect(keys("incoming", { proposed: MATTER })).toBe("ld");
    expect(keys("incoming")).toBe("");
});

test("a clock that starts at the next opening waits from then on", async () => {
    mockDate("2026-11-01 12:00:00", 0);
    await mountQueue({ arch: queueArch("matter_state") });
    expect(".o_matter_state").toHaveText(/Waiting for us from Nov 2/);
});

test("keys of the queue decide in any layout, u takes it back", async () => {
    await mountQueue({ arch: queueArch("matter_state") });
    expect(".o_matter_state").toHaveText(/Waiting for us since Nov 2/);
    expect(".o_matter_state .text-danger").toHaveText("due 1 day ago");
    expect(queryAllTexts(".o_matter_decision")).toEqual([
        "iNeeds No Answer",
        "eAnswered Elsewhere",
        "wWithdrawn",
        "sSplit Off",
        "mMerge with…",
    ]);
    await pressKey("i");
    expect.verifySteps([["decide_matter", [1], "mark", "no_answer"]]);
    expect(getService("interaction_matters").counts).toEqual({ mine: 4, team: 5 });
    await pressKey("u");
    expect.verifySteps([["undo_matter", [1], { 1: {} }]]);
    mockService("action", {
        doAction: (action, { additionalContext }) =>
            expect.step([action, additionalContext.default_matter_id]),
    });
    await pressKey("ь", { code: "KeyM" });
    expect.verifySteps([["crm_outsourcing_interactions.crm_interaction_matter_merge_action", 5]]);
    await pressKey("ы", { code: "KeyS" });
    expect.verifySteps([["decide_matter", [1], "split", null]]);
    await pressKey("j");
    await pressKey("a");
    expect.verifySteps([]);
    await pressKey("b");
    expect.verifySteps([["decide_matter", [2], "mark", false]]);
    await pressKey("j");
    expect(".o_matter_state").toHaveText(/May belong to/);
    await pressKey("l");
    expect.verifySteps([["decide_matter", [3], "accept", null]]);
    await click(".o_matter_decision[data-key=d]");
    await animationFrame();
    expect.verifySteps([["decide_matter", [3], "refuse", null]]);
    await pressKey("j");
    expect(".o_matter_state").toHaveCount(0);
    await pressKey("i");
    expect.verifySteps([]);
});

test("the popover shows the matter and decides, with undo", async () => {
    const pyEnv = await startServer();
    const id = pyEnv["mail.message"].create({
        author_id: serverState.partnerId,
        body: "Hello",
        message_type: "comment",
        model: "res.partner",
        res_id: serverState.partnerId,
    });
    const badge = {
        id: 1,
        direction: "incoming",
        state: "confirmed",
        type_id: TYPES[0].id,
        matter: { matter: MATTER },
    };
    onRpc("crm.interaction", "message_badges", ({ args }) => {
        expect.step(["message_badges", ...args]);
        return {};
    });
    await start();
    await openFormView("res.partner", serverState.partnerId);
    await contains(".o-mail-Message");
    getService("mail.store").insert({ "mail.message": [{ id, interactions: [badge] }] });
    await contains(".o_interaction_badge .fa-clock-o.text-danger");
    await mailClick(".o_interaction_badge");
    await contains(".o_interaction_popover .o_matter_state:contains(Waiting for us since)");
    await mailClick(".o_matter_decision[data-key=e]");
    await contains(".o_notification:contains(Answered Elsewhere)");
    await expect.waitForSteps([
        ["decide_matter", [1], "mark", "elsewhere"],
        ["message_badges", [id]],
    ]);
    await mailClick(".o_notification button:contains(Undo)");
    await expect.waitForSteps([
        ["undo_matter", [1], { 1: {} }],
        ["message_badges", [id]],
    ]);
});
