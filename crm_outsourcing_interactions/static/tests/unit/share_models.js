import { defineModels, fields, models } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

const CONTACTS = [
    { kind_id: 1, month: "2026-09-10", interaction_count: 3, hours: 1, ratio: 0.25 },
    { kind_id: 1, month: "2026-10-10", interaction_count: 1, hours: 0, ratio: 0.5 },
    { kind_id: 2, month: "2026-09-11", interaction_count: 1, hours: 0, ratio: 0.25 },
];

export class Kind extends models.Model {
    _name = "kind";
    name = fields.Char();
    _records = [
        { id: 1, name: "Production" },
        { id: 2, name: "Improvements" },
    ];
}

/** Changes that flag a graph; a test adds its records. */
export class MethodChange extends models.Model {
    _name = "crm.interaction.method.change";
    date = fields.Date();
    display_date = fields.Char();
    name = fields.Char();
}

/** Corrective actions taken, which mark a graph. */
export class TakenAction extends models.Model {
    _name = "crm.interaction.taken.action";

    marks() {
        return [];
    }
}

/** Interactions of two months with a ratio. */
export class RatioInteraction extends models.Model {
    _name = "crm.interaction";
    month = fields.Date();
    improvement_ratio = fields.Float({ aggregator: "avg", store: false });
    _records = [
        { month: "2026-09-10", improvement_ratio: 0.25 },
        { month: "2026-10-10", improvement_ratio: 0.5 },
    ];
}

/**
 * Give the tests of a file the models "kind" and "contact", with five contacts and the records of `more`.
 *
 * @param {...Object} more
 */
export function defineContacts(...more) {
    class Contact extends models.Model {
        _name = "contact";
        kind_id = fields.Many2one({ relation: "kind", string: "Kind" });
        month = fields.Date();
        interaction_count = fields.Integer({ string: "Contacts", aggregator: "sum" });
        hours = fields.Float({ string: "Hours", aggregator: "sum" });
        ratio = fields.Float({ string: "Ratio", aggregator: "avg", store: false });
        _records = [...CONTACTS, ...more];
    }
    defineMailModels();
    defineModels([Kind, Contact]);
}
