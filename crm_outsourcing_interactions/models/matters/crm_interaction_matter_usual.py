from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

USUAL = """
    (SELECT m.id
       FROM crm_interaction_matter m
       JOIN crm_interaction_type_closed_by_rel r ON r.type_id = m.type_id
       JOIN crm_interaction i ON i.matter_id = m.id AND i.type_id = r.closed_by_id
                                AND i.date = m.answered_on AND i.active)
"""


class CrmInteractionMatter(models.Model):
    """Tell matters that were answered as usual, by the configuration of their type, from others, in reports only."""

    _inherit = "crm.interaction.matter"

    has_usual_answer = fields.Boolean(
        compute="_compute_has_usual_answer",
        search="_search_has_usual_answer",
        help="The interaction that answered has one of the Usual Answers of the type, e.g. documents to a request.",
    )

    @api.depends("type_id.closed_by_ids", "interaction_ids.type_id", "interaction_ids.active", "answered_on")
    def _compute_has_usual_answer(self):
        found = Domain("id", "in", self.ids) & Domain("has_usual_answer", "=", True)
        usual = self.with_context(active_test=False).search(found)
        for matter in self:
            matter.has_usual_answer = matter in usual

    @api.model
    def _search_has_usual_answer(self, operator, value):
        if operator != "in":
            return NotImplemented
        is_wanted = Domain("answered_on", "!=", False) & Domain("id", "in", SQL(USUAL))
        return is_wanted if True in value else ~is_wanted
