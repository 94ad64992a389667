from odoo.exceptions import ValidationError
from odoo.tests.common import tagged

from ..models.events.marks import marked
from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestClassificationScope(InteractionCase):
    """Test that requests within the contract are production, and others additional services."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client()
        cls.contact = cls.make_contact(parent_id=cls.client_company.id)
        cls.payroll = cls.env.ref("crm_outsourcing_interactions.service_payroll")
        cls.tax = cls.env.ref("crm_outsourcing_interactions.service_tax")
        cls.task = cls.make_task(partner_id=cls.contact.id)

    def agree(self, service, coverage="included", **vals):
        defaults = {"partner_id": self.client_company.id, "service_id": service.id, "coverage": coverage}
        return self.env["crm.interaction.scope"].create({**defaults, **vals})

    def request(self, text="A question on payroll", task=None):
        message = (task or self.task).message_post(
            body=text, author_id=self.contact.id, message_type="email", subtype_xmlid="mail.mt_comment"
        )
        return self.env["crm.interaction"].search([("message_id", "=", message.id)])

    def test_without_any_scope_the_rules_decide(self):
        self.assertEqual(self.request().type_id.code, "1.1.2")

    def test_included_service_is_production(self):
        self.agree(self.payroll)
        request = self.request()
        self.assertEqual((request.type_id.code, request.service_id), ("1.1.2", self.payroll))

    def test_optional_excluded_or_missing_service_is_additional(self):
        self.agree(self.tax)
        self.assertEqual(self.request().type_id.code, "3.1.1")
        for coverage in ("optional", "excluded"):
            with self.subTest(coverage=coverage):
                self.env["crm.interaction.scope"].search([("service_id", "=", self.payroll.id)]).unlink()
                self.agree(self.payroll, coverage)
                request = self.request()
                self.assertEqual((request.type_id.code, request.kind_id.code), ("3.1.1", "3"))

    def confirm_by_rule(self):
        """Have the rule of such requests confirm them, as a firm does that trusts it."""
        self.request().rule_id.confirms = True
        self.env["crm.interaction"].search([])._by_code().unlink()
        self.env["mail.message"].search([("model", "=", "project.task"), ("res_id", "=", self.task.id)]).unlink()

    def test_request_over_the_limit_is_additional(self):
        self.confirm_by_rule()
        self.agree(self.payroll, monthly_limit=2)
        self.assertEqual([self.request().type_id.code for _i in range(3)], ["1.1.2", "1.1.2", "3.1.1"])

    def test_requests_to_review_do_not_use_up_the_limit(self):
        self.agree(self.payroll, monthly_limit=2)
        requests = self.env["crm.interaction"].union(*(self.request() for _i in range(3)))
        self.assertEqual(set(requests.mapped("type_id.code")), {"1.1.2"})
        self.assertEqual(set(requests.mapped("state")), {"to_review"})
        self.assertNotIn("limit", requests[1].reason)
        self.assertIn("limit of 2 a month: earlier requests confirmed: 0, to review: 2", requests[2].reason)
        requests[0].action_confirm()
        self.assertIn("earlier requests confirmed: 1, to review: 2", self.request().reason)
        requests[1].write({"state": "ignored"})
        requests[2].action_confirm()
        self.assertEqual(self.request().type_id.code, "3.1.1")

    def test_a_rule_does_not_confirm_what_may_exceed_the_limit(self):
        self.agree(self.payroll, monthly_limit=1)
        first = self.request()
        first.rule_id.confirms = True
        second = self.request()
        self.assertEqual((second.type_id.code, second.state), ("1.1.2", "to_review"))
        self.assertIn("earlier requests confirmed: 0, to review: 1", second.reason)
        first.action_confirm()
        self.assertEqual(self.request().type_id.code, "3.1.1")

    def test_unreviewed_batch_does_not_use_up_the_limit(self):
        self.agree(self.payroll, monthly_limit=1)
        for _number in range(3):
            self.request(task=marked(self.task, "interaction_skip"))
        self.replay("capture")
        requests = self.env["crm.interaction"].search([("event", "=", "message_in")], order="id")
        self.assertEqual(requests.mapped("type_id.code"), ["1.1.2"])
        self.assertIn("earlier requests confirmed: 0, to review: 2", requests[2].reason)

    def replay(self, mode, **values):
        replay = self.env["crm.interaction.replay"].create({"mode": mode, **values})
        replay.action_run()
        while replay.state == "running":
            replay._run_batch()

    def test_unknown_service_is_to_review(self):
        self.agree(self.payroll)
        request = self.request("Could you help?")
        self.assertEqual((request.type_id.code, request.state), ("1.1.2", "to_review"))
        self.assertIn("Service unclear", request.reason)

    def test_project_tells_the_service(self):
        self.agree(self.payroll)
        project = self.make_project(interaction_service_id=self.payroll.id)
        task = self.make_task(project_id=project.id, partner_id=self.contact.id)
        self.assertEqual(self.request("Could you help?", task).service_id, self.payroll)

    def test_ended_scope_is_outside(self):
        self.agree(self.payroll, date_to="2020-12-31")
        self.assertEqual(self.request().type_id.code, "3.1.1")

    def test_overlapping_scopes_are_refused(self):
        self.agree(self.payroll, date_to="2026-06-30")
        self.agree(self.payroll, date_from="2026-07-01")
        with self.assertRaisesRegex(ValidationError, "same days"):
            self.agree(self.payroll, date_from="2026-01-01", date_to="2026-01-31")

    def test_staff_read_the_scope_and_managers_write_it(self):
        scope = self.agree(self.payroll)
        self.assertFalse(scope.with_user(self.staff).has_access("read"))
        self.client_company.user_id = self.staff
        self.assertTrue(scope.with_user(self.staff).has_access("read"))
        self.assertFalse(scope.with_user(self.staff).has_access("write"))
        self.assertTrue(scope.with_user(self.manager).has_access("write"))

    def test_limit_holds_within_a_batch_and_on_reapplied_rules(self):
        self.confirm_by_rule()
        self.agree(self.payroll, monthly_limit=2)
        task = marked(self.task, "interaction_skip")
        for _number in range(4):
            self.request(task=task)
        for mode in ("capture", "reclassify"):
            with self.subTest(mode=mode):
                self.replay(mode)
                requests = self.env["crm.interaction"].search([("event", "=", "message_in")], order="id")
                self.assertEqual([r.type_id.code for r in requests], ["1.1.2", "1.1.2", "3.1.1", "3.1.1"])

    def test_month_of_the_limit_is_that_of_the_company(self):
        self.confirm_by_rule()
        self.env.company.interaction_tz = "Asia/Tokyo"
        self.agree(self.payroll, monthly_limit=1)
        for moment in ("2026-09-15 12:00:00", "2026-09-30 16:00:00", "2026-10-10 12:00:00"):
            task = marked(self.task, "interaction_skip")
            message = task.message_post(
                body="A question on payroll",
                author_id=self.contact.id,
                message_type="email",
                subtype_xmlid="mail.mt_comment",
            )
            message.date = moment
        self.env.flush_all()
        self.replay("capture", date_from="2026-09-01", date_to="2026-10-31")
        requests = self.env["crm.interaction"].search([("event", "=", "message_in")], order="date")
        self.assertEqual([r.type_id.code for r in requests], ["1.1.2", "1.1.2", "3.1.1"])

    def test_later_request_of_a_batch_uses_up_nothing(self):
        """Imported mail is not in the order of its dates."""
        self.confirm_by_rule()
        self.agree(self.payroll, monthly_limit=1)
        for moment in ("2026-09-20 12:00:00", "2026-09-10 12:00:00"):
            self.request(task=marked(self.task, "interaction_skip"))
            self.task.message_ids[0].date = moment
        self.env.flush_all()
        self.replay("capture", date_from="2026-09-01", date_to="2026-09-30")
        requests = self.env["crm.interaction"].search([("event", "=", "message_in")], order="date")
        self.assertEqual([(r.date.day, r.type_id.code) for r in requests], [(10, "1.1.2"), (20, "1.1.2")])
