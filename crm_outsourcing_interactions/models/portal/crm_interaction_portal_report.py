from odoo import fields, models
from odoo.tools import SQL

ROWS = """
    SELECT min(n.id) AS id, r.company_id, r.partner_id AS commercial_partner_id, n.res_partner_id AS partner_id,
           r.id AS report_id, r.date_from, r.date_to, max(m.date) AS sent_on
      FROM crm_interaction_sent_report r
      JOIN mail_message m ON m.model = 'crm.interaction.sent.report' AND m.res_id = r.id
      JOIN message_attachment_rel a ON a.message_id = m.id AND a.attachment_id = r.attachment_id
      JOIN mail_notification n ON n.mail_message_id = m.id
     WHERE r.sent_on IS NOT NULL AND %s
     GROUP BY r.id, n.res_partner_id
"""


class CrmInteractionPortalReport(models.Model):
    """Show a person the client reports that were sent to this person."""

    _name = "crm.interaction.portal.report"
    _inherit = "crm.interaction.portal.mixin"
    _description = "Client Report in the Client's Account"
    _auto = False
    _order = "date_to desc, id desc"
    _depends = {
        "crm.interaction.sent.report": ["attachment_id", "company_id", "date_from", "date_to", "partner_id", "sent_on"],
        "mail.message": ["attachment_ids", "date", "model", "res_id"],
        "mail.notification": ["mail_message_id", "res_partner_id"],
        "res.partner": ["active", "interaction_client_until"],
    }

    partner_id = fields.Many2one("res.partner", "Contact", readonly=True)
    report_id = fields.Integer(readonly=True, aggregator=None)
    date_from = fields.Date("From", readonly=True)
    date_to = fields.Date("To", readonly=True)
    sent_on = fields.Datetime("Sent", readonly=True)

    @property
    def _table_query(self):
        return SQL(ROWS, self._lasts_sql(SQL("r.partner_id")))

    def _file(self):
        """Return the file (``ir.attachment`` in sudo mode) of a report that the user may read.

        :raises AccessError: when the report was not sent to the user.
        """
        self.check_access("read")
        # sudo: clients have no access to sent reports, which also contain what was counted
        return self.env["crm.interaction.sent.report"].sudo().browse(self.report_id).attachment_id
