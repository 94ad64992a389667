from odoo import api, fields, models

from ..events.settled_cache import settled_cache


class CrmInteractionType(models.Model):
    """Add what interactions of a type expect: an answer, and within how many working hours."""

    _inherit = "crm.interaction.type"

    expects_answer = fields.Boolean(help="An interaction of this type opens a matter until the other side answers.")
    response_hours = fields.Float(
        "Response Time",
        help="Working hours within which the other side is to answer, e.g. 8:00. 0: no limit. The response time of the "
        "client or the service, if any, takes precedence.",
    )
    closed_by_ids = fields.Many2many(
        "crm.interaction.type",
        "crm_interaction_type_closed_by_rel",
        "type_id",
        "closed_by_id",
        string="Usual Answers",
        domain="[('is_group', '=', False), ('direction', '!=', direction)]",
        help="Types that usually answer this one, for filters of answer times; any answer counts.",
    )

    _response_hours_in_range = models.Constraint(
        "CHECK (response_hours BETWEEN 0 AND 1000)", "Enter a response time between 0 and 1,000 hours."
    )

    @api.model
    @settled_cache()
    def _expectations(self):
        """Return ``{type id: (whether it expects an answer, response time in working hours)}`` (cached)."""
        # sudo: the poster may be a portal user
        types = self.sudo().with_context(active_test=False).search(fields.Domain.TRUE)
        return {type_.id: (type_.expects_answer, type_.response_hours) for type_ in types}
