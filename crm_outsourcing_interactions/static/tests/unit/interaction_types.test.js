import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { describe, expect, test } from "@odoo/hoot";
import { click, edit, hover, press, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { InteractionBadge } from "@crm_outsourcing_interactions/tagging/interaction_badge";
import { InteractionTypeList } from "@crm_outsourcing_interactions/tagging/interaction_type_list";
import { offeredTypes, searchTypes } from "@crm_outsourcing_interactions/tagging/interaction_types";
import {
    makeMockEnv,
    mountWithCleanup,
    patchTranslations,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { session } from "@web/session";
import { TYPES } from "./types";

describe.current.tags("desktop");
defineMailModels();

const names = (groups) => groups.map((group) => [String(group.name), group.types.map(({ code }) => code)]);

test("types are found by the beginning of the code and by words of the name", () => {
    expect(searchTypes(TYPES, "1.1").map(({ id }) => id)).toEqual([1]);
    expect(searchTypes(TYPES, "request out").map(({ id }) => id)).toEqual([2]);
    expect(searchTypes(TYPES, "СЧЕТ").map(({ id }) => id)).toEqual([3]);
    expect(searchTypes(TYPES, "nothing")).toEqual([]);
});

test("likely types come first, then those of the same direction; the other one is asked for", () => {
    patchTranslations();
    const options = { direction: "incoming", suggested: 3, likely: [4, 3] };
    expect(names(offeredTypes(TYPES, options))).toEqual([
        ["Likely", ["2.1.1"]],
        ["1 Production", ["1.1.2"]],
        ["3 Additional", ["3.1.1"]],
    ]);
    const found = (both) => offeredTypes(TYPES, { ...options, both, query: "request" });
    expect(names(found(false))).toEqual([["", ["1.1.2", "3.1.1"]]]);
    expect(names(found(true))).toEqual([["", ["1.1.2", "3.1.1", "1.2.2", "2.2.1"]]]);
    expect(names(offeredTypes(TYPES, { ...options, both: true }))).toEqual([
        ["Likely", ["2.1.1"]],
        ["1 Production", ["1.1.2"]],
        ["3 Additional", ["3.1.1"]],
        ["1 Production ↑", ["1.2.2"]],
        ["2 Improvements ↑", ["2.2.1"]],
    ]);
    expect(names(offeredTypes(TYPES, {}))).toEqual([
        ["1 Production", ["1.1.2", "1.2.2"]],
        ["2 Improvements", ["2.1.1", "2.2.1"]],
        ["3 Additional", ["3.1.1"]],
    ]);
});

test("suggested types come before the likely ones, three at most, of the message's direction", () => {
    patchTranslations();
    const options = { direction: "incoming", both: true, suggested: 3, probable: [5, 4, 1], likely: [1, 3] };
    const [first, ...others] = offeredTypes(TYPES, options);
    expect(first.isSuggested).toBe(true);
    expect(names([first])).toEqual([["Suggested", ["2.1.1", "3.1.1", "1.1.2"]]]);
    expect(names(others)).toEqual([
        ["1 Production ↑", ["1.2.2"]],
        ["2 Improvements ↑", ["2.2.1"]],
    ]);
});

test("a client's opinions are offered one by one, each by one click", async () => {
    const opinions = [
        ["negative", "Complaint"],
        ["positive", "Praise"],
    ];
    const types = TYPES.map((type) => (type.code === "2.1.1" ? { ...type, opinions } : type));
    patchWithCleanup(session, { interaction_types: types });
    await makeMockEnv();
    const onPick = ({ values }) => expect.step(values);
    await mountWithCleanup(InteractionTypeList, { props: { direction: "incoming", onPick } });
    expect(queryAllTexts("[role=option]").slice(0, 3)).toEqual([
        "↓ 1.1.2\nRequest within the contract",
        "↓ 2.1.1\nComplaint",
        "↓ 2.1.1\nPraise",
    ]);
    await click("[data-polarity=negative]");
    await click("[data-code='1.1.2']");
    expect.verifySteps([{ type_id: 3, polarity: "negative" }, { type_id: 1 }]);
});

test("keyboard: arrows move, Enter takes the marked one", async () => {
    patchWithCleanup(session, { interaction_types: TYPES });
    await makeMockEnv();
    const onPick = ({ code }) => expect.step(code);
    await mountWithCleanup(InteractionTypeList, { props: { direction: "incoming", onPick } });
    await click("input");
    await press("ArrowDown");
    await animationFrame();
    expect(".o_marked").toHaveText(/2\.1\.1/);
    await press("Enter");
    expect.verifySteps(["2.1.1"]);
    await edit("feed");
    await animationFrame();
    expect(".o_interaction_other_direction").toHaveText("Show outgoing types");
    await press("Enter"); // no other type fits: show those of the other direction
    await animationFrame();
    expect.verifySteps([]);
    await press("Enter");
    expect.verifySteps(["2.2.1"]);
    await edit("nothing");
    await animationFrame();
    await press("Enter");
    expect(queryAllTexts("[role=option]")).toEqual([]);
    expect.verifySteps([]);
});

test("badge shows direction, code and state", async () => {
    patchWithCleanup(session, { interaction_types: TYPES });
    await makeMockEnv();
    const badge = (interaction) =>
        mountWithCleanup(InteractionBadge, { props: { interaction, onClick: () => expect.step("open") } });
    await badge({ id: 1, type_id: 1, direction: "incoming", state: "to_review" });
    expect(".o_interaction_badge:last").toHaveText("↓ 1.1.2");
    expect(".o_interaction_badge:last").toHaveClass("o_to_review");
    await badge({ id: 2, type_id: false, direction: "outgoing", state: "to_review" });
    expect(".o_interaction_badge:last").toHaveText("↑ ?");
    await badge({ id: 3, type_id: 1, direction: "incoming", state: "ignored" });
    expect(".o_interaction_badge:last").toHaveText("∅");
    await click(".o_interaction_badge:first");
    expect.verifySteps(["open"]);
});

test("badge shows the name of the type while hovered, or always by the user's preference", async () => {
    patchWithCleanup(session, { interaction_types: TYPES });
    await makeMockEnv();
    const interaction = { id: 1, type_id: 1, direction: "incoming", state: "confirmed" };
    const mountBadge = () =>
        mountWithCleanup(InteractionBadge, { props: { interaction, onClick: () => {} } });
    await mountBadge();
    await hover(".o_interaction_badge");
    await animationFrame();
    expect(".o_interaction_badge").toHaveText(/^↓ 1\.1\.2 Request within the contract$/);
    await hover(document.body);
    await animationFrame();
    expect(".o_interaction_badge").toHaveText("↓ 1.1.2");
    patchWithCleanup(session, { interaction_badge_names: true });
    await mountBadge();
    expect(".o_interaction_badge:last").toHaveText(/^↓ 1\.1\.2 Request within the contract$/);
});
