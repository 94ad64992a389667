from odoo import api, models

from ...events.message_text import message_text

MOST_SAMPLES = 20_000


class CrmInteractionLearner(models.AbstractModel):
    """Supply the training data: the interactions confirmed by users of a company."""

    _inherit = "crm.interaction.learner"

    @api.model
    def _samples(self, company):
        domain = [
            ("company_id", "=", company.id),
            ("classified_by", "=", "person"),
            ("state", "=", "confirmed"),
            ("type_id.active", "=", True),
            ("message_id", "!=", False),
            ("split_from_id", "=", False),
        ]
        # sudo: the cron learns from all that the company confirmed; nobody is shown any of it
        interactions = self.env["crm.interaction"].sudo().search(domain, order="date desc", limit=MOST_SAMPLES)
        interactions.message_id.fetch(["subject", "body"])
        texts = [message_text(i.message_id.subject, i.message_id.body) for i in interactions]
        return texts, [interaction.type_id.id for interaction in interactions]
