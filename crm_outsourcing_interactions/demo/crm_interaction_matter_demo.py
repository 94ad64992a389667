from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.fields import Domain

from ..models.events.people import responsible
from ..models.matters.turns import ACKNOWLEDGEMENT, CLIENT, ELSEWHERE, NOBODY
from . import people, plan
from .crm_interaction_demo import MODULE, QUIET

LATE_DOCUMENTS = 1
"""Number of requests for documents that clients have not answered."""
LATE_EACH = 12
"""One of the answers by phone in this many was late."""


class CrmInteraction(models.Model):
    """Create demo data: matters of the last days, and answers to those of the months before."""

    _inherit = "crm.interaction"

    @api.model
    def _demo_record(self, contact, name, subject):
        """Return the document of a planned message: each matter has an opportunity or a task of its own."""
        if not contact.topic:
            return super()._demo_record(contact, name, subject)
        model = "crm.lead" if contact.topic[0] == "3" else "project.task"
        document = f"{name}_{contact.topic}".replace(".", "_").replace("-", "_")
        if record := self.env.ref(f"{MODULE}.demo_{document}", raise_if_not_found=False):
            return record.with_context(**QUIET)
        project = self._demo_ref(f"{name}_project")
        values = {"name": subject, "partner_id": self._demo_ref(f"{name}_contact").id}
        if model == "crm.lead":
            values |= {"type": "opportunity", "user_id": self._demo_ref("sales").id}
        else:
            values |= {"project_id": project.id, "user_ids": [Command.set(project.user_id.ids)]}
        return self._demo_load(model, **{document: values}).with_context(**QUIET)

    @api.model
    def _demo_text_of(self, contact, texts):
        """Return subject and body of a planned message; an answer takes them from its question."""
        if contact.topic in people.TOPICS:
            subject, *bodies = people.TOPICS[contact.topic]
            return self._demo_text(subject), self._demo_text(bodies[contact.part])
        type_code, _dash, variant = contact.topic.partition("-")
        variants = texts[type_code or contact.type_code]
        subject, body, reply = variants[int(variant or contact.variant) % len(variants)]
        return subject, reply if contact.part else body

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
        """Answer what was asked before the last days, except for some documents, for which the firm still waits."""
        self.env.invalidate_all()
        first = fields.Datetime.now() - timedelta(days=plan.LAST_DAYS)
        old = Domain("waiting", "!=", NOBODY) & Domain("opened_on", "<", first) & Domain("is_complaint", "=", False)
        matters = self.env["crm.interaction.matter"].search(old, order="waiting_since desc, id")
        asked = matters.filtered(lambda matter: matter.waiting == CLIENT and matter.type_id.code == "1.2.2")
        recent = plan.months(fields.Date.today())[0]  # who has forgotten documents for longer has sent them on paper
        asked = asked.filtered(lambda matter: matter.opened_on.date() >= recent)
        answers = {}
        for number, matter in enumerate(matters - asked[:LATE_DOCUMENTS]):
            share = (matter.waiting_since.day % 4 + 1) / 20
            answer = matter._demo_answer(number % LATE_EACH == 0, share)
            answers[answer] = answers.get(answer, self.browse()) | matter._open_question()[:1]
        for (moment, user), questions in answers.items():
            vals = {"matter_mark": ELSEWHERE, "matter_marked_on": moment, "matter_marked_by_id": user.id}
            questions._by_code().write(vals)
        matters._derive()


class CrmInteractionMatter(models.Model):
    """Create demo data: an answer outside Odoo."""

    _inherit = "crm.interaction.matter"

    def _demo_answer(self, is_late, share):
        """Return when a matter is answered elsewhere, in a share of the time until it is due or late, and by whom."""
        due = self.due or self.waiting_since + timedelta(days=1)
        moment = due + timedelta(hours=3) if is_late else self.waiting_since + share * (due - self.waiting_since)
        return min(moment, fields.Datetime.now()), self.accountant_id or self.env.user
