from odoo import api, models

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
        interactions.message_id.fetch(["subject", "body", "attachment_ids"])
        directions = self._directions()
        return [self._sample(i, directions) for i in interactions if i.type_id.id in directions]

    @api.model
    def _sample(self, interaction, directions):
        text, facts = interaction._text_and_facts()
        return self._prepare_sample(text, facts, interaction.type_id.id, directions)
