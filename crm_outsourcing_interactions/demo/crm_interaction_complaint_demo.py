from datetime import timedelta

from odoo import api, models

from ..models.events.people import responsible
from ..models.matters.crm_interaction_matter_complaint import OPEN_COMPLAINTS
from ..models.matters.turns import SETTLED
from . import people
from .crm_interaction_demo import MODULE

ANSWER = (
    "We are sorry. The report is corrected and sent; from now on a colleague checks it two days earlier.",
    "Приносим извинения. Отчёт исправлен и отправлен; теперь коллега проверяет его на два дня раньше.",
)
ACTION = (
    "The report was corrected on the same day. A colleague checks it two days before it is due.",
    "Отчёт исправлен в тот же день. Коллега проверяет его за два дня до срока.",
)
CONFIRMATION = ("Thank you, this is settled for us.", "Спасибо, для нас вопрос закрыт.")


class CrmInteraction(models.Model):
    """Create demo data: the last complaint is still open, the others are settled."""

    _inherit = "crm.interaction"

    @api.model
    def _demo_messages(self):
        res = super()._demo_messages()
        complaints = self.env["crm.interaction.matter"].sudo().search(OPEN_COMPLAINTS, order="complained_on, id")
        if len(complaints) > 1:
            for complaint in complaints[:-1]:
                self._demo_settle(complaint)
            complaints._update_complaint_activities()
        return res

    @api.model
    def _demo_settle(self, matter):
        """Answer a complaint, record cause and action, and let the client confirm."""
        complaint = matter.interaction_ids[:1]
        answer = self._demo_reply(complaint, timedelta(hours=2), ANSWER, is_ours=True)
        word = self._demo_reply(answer, timedelta(days=1), CONFIRMATION, is_ours=False)
        auditor = self._demo_ref(people.SUPERVISOR)
        decider = self.env.ref("base.user_admin") if complaint.user_id == auditor else auditor
        cause = self.env.ref(f"{MODULE}.complaint_cause_late", raise_if_not_found=False)
        resolution = {"complaint_cause_id": cause and cause.id, "complaint_action": self._demo_text(ACTION)}
        matter.with_user(decider).sudo(False).write(resolution)
        word.with_user(decider).sudo(False).mark_matter(SETTLED)
        matter._by_code().complaint_action_on = answer.date
        word.sudo()._by_code().matter_marked_on = word.date
        matter._derive()

    @api.model
    def _demo_reply(self, interaction, later, texts, is_ours):
        """Post a reply to the message of an interaction; return the interaction that it becomes."""
        message, person = interaction.message_id, interaction.partner_id
        record = self.env[message.model].browse(message.res_id)
        authors = responsible(record, person).partner_id if is_ours else person
        self._demo_post(
            record,
            person,
            interaction.date + later,
            message.subject,
            self._demo_text(texts),
            author_id=authors.id,
            partner_ids=person.ids if is_ours else [],
            parent_id=message.id,
        )
        return self.sudo().search([("message_id.parent_id", "=", message.id)], order="id desc", limit=1)
