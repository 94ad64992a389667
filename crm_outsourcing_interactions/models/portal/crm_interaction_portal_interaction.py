from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..classification.crm_interaction_type import DIRECTIONS

ROWS = """
    SELECT i.id, i.company_id, i.commercial_partner_id, i.partner_id, i.date, i.month, i.direction,
           CASE WHEN i.state = 'confirmed' THEN i.kind_id END AS kind_id
      FROM crm_interaction i
     WHERE i.active AND i.split_from_id IS NULL AND %s
"""


class CrmInteractionPortalInteraction(models.Model):
    """Show a person the interactions with this person by month, kind and direction; the unreviewed have no kind."""

    _name = "crm.interaction.portal.interaction"
    _inherit = "crm.interaction.portal.mixin"
    _description = "Interaction in the Client's Account"
    _auto = False
    _order = "date desc, id desc"
    _depends = {
        "crm.interaction": [
            "active", "commercial_partner_id", "company_id", "date", "direction", "kind_id", "month", "partner_id",
            "split_from_id", "state",
        ],
        "res.partner": ["active", "interaction_client_until"],
    }  # fmt: skip

    partner_id = fields.Many2one("res.partner", "Contact", readonly=True)
    date = fields.Datetime(readonly=True)
    month = fields.Date(readonly=True)
    direction = fields.Selection(DIRECTIONS, readonly=True)
    kind_id = fields.Many2one("crm.interaction.kind", readonly=True, groups="base.group_user")

    @property
    def _table_query(self):
        return SQL(ROWS, self._lasts_sql(SQL("i.commercial_partner_id")))

    @api.model
    def _statement(self, domain=Domain.TRUE):
        """Return ``{month: {(kind, direction): number}}`` of what the user sees in ``domain``, latest month first.

        Kinds are ids, ``False`` for those not sorted yet.
        """
        # sudo: clients read the names of kinds only; the rows are the user's own
        groups = self.sudo()._read_group(
            Domain("id", "in", self._search(domain)),
            ["month:month", "kind_id", "direction"],
            ["__count"],
            order="month:month desc",
        )
        statement = defaultdict(dict)
        for month, kind, direction, n in groups:
            statement[month][kind.id, direction] = n
        return dict(statement)

    @api.model
    def _kind_names(self):
        """Return ``{kind id: name for clients}`` of all kinds in their order; ``False``: not reviewed, so no topic."""
        # sudo: clients have no access to kinds, only to their names
        kinds = self.env["crm.interaction.kind"].sudo().with_context(active_test=False).search(Domain.TRUE)
        names = {kind.id: kind.client_name or kind.name for kind in kinds}
        return {**names, False: self.env._("Without a topic")}
