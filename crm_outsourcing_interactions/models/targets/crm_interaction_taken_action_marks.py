from odoo import api, models
from odoo.tools import format_date

CLIENT = ("commercial_partner_id", "partner_id")
"""Fields of the client in the models that graphs show."""


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
        records = self.env[res_model]
        path = next((name for name in CLIENT if name in records._fields), None)
        if not taken or not path:
            return []
        # as a request of the reader, which may be refused: the graph has asked for the same records
        groups = records.formatted_read_group(domain, [path], ["__count"], limit=2)
        client = groups[0][path] if len(groups) == 1 else False
        return [one._mark() for one in taken if one.partner_id.id == (client and client[0])]

    def _mark(self):
        """Return one action as a mark of a graph (dict)."""
        day = format_date(self.env, self.date)
        return {"id": self.id, "date": str(self.date), "display_date": day, "name": self.display_name}
