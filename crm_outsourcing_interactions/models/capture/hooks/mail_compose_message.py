from odoo import fields, models

from ...events.marks import marked
from ...optional.apps import mailing_of


class MailComposeMessage(models.TransientModel):
    """Let the writer choose a type, and give each mass mailing a unique key so that its interactions count once."""

    _inherit = "mail.compose.message"

    interaction_type_id = fields.Many2one(
        "crm.interaction.type",
        string="Interaction",
        domain="[('is_group', '=', False), ('direction', '=', 'outgoing')]",
        help="Interaction type of this message, e.g. “Outgoing consultation”. Empty: the rules decide.",
    )

    def _prepare_mail_values_static(self):
        values = super()._prepare_mail_values_static()
        if self.composition_mode == "comment" and self.interaction_type_id:
            values["interaction_type_id"] = self.interaction_type_id.id
        return values

    def _action_send_mail_mass_mail(self, res_ids, auto_commit=False):
        mailing = mailing_of(self)
        self = marked(self, "interaction_mailing", f"{mailing._name},{mailing.id}")
        return super()._action_send_mail_mass_mail(res_ids, auto_commit=auto_commit)
