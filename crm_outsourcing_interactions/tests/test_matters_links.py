from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests.common import tagged

from ..models.events.event import Event
from ..models.matters.facts import Fact
from .common import ClientMailCase

MONDAY = datetime(2026, 11, 2, 9)
NOW = "2026-11-20 12:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMattersLinks(ClientMailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.write({"resource_calendar_id": False, "interaction_tz": "UTC"})
        cls.task = cls.make_task(project_id=cls.project.id, partner_id=cls.contact.id)

    def tearDown(self):
        pending = self.env["crm.interaction"]._everything().search([("matter_pending", "=", True)])
        self.assertFalse(pending, "a fault in finding matters would be hidden")
        super().tearDown()

    def message(self, code, day=0, hour=0, **values):
        """Capture a message some days and hours after Monday at nine, of the contact on the task."""
        values = {"partner": self.contact, "record": self.task, **values}
        return self.capture(MONDAY + timedelta(days=day, hours=hour), code=code, **values)

    def asked(self, *when, **values):
        return self.message("message_in", *when, **values)

    def said(self, *when, **values):
        return self.message("message_out", *when, **values)

    def test_message_of_the_client_opens_a_matter(self):
        question = self.asked()
        matter = question.matter_id
        self.assertRecordValues(
            matter,
            [
                {
                    "commercial_partner_id": self.client_company.id,
                    "partner_id": self.contact.id,
                    "asked_by": "client",
                    "waiting": "us",
                    "waiting_since": MONDAY,
                    "due": MONDAY + timedelta(hours=9),
                    "is_open": True,
                    "late": True,
                    "interaction_count": 1,
                    "res_model": "project.task",
                }
            ],
        )
        self.assertEqual(question.matter_link, {"code": "matter_new"})

    def test_type_that_expects_no_answer_opens_none(self):
        self.assertFalse(self.asked(type_code="4.1.1").matter_id)
        self.assertFalse(self.said().matter_id)
        self.assertFalse(self.asked(type_code="2.1.1", polarity="positive").matter_id)
        self.assertEqual(self.said(1, type_code="1.2.2").matter_id.waiting, "client")

    def test_confident_suggestion_opens_perhaps(self):
        model = self.env["crm.interaction.matter"]
        facts = {"client_id": 7, "company_id": self.company.id, "type_id": self.type_("4.1.1").id}

        def expects(percent):
            fact = Fact(MONDAY, "incoming", why={"code": "learnt", "percent": percent}, **facts)
            return model._expectations(self.company).expects(fact)

        self.assertEqual((expects(95), expects(60)), (None, True))

    def test_the_only_open_matter_on_the_document(self):
        question, answer = self.asked(), self.said(0, 2)
        self.assertEqual(answer.matter_id, question.matter_id)
        self.assertEqual(answer.matter_link, {"code": "matter_document"})
        self.assertRecordValues(
            answer.matter_id, [{"waiting": "nobody", "closed_how": "answered", "late": False, "interaction_count": 2}]
        )
        self.assertEqual(answer.matter_id.turn_ids.mapped("hours"), [2.0])
        self.assertNotEqual(self.asked(1).matter_id, question.matter_id)

    def test_matter_on_the_client_itself_is_proposed_only(self):
        question = self.asked(record=self.contact)
        answer = self.said(1, record=self.contact)
        self.assertFalse(answer.matter_id)
        self.assertEqual(answer.proposed_matter_id, question.matter_id)
        self.assertEqual(question.matter_id.waiting, "us", "a proposal closes nothing")
        self.assertFalse(self.said(16, record=self.contact).proposed_matter_id, "ten working days later")

    def test_reply_finds_its_matter_among_several(self):
        first = self.receive(subject="One")
        task = self.env["project.task"].browse(first)
        question = self.captured(task)
        self.assertEqual(question.matter_id.waiting, "us")
        other = self.asked(1, record=task, polarity="negative", type_code="2.1.1")
        self.assertNotEqual(other.matter_id, question.matter_id, "a complaint begins its own")
        task.with_user(self.staff).message_post(
            body="Here it is",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.contact.ids,
            parent_id=question.message_id.id,
        )
        answer = self.captured(task).filtered(lambda i: i.direction == "outgoing")
        self.assertEqual((answer.reply_to_id, answer.matter_id), (question, question.matter_id))
        self.assertEqual(answer.matter_link, {"code": "matter_reply"})
        self.assertEqual((other.matter_id.waiting, question.matter_id.waiting), ("us", "nobody"))
        reply = f"In-Reply-To: {answer.message_id.message_id}\n"
        self.receive(key="again", headers=reply, date="Date: Thu, 19 Nov 2026 09:00:00 +0000\n")
        self.assertEqual(question.matter_id.reopened, 0, "the parent mail was dated now")
        self.assertEqual(question.matter_id.interaction_count, 3)

    def test_parent_chosen_by_odoo_is_no_reply(self):
        self.asked()
        self.task.with_user(self.staff).message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=self.contact.ids
        )
        self.assertFalse(self.captured(self.task).reply_to_id)

    def test_message_on_a_later_day_reopens_by_reply_within_14_days(self):
        question = self.asked()
        answer = self.said(1)
        matter, parent_id = question.matter_id, self.parent_of(answer)
        with freeze_time("2026-12-30"):
            self.assertEqual(self.asked(14, reply_to=parent_id).matter_id, matter)
            self.said(15, reply_to=parent_id)
            self.assertEqual((matter.reopened, matter.waiting), (1, "nobody"))
            self.assertNotEqual(self.asked(40, reply_to=parent_id).matter_id, matter)

    def parent_of(self, interaction):
        """Return the id of a message that an interaction was made of."""
        message = self.env["mail.message"].create({"model": "project.task", "res_id": self.task.id, "body": "x"})
        interaction._by_code().message_id = message
        self.env.flush_all()
        return message.id

    def test_other_client_on_the_same_document_is_another_matter(self):
        director = self.make_contact(parent_id=self.make_client(name="Beta").id, email="director@x.example.com")
        self.assertNotEqual(self.asked().matter_id, self.asked(1, partner=director).matter_id)

    def test_automatic_message_answers_nothing(self):
        question = self.asked()
        self.assertEqual(self.said(1, unattended=True).matter_id, question.matter_id)
        self.assertEqual(question.matter_id.waiting, "us")

    def test_call_logged_by_hand_answers(self):
        question = self.asked()
        self.log(partner_id=self.contact.id, type_id=self.type_("1.1.3").id, date=MONDAY + timedelta(days=1))
        self.assertEqual(question.matter_id.waiting, "us", "it may be about something else")
        call = self.log(
            partner_id=self.contact.id,
            type_id=self.type_("1.1.3").id,
            date=MONDAY + timedelta(days=1),
            res_model="project.task",
            res_id=self.task.id,
        )
        self.assertEqual(call.matter_id, question.matter_id)
        self.assertEqual((call.matter_id.waiting, call.matter_id.answered_on), ("nobody", call.date))

    def test_retyped_ignored_restored(self):
        question, answer = self.asked(), self.said(1)
        matter = question.matter_id
        answer.write({"state": "ignored"})
        self.assertEqual((matter.waiting, matter.interaction_count), ("us", 1))
        answer.write({"state": "to_review"})
        self.assertEqual((matter.waiting, matter.interaction_count), ("nobody", 2))
        question.write({"type_id": self.type_("4.1.1").id})
        self.assertEqual((matter.closed_how, matter.asked_by, matter.answer_due), ("no_answer", False, False))
        question.write({"type_id": self.type_("1.1.2").id})
        self.assertEqual((matter.closed_how, matter.type_id.code), ("answered", "1.1.2"))
        (question | answer).write({"state": "ignored"})
        self.assertFalse(matter.active)
        question.write({"state": "to_review"})
        self.assertEqual((matter.active, matter.waiting), (True, "us"))

    def test_type_that_expects_an_answer_opens_one_later(self):
        request = self.said(type_code="1.2.1")
        request.write({"type_id": self.type_("1.2.2").id})
        self.assertEqual(request.matter_id.waiting, "client")

    def test_another_client_takes_the_interaction_away(self):
        question, answer = self.asked(), self.said(1)
        matter, beta = question.matter_id, self.make_client(name="Beta")
        answer._by_code().write({"partner_id": beta.id})
        self.assertEqual((matter.waiting, answer.matter_id), ("us", self.env["crm.interaction.matter"]))
        question._by_code().write({"partner_id": beta.id})
        self.assertEqual((question.matter_id, matter.commercial_partner_id), (matter, beta))

    def test_deleted_interaction_leaves(self):
        question, answer = self.asked(), self.said(1)
        answer._by_code().unlink()
        self.assertEqual(question.matter_id.waiting, "us")
        matter = question.matter_id
        question._by_code().unlink()
        self.assertFalse(matter.exists())

    def test_same_message_twice_counts_once(self):
        event = {"record": self.task, "company": self.company, "partner": self.contact, "date": MONDAY}
        for _number in range(2):
            events = [Event("message_in", key="<same@x>", **event)] * 2
            self.env["crm.interaction.pipeline"]._run(events)
        [question] = self.captured(self.task)
        self.assertEqual(question.matter_id.interaction_count, 1)
        self.assertEqual(self.env["crm.interaction.matter"].search_count([]), 1)

    def test_changed_calendar_moves_only_due_dates_ahead(self):
        late, early = self.asked(), self.asked(18, 2, record=self.make_task(partner_id=self.contact.id))
        dues = late.matter_id.due, early.matter_id.due
        self.assertEqual(dues, (MONDAY + timedelta(hours=9), datetime(2026, 11, 23, 11)))
        self.company.resource_calendar_id = self.env["resource.calendar"].create(
            {"name": "Office", "tz": "UTC", "schedule_type": "flexible"}
        )
        self.env["resource.calendar.leaves"].create(
            {"name": "Holiday", "date_from": "2026-11-23", "date_to": "2026-11-24", "calendar_id": False}
        )
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60):
            self.env["crm.interaction.matter"]._cron_update()
        self.assertEqual(late.matter_id.due, dues[0])
        self.assertGreater(early.matter_id.due, dues[1])

    def test_nobody_writes_what_is_derived(self):
        matter = self.asked().matter_id
        for user in (self.staff, self.manager):
            with self.assertRaises(AccessError):
                matter.with_user(user).write({"waiting": "nobody"})
        with self.assertRaises(AccessError):
            matter.sudo().write({"waiting": "nobody"})
        with self.assertRaises(AccessError):
            matter.interaction_ids.with_user(self.manager).write({"matter_id": False})

    def test_matters_are_seen_like_interactions(self):
        matter = self.asked().matter_id
        matters = self.env["crm.interaction.matter"]
        self.assertFalse(matters.with_user(self.staff).search([("id", "=", matter.id)]))
        self.assertTrue(matters.with_user(self.manager).search([("id", "=", matter.id)]))
        self.client_company.interaction_accountant_id = self.staff
        self.assertTrue(matters.with_user(self.staff).search([("id", "=", matter.id)]))
        self.assertIn("Alfa", matter.display_name)
        self.assertNotIn("Month end", matter.display_name)
