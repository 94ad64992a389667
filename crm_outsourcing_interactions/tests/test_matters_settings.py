from datetime import datetime

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
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
