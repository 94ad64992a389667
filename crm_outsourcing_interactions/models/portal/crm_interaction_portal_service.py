from odoo import fields, models
from odoo.tools import SQL

from ..classification.crm_interaction_scope import COVERAGES

ROWS = """
    SELECT s.id, p.company_id, p.commercial_partner_id, s.service_id, s.coverage, s.monthly_limit
      FROM crm_interaction_scope s JOIN res_partner p ON p.id = s.partner_id
     WHERE (s.date_from IS NULL OR s.date_from <= %(today)s) AND (s.date_to IS NULL OR s.date_to >= %(today)s)
       AND %(lasts)s
"""


class CrmInteractionPortalService(models.Model):
    """Show the people of a client the services that its contract covers today."""

    _name = "crm.interaction.portal.service"
    _inherit = "crm.interaction.portal.mixin"
    _description = "Service in the Client's Account"
    _auto = False
    _order = "service_id, id"
    _depends = {
        "crm.interaction.scope": ["coverage", "date_from", "date_to", "monthly_limit", "partner_id", "service_id"],
        "res.partner": ["active", "commercial_partner_id", "company_id", "interaction_client_until"],
    }

    service_id = fields.Many2one("crm.interaction.service", readonly=True)
    label = fields.Char("Name", related="service_id.name")
    coverage = fields.Selection(COVERAGES, readonly=True)
    monthly_limit = fields.Integer("Requests a Month", readonly=True, aggregator=None)

    @property
    def _table_query(self):
        today = self.env.company._interaction_today()
        return SQL(ROWS, today=today, lasts=self._lasts_sql(SQL("p.commercial_partner_id")))
