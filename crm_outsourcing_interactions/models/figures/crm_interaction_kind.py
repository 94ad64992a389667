from odoo import api, fields, models

from .kind_colors import BADGE_COLORS, UNCLASSIFIED_COLOR, colors_of


class CrmInteractionKind(models.Model):
    """Assign each kind one colour for all charts, and one for badges, which managers may change.

    Colours follow the order of creation, as on the dashboard, so that a new sequence, an archived kind or a kind
    without interactions does not shift them.
    """

    _inherit = "crm.interaction.kind"

    color = fields.Integer(default=lambda self: self._next_badge_color())
    chart_color = fields.Char("Colour in Charts", compute="_compute_chart_color")

    @api.model
    def _next_badge_color(self):
        """Return the badge colour (int) of the next kind to be created."""
        # sudo: the colour does not depend on who may read which kinds
        made = self.sudo().with_context(active_test=False).search_count(fields.Domain.TRUE)
        return BADGE_COLORS[made % len(BADGE_COLORS)]

    def _compute_chart_color(self):
        colors = self.get_chart_colors()
        for kind in self:
            kind.chart_color = colors.get(str(kind.id))

    @api.model
    @api.readonly
    def get_chart_colors(self):
        """Return ``{id as text: colour}`` of all kinds for charts of the web client; "false": unclassified.

        :raises AccessError: when the user may not read kinds.
        """
        self.browse().check_access("read")
        # sudo: the colour does not depend on who may read which kinds
        kinds = self.sudo().with_context(active_test=False).search(fields.Domain.TRUE, order="id")
        return {**colors_of(map(str, kinds.ids)), "false": UNCLASSIFIED_COLOR}
