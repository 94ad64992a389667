import { fields, models } from "@web/../tests/web_test_helpers";
import { TYPES } from "./types";

export class Type extends models.Model {
    _name = "crm.interaction.type";
    name = fields.Char();
    _records = TYPES.map(({ id, code, name }) => ({ id, name: `${code} ${name}` }));
}

/** Interactions as the queue reads them; each test adds its records and what is special about them. */
export class QueueInteraction extends models.Model {
    _name = "crm.interaction";
    subject = fields.Char();
    state = fields.Char();
    active = fields.Boolean({ default: true });
    unknown_sender = fields.Char();
    direction = fields.Selection({
        selection: [
            ["incoming", "Incoming"],
            ["outgoing", "Outgoing"],
        ],
    });
    reason = fields.Char();
    suggestion_words = fields.Char();
    type_id = fields.Many2one({ relation: "crm.interaction.type" });
    message_id = fields.Many2one({ relation: "mail.message" });
    commercial_partner_id = fields.Many2one({ relation: "res.partner" });
}
