from datetime import datetime

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestMattersSettings(InteractionCase):
    def test_seeded_types_that_expect_an_answer(self):
        expecting = self.env["crm.interaction.type"].search([("expects_answer", "=", True)])
        codes = {"1.1.2", "1.1.3", "1.2.2", "1.2.3", "2.1.1", "2.2.1", "3.1.1"}
        self.assertEqual(set(expecting.mapped("code")), codes, "offers and invoices are switched on by the firm")
        self.assertTrue(all(expecting.mapped("response_hours")))

    def test_usual_answers_have_the_other_direction(self):
        answered = self.env["crm.interaction.type"].search([("closed_by_ids", "!=", False)])
        self.assertTrue(answered)
        for type_ in answered:
            self.assertNotIn(type_.direction, type_.closed_by_ids.mapped("direction"))

    def test_usual_answers_are_told_from_others(self):
        client = self.make_client(user_id=self.staff.id)
        tasks = [self.make_task(partner_id=client.id) for _number in range(3)]
        for day, task, answer in zip((9, 10, 11), tasks, ("1.2.4", "1.2.2", None), strict=True):
            values = {"partner": client, "record": task}
            self.capture(datetime(2026, 11, day, 7), code="message_in", type_code="1.1.3", **values)
            if answer:
                self.capture(datetime(2026, 11, day, 8), type_code=answer, **values)
        matters = self.env["crm.interaction.matter"].with_user(self.staff)
        usual, other, unanswered = (
            matters.search([("res_model", "=", "project.task"), ("res_id", "=", task.id)]) for task in tasks
        )
        own = [("commercial_partner_id", "=", client.id)]
        self.assertEqual((usual | other | unanswered).mapped("has_usual_answer"), [True, False, False])
        self.assertEqual(matters.search([*own, ("has_usual_answer", "=", True)]), usual)
        self.assertEqual(matters.search([*own, ("has_usual_answer", "=", False)], order="id"), other | unanswered)
        usual.interaction_ids.filtered(lambda row: row.direction == "outgoing").type_id = self.type_("1.2.3")
        self.env.invalidate_all()
        self.assertFalse(usual.has_usual_answer)

    def test_changed_expectations_apply_at_once(self):
        invoice = self.type_("4.2.2")
        self.assertEqual(invoice._expectations()[invoice.id], (False, 0))
        invoice.write({"expects_answer": True, "response_hours": 40})
        self.assertEqual(invoice._expectations()[invoice.id], (True, 40))

    def test_own_response_times_apply_at_once(self):
        client, clients = self.make_client(), self.env["res.partner"]
        self.assertNotIn(client.id, clients._interaction_response_hours())
        client.interaction_response_hours = 4
        self.assertEqual(clients._interaction_response_hours()[client.id], 4)
        other = self.make_client(interaction_response_hours=2)
        self.assertEqual(clients._interaction_response_hours()[other.id], 2)
        services = self.env["crm.interaction.service"]
        service = services.create({"name": "Payroll of Mars", "response_hours": 3})
        self.assertEqual(services._response_hours()[service.id], 3)

    def test_only_managers_agree_on_response_times(self):
        client = self.make_client()
        with self.assertRaises(AccessError):
            client.with_user(self.staff).interaction_response_hours = 1

    @mute_logger("odoo.sql_db")
    def test_impossible_response_times_are_refused(self):
        for value in (-1, 1001, float("nan")):
            with self.subTest(value=value), self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self.env.company.interaction_response_hours = value
                self.env.flush_all()


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestMattersAcknowledgingRules(InteractionCase):
    """A rule with certainty marks our messages as acknowledgements."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"resource_calendar_id": False, "interaction_tz": "Pacific/Auckland"})
        cls.alfa = cls.make_client(email="office@alfa.example.com", interaction_accountant_id=cls.staff.id)
        cls.task = cls.make_task(partner_id=cls.alfa.id, user_ids=cls.staff.ids)
        values = {"name": "Receipt", "event": "message_out", "words": "received your message", "sequence": 1}
        rules = cls.env["crm.interaction.rule"].with_user(cls.manager)
        cls.rule = rules.create(
            {**values, "type_id": cls.type_("4.2.1").id, "confirms": True, "is_acknowledgement": True}
        )
        cls.question = cls.capture(datetime(2026, 11, 2, 8), code="message_in", record=cls.task, partner=cls.alfa)

    def post(self, author=None, **values):
        task = self.task.with_user(self.staff)
        if author:
            task, values = self.task.sudo(), {"author_id": author.id, **values}
        task.message_post(
            body="We have received your message",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.alfa.ids,
            **values,
        )
        return self.captured(self.task).sorted("id")[-1]

    def test_receipt_is_dated_and_stops_nothing(self):
        for author in (None, self.env.ref("base.partner_root")):
            receipt, matter = self.post(author), self.question.matter_id
            self.assertEqual((receipt.rule_id, receipt.matter_id, receipt.state), (self.rule, matter, "confirmed"))
            self.assertEqual((receipt.matter_mark, receipt.matter_marked_by_id.id), ("acknowledgement", False))
            self.assertRecordValues(matter, [{"waiting": "us", "acknowledged_on": datetime(2026, 11, 2, 9)}])
            receipt.write({"state": "ignored"})
            self.assertFalse(matter.acknowledged_on)

    def test_word_of_a_person_is_final(self):
        receipt = self.post()
        receipt.with_user(self.staff).mark_matter(False)
        self.assertEqual((receipt.matter_mark, self.question.matter_id.waiting), (False, "nobody"))
        receipt.with_user(self.staff).mark_matter("question_back")
        self.assertEqual(self.question.matter_id.waiting, "client")
        typed = self.post(interaction_type_id=self.type_("1.2.1").id)
        self.assertFalse(typed.matter_mark, "the writer has chosen another type")

    def test_type_of_a_person_outweighs_the_mark_of_a_rule(self):
        receipt, matter = self.post(), self.question.matter_id
        receipt.with_user(self.staff).tag({"type_id": self.type_("1.2.1").id})
        self.assertRecordValues(matter, [{"waiting": "nobody", "acknowledged_on": False}])
        receipt.with_user(self.staff).tag({"type_id": self.type_("1.2.2").id})
        self.assertEqual(matter.waiting, "client")
        receipt.with_user(self.staff).mark_matter("acknowledgement")
        self.assertEqual(matter.waiting, "us", "a person's mark stays")

    def test_type_that_asks_is_no_acknowledgement(self):
        self.type_("4.2.1").write({"expects_answer": True, "response_hours": 4})
        self.post()
        self.assertEqual(self.question.matter_id.waiting, "client")

    def test_suggestion_marks_nothing(self):
        self.rule.confirms = False
        self.assertFalse(self.rule.is_acknowledgement)
        self.rule.is_acknowledgement = True
        self.assertEqual((self.post().matter_mark, self.question.matter_id.waiting), (False, "nobody"))

    def test_question_of_ours_is_no_acknowledgement(self):
        with self.assertRaisesRegex(ValidationError, "expects an answer"):
            self.rule.type_id = self.type_("1.2.2")
