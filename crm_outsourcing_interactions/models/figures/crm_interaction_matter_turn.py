from odoo import api, fields, models
from odoo.tools import SQL

from .crm_interaction_matter import day_to_sql


class CrmInteractionMatterTurn(models.Model):
    """Add the working days of turns."""

    _name = "crm.interaction.matter.turn"
    _inherit = ["crm.interaction.matter.turn", "crm.interaction.group.order", "crm.interaction.group.format"]

    days = fields.Float("Working Days", compute="_compute_days", aggregator="sum")

    @api.depends("hours", "company_id")
    def _compute_days(self):
        for turn in self:
            turn.days = turn.hours / turn.company_id._interaction_day_hours() if turn.company_id else 0

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec != "days:sum":
            return super()._read_group_select(aggregate_spec, query)
        hours, company = (self._field_to_sql(self._table, name, query) for name in ("hours", "company_id"))
        return SQL("SUM(%s / %s)", hours, day_to_sql(self.env, company))
