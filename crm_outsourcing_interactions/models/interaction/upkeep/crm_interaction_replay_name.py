from odoo import api, fields, models
from odoo.tools import format_date


class CrmInteractionReplay(models.Model):
    """Name a replay after its mode and period."""

    _inherit = "crm.interaction.replay"

    name = fields.Char(compute="_compute_name", search="_search_name")

    @api.depends("mode", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_name(self):
        modes = dict(self._fields["mode"]._description_selection(self.env))
        for replay in self:
            days = (format_date(self.env, day) for day in (replay.date_from, replay.date_to))
            replay.name = f"{modes.get(replay.mode)} · {' – '.join(days)}"

    @api.model
    def _search_name(self, operator, value):
        """Find by the name as it is shown; there are few replays."""
        if operator not in ("in", "ilike"):
            return NotImplemented
        found = self.search(fields.Domain.TRUE).filtered(
            lambda replay: replay.name in value if operator == "in" else value.lower() in replay.name.lower()
        )
        return [("id", "in", found.ids)]

    @api.depends_context("lang")
    def _compute_display_name(self):
        return super()._compute_display_name()
