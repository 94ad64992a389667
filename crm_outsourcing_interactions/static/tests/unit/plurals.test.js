import { describe, expect, test } from "@odoo/hoot";

import { plural } from "@crm_outsourcing_interactions/measures/plurals";

describe.current.tags("headless");

test("each number has the form of its language", () => {
    const english = [0, 1, 1.5, 2, 21].map((n) => plural("day|days", n, "en-US"));
    expect(english).toEqual(["days", "day", "days", "days", "days"]);
    const russian = [1, 2, 5, 11, 21, 1.5].map((n) => plural("день|дня|дней|дня", n, "ru-RU"));
    expect(russian).toEqual(["день", "дня", "дней", "дней", "день", "дня"]);
});

test("a translation with too few forms gives its last one", () => {
    expect(plural("day|days", 5, "ru-RU")).toBe("days");
});
