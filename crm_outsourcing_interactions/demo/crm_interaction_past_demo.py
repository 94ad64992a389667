from collections import defaultdict
from datetime import datetime, time

from odoo import Command, api, fields, models

from ..models.capture.history.messages import message_events
from ..models.events.marks import marked
from ..models.events.people import responsible
from . import past, people, plan
from .crm_interaction_demo import QUIET
from .crm_interaction_message_demo import paragraphs

RATED = (5, 4, 5, 3, 5, 5)
"""Ratings of month-end closings, one after the other."""


class CrmInteraction(models.Model):
    """Create demo data: what was written in the twelve months before, read in one batch through the real steps."""

    _inherit = "crm.interaction"

    @api.model
    def _demo_past(self):
        """Create the messages of the past and log them, with the types that their writers and readers chose."""
        today = fields.Date.today()
        planned = past.messages(today)
        posted = self._demo_store(planned)
        start, end = (datetime.combine(first[0], time()) for first in (past.months(today), plan.months(today)))
        events, _last, _number = message_events(self.env, posted[0].id - 1, len(posted), start, end)
        by_message = dict(zip(posted.ids, planned, strict=True))
        for event in events:
            self._demo_choose(event, by_message[event.message_id])
        self.env["crm.interaction.pipeline"]._run(events)
        self._demo_ratings(past.months(today))

    @api.model
    def _demo_store(self, planned):
        """Return the new messages (recordset), without notifying anybody."""
        texts = self._demo_texts()
        documents = self._demo_documents(planned, texts)
        posted = self.env["mail.message"].create([self._demo_vals(one, documents[one], texts) for one in planned])
        by_plan = dict(zip(planned, posted, strict=True))
        for one, message in by_plan.items():
            if one.question:
                message.parent_id = by_plan[one.question]
        return posted

    @api.model
    def _demo_documents(self, planned, texts):
        """Return ``{message: document}``: a question has its own, a part of the closing or a won opportunity."""
        found, vals = {}, defaultdict(dict)
        for one in planned:
            name = people.CLIENTS[one.client][0]
            if one.type_code in past.ANSWERED_BY:
                model = "crm.lead" if one.type_code[0] == "3" else "project.task"
                vals[model][one] = self._demo_document_vals(one, name, self._demo_words(one, texts)[0])
            elif not one.question:
                found[one] = self._demo_record_of(one, name)
        for model, ours in vals.items():
            documents = self.env[model].with_context(mail_create_nolog=True).create(list(ours.values()))
            found |= dict(zip(ours, documents, strict=True))
        return found | {one: found[one.question] for one in planned if one.question}

    @api.model
    def _demo_record_of(self, one, name):
        """Return the document of a message that is not about a question."""
        return {
            "3": lambda: self._demo_ref(f"{name}_lead"),
            "4": lambda: self._demo_ref(name),
        }.get(one.type_code[0], lambda: self._demo_ref(f"{name}_task_{one.moment:%Y_%m}"))()

    @api.model
    def _demo_document_vals(self, one, name, subject):
        vals = {"name": subject, "partner_id": self._demo_ref(f"{name}_contact").id}
        if one.type_code[0] == "3":
            stage = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
            return {**vals, "type": "opportunity", "user_id": self._demo_ref("sales").id, "stage_id": stage.id}
        project = self._demo_ref(f"{name}_project")
        vals |= {"project_id": project.id, "user_ids": [Command.set(project.user_id.ids)], "state": "1_done"}
        return {**vals, "parent_id": self._demo_ref(f"{name}_task_{one.moment:%Y_%m}").id}

    @api.model
    def _demo_words(self, one, texts):
        """Return subject and text of a message; an answer takes them from its question."""
        variants = texts[(one.question or one).type_code]
        subject, body, reply = variants[one.number % len(variants)]
        return subject, reply if one.question else body

    @api.model
    def _demo_vals(self, one, record, texts):
        person = self._demo_ref(f"{people.CLIENTS[one.client][0]}_contact")
        is_incoming = one.type_code.split(".")[1] == "1"
        author = person if is_incoming else responsible(record, person).partner_id
        subject, body = self._demo_words(one, texts)
        return {
            "model": record._name,
            "res_id": record.id,
            "date": one.moment,
            "subject": subject,
            "body": paragraphs(self._demo_letter(record, person, author, one.moment, body)),
            "message_type": "email" if is_incoming else "comment",
            "subtype_id": self.env.ref("mail.mt_comment").id,
            "author_id": author.id,
            "email_from": author.email_formatted,
            "reply_to": author.email_formatted,
            "record_name": record.display_name,
            "partner_ids": [] if is_incoming else person.ids,
        }

    @api.model
    def _demo_choose(self, event, one):
        """Give an ``Event`` the planned type, as its writer or reader would have."""
        event.type_id = self.env["crm.interaction.type"]._by_code(one.type_code).id
        event.by_person = True
        event.duration = plan.DURATIONS[one.type_code[0]]
        if one.type_code == "2.1.1":
            event.polarity = "positive" if one.number or one.question else "negative"

    @api.model
    def _demo_ratings(self, months):
        """Rate a month-end closing every second month."""
        for number, stars in enumerate(RATED):
            task = self._demo_ref(f"{people.CLIENTS[number][0]}_task_{months[2 * number]:%Y_%m}")
            moment = datetime.combine(plan.working_days(months[2 * number + 1])[3], time(9, 15))
            values = {
                "res_model_id": self.env["ir.model"]._get_id(task._name),
                "res_id": task.id,
                "partner_id": task.partner_id.id,
                "rated_partner_id": task.user_ids.partner_id.id,
                "rating": stars,
                "consumed": True,
            }
            marked(self.env["rating.rating"].with_context(**QUIET), "interaction_date", moment).create(values)
