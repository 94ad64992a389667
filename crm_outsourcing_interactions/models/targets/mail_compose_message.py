from odoo import api, fields, models
from odoo.exceptions import UserError

from ..events.groups import USER
from ..events.keys import ids_in


class MailComposeMessage(models.TransientModel):
    """Warn the writer who asks clients for feedback too early or in reporting weeks; sending remains possible."""

    _inherit = "mail.compose.message"

    interaction_feedback_warning = fields.Char(
        "Too Early for Feedback", compute="_compute_interaction_feedback_warning"
    )

    @api.depends("interaction_type_id", "model", "res_ids")
    def _compute_interaction_feedback_warning(self):
        is_user = self.env.user.has_group(USER)
        for composer in self:
            asks = is_user and composer.interaction_type_id.role == "feedback" and composer.model
            ids = composer._evaluate_res_ids() if asks else []
            composer.interaction_feedback_warning = bool(ids) and self.interaction_feedback_reason(composer.model, ids)

    @api.model
    @api.readonly
    def interaction_feedback_reason(self, model, res_ids):
        """Return why it is too early to ask the clients of documents for feedback again; ``False`` if it is not.

        :param str model: of the documents; ``res_ids``: their ids.
        :raises AccessError: when the user may not read them or does not belong to the user group.
        :raises UserError: for another model.
        """
        self.env["crm.interaction"].check_access("read")
        if not isinstance(model, str) or not isinstance(self.env.get(model), self.pool["mail.thread"]):
            raise UserError(self.env._("“%s” is not a kind of document with messages.", model))
        records = self.env[model].browse(ids_in(res_ids)).exists()
        records.check_access("read")
        people = self.env["res.partner"].union(*records._mail_get_partners().values())
        clients = people.commercial_partner_id.filtered("interaction_feedback_note")
        return "\n".join(f"{client.name}: {client.interaction_feedback_note}" for client in clients) or False
