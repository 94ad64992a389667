import { press } from "@odoo/hoot-dom";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import { fields, models, mountView } from "@web/../tests/web_test_helpers";
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
    polarity = fields.Char();
    is_document_hidden = fields.Boolean();
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

/** The list of the queue, with further columns (names) that stay invisible. */
export function queueArch(...names) {
    const hidden = ["reason", "suggestion_words", ...names, "message_id", "state"]
        .map((name) => `<field name="${name}" column_invisible="1"/>`)
        .join(""); // not inside the other template: the bundle's minifier does not know nested ones
    return `
        <list js_class="interaction_triage">
            <field name="direction"/>
            <field name="subject"/>
            <field name="type_id"/>
            <field name="commercial_partner_id"/>
            ${hidden}
        </list>`;
}

/** Show the interactions to review in a view, by default a list. */
export async function mountQueue(params) {
    const domain = [["state", "=", "to_review"]];
    await mountView({ type: "list", resModel: "crm.interaction", domain, ...params });
    await runAllTimers();
    await animationFrame();
}

/** Press a key of the queue and wait for what it does. */
export async function pressKey(letter, options) {
    await press(letter, options);
    await animationFrame();
    await animationFrame();
}
