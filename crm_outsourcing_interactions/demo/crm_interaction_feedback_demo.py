from datetime import timedelta

from odoo import api, models

from ..models.matters.turns import DECLINED

REFUSAL = ("Please excuse us, we have no time for questions this year.", "Извините, в этом году нет времени на опросы.")


class CrmInteraction(models.Model):
    """Create demo data: of the clients asked for feedback, one declines; others have praised, or not replied."""

    _inherit = "crm.interaction"

    @api.model
    def _demo_messages(self):
        res = super()._demo_messages()
        asked = [("type_id.role", "=", "feedback"), ("state", "=", "confirmed"), ("message_id", "!=", False)]
        asked += self._demo_article()
        latest = {}
        for question in self.sudo().search(asked, order="date, id"):
            latest[question.commercial_partner_id] = question
        silent = [question for client, question in latest.items() if client.interaction_feedback_state != "answered"]
        for question in silent[:1]:
            self._demo_reply(question, timedelta(days=2), REFUSAL, is_ours=False).mark_matter(DECLINED)
        return res
