from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..models.events.people import responsible
from ..models.matters.turns import ACKNOWLEDGEMENT, CLIENT, ELSEWHERE, NOBODY
from . import people, plan

LATE_DOCUMENTS = 3
"""Number of requests for documents that clients have not answered."""
LATE_EACH = 5
"""One of our answers in this many was late."""


class CrmInteraction(models.Model):
    """Create demo data: matters of the last days, and answers to those of the months before."""

    _inherit = "crm.interaction"

    @api.model
    def _demo_record(self, contact, name):
        """Return the document of a planned message: each matter of the last days has a task of its own."""
        if not contact.topic:
            return super()._demo_record(contact, name)
        project = self._demo_ref(f"{name}_project")
        values = {"project_id": project.id, "partner_id": self._demo_ref(f"{name}_contact").id}
        values |= {"name": self._demo_text(people.TOPICS[contact.topic][0])}
        values |= {"user_ids": [(6, 0, project.user_id.ids)]}
        return self._demo_load("project.task", **{f"{name}_{contact.topic}": values})

    @api.model
    def _demo_text_of(self, contact, variants):
        """Return subject and body of a planned message."""
        if not contact.topic:
            return variants[contact.variant % len(variants)]
        subject, *bodies = people.TOPICS[contact.topic]
        return self._demo_text(subject), self._demo_text(bodies[contact.part])

    @api.model
    def _demo_reply_to_last(self, record, person, moment, subject, body, is_incoming):
        """Post a message in reply to the last one on its document, if any."""
        author = person if is_incoming else responsible(record, person).partner_id
        values = {"author_id": author.id, "partner_ids": [] if is_incoming else person.ids}
        self._demo_post(record, person, moment, subject, body, parent_id=record.message_ids[:1].id, **values)

    @api.model
    def _demo_finish(self, last_mail_id):
        res = super()._demo_finish(last_mail_id)
        self._demo_acknowledge()
        self._demo_answer_old_matters()
        return res

    @api.model
    def _demo_acknowledge(self):
        """Mark our message in the matter that we have acknowledged."""
        name = people.CLIENTS[plan.ACKNOWLEDGED[0]][0]
        task = self._demo_ref(f"{name}_{plan.ACKNOWLEDGED[1]}")
        domain = [("res_model", "=", task._name), ("res_id", "=", task.id), ("direction", "=", "outgoing")]
        self.search(domain).mark_matter(ACKNOWLEDGEMENT)

    @api.model
    def _demo_answer_old_matters(self):
        """Answer what was asked in the two months, except for some documents, for which the firm still waits."""
        self.env.invalidate_all()
        first = fields.Datetime.now() - timedelta(days=plan.LAST_DAYS)
        old = Domain("waiting", "!=", NOBODY) & Domain("opened_on", "<", first) & Domain("is_complaint", "=", False)
        matters = self.env["crm.interaction.matter"].search(old, order="waiting_since desc, id")
        asked = matters.filtered(lambda matter: matter.waiting == CLIENT and matter.type_id.code == "1.2.2")
        for number, matter in enumerate(matters - asked[:LATE_DOCUMENTS]):
            matter._demo_answer(is_late=number % LATE_EACH == 0)


class CrmInteractionMatter(models.Model):
    """Create demo data: an answer outside Odoo."""

    _inherit = "crm.interaction.matter"

    def _demo_answer(self, is_late):
        """Have one matter answered elsewhere, shortly before or after it was due."""
        due = self.due or self.waiting_since + timedelta(days=1)
        moment = max(self.waiting_since, due + timedelta(hours=3 if is_late else -1))
        vals = {"matter_mark": ELSEWHERE, "matter_marked_on": min(moment, fields.Datetime.now())}
        vals["matter_marked_by_id"] = (self.accountant_id or self.env.user).id
        self._open_question()[:1]._by_code().write(vals)
        self._derive()
