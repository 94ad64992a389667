from odoo import api, models
from odoo.tools import format_date

CLIENT = {
    "crm.interaction": "commercial_partner_id",
    "crm.interaction.hours": "partner_id",
    "crm.interaction.indicator": "partner_id",
    "crm.interaction.matter": "commercial_partner_id",
    "crm.interaction.matter.turn": "commercial_partner_id",
}
"""Models that graphs show, and their field of the client."""


class CrmInteractionTakenAction(models.Model):
    """Mark corrective actions in graphs, to see what changed afterwards."""

    _inherit = "crm.interaction.taken.action"

    @api.readonly
    @api.model
    def marks(self, res_model, domain, date_from, date_to):
        """Return the actions taken for the only client of some records, else those for the whole firm.

        :param str res_model: model of a graph. :param list domain: of its records.
        :param str date_from: first day. :param str date_to: day after the last.
        :return: ``[{"id", "date", "display_date", "name"}, …]`` in the order of time
        """
        self.browse().check_access("read")
        taken = self.search([("date", ">=", date_from), ("date", "<", date_to)], order="date, id")
        if not taken or res_model not in CLIENT:
            return []
        clients = self.env[res_model]._read_group(domain, [CLIENT[res_model]], limit=2)
        client = clients[0][0] if len(clients) == 1 else self.env["res.partner"]
        return [one._mark() for one in taken if one.partner_id == client]

    def _mark(self):
        """Return one action as a mark of a graph (dict)."""
        day = format_date(self.env, self.date)
        return {"id": self.id, "date": str(self.date), "display_date": day, "name": self.display_name}
