from odoo import api, fields, models

from .kind_colors import BADGE_COLORS, UNCLASSIFIED_COLOR, colors_of


class CrmInteractionKind(models.Model):
    """The colour of a kind in charts, the same in all of them, and in badges, unless a manager chooses another one.

    It goes by the order in which kinds were made, as the dashboard does: neither another sequence nor a kind that is
    archived or has no contacts gives a kind the colour of another one.
    """

    _inherit = "crm.interaction.kind"

    color = fields.Integer(default=lambda self: self._next_badge_color())
    chart_color = fields.Char("Colour in Charts", compute="_compute_chart_color")

    @api.model
    def _next_badge_color(self):
        """Return the colour of badges (int) of the kind that is made next."""
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
        """Return ``{id as text: colour}`` of all kinds, for charts of the web client; "false" is what has none yet.

        :raises AccessError: for who may not read kinds.
        """
        self.browse().check_access("read")
        # sudo: the colour does not depend on who may read which kinds
        kinds = self.sudo().with_context(active_test=False).search(fields.Domain.TRUE, order="id")
        return {**colors_of(map(str, kinds.ids)), "false": UNCLASSIFIED_COLOR}
