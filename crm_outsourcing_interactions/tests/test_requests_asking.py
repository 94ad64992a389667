import doctest

from odoo.exceptions import AccessError, UserError
from odoo.tests.common import tagged

from ..models.requests import asked_lines
from .common import STAFF
from .requests_common import RequestCase


@tagged("post_install", "-at_install")
class TestRequestAsking(RequestCase):
    """Test that a message which asks for documents becomes items."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant.group_ids += cls.env.ref("project.group_project_user")
        task = cls.make_task(partner_id=cls.ivan.id, user_ids=cls.accountant.ids)
        cls.message = task.with_user(cls.accountant).message_post(
            body="<p>Hello, please send:</p><ul><li>the act of reconciliation</li><li>waybills</li></ul>",
            body_is_html=True,
            partner_ids=cls.ivan.ids,
            subtype_xmlid="mail.mt_comment",
        )

    def asking(self, user=None, **vals):
        model = self.env["crm.interaction.request.asking"].with_user(user or self.accountant)
        return model.create({"message_id": self.message.id, "period": "2026-10-01", **vals})

    def test_examples(self):
        result = doctest.testmod(asked_lines)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    def test_lines_become_items_of_the_open_list(self):
        asking = self.asking()
        self.assertEqual((asking.client_id, asking.partner_id, asking.list_id), (self.vector, self.ivan, self.list))
        self.assertEqual(asking.documents, "The act of reconciliation\nWaybills")
        asking.action_ask()
        added = self.list.item_ids[2:]
        self.assertEqual(added.mapped("name"), ["The act of reconciliation", "Waybills"])
        self.assertEqual((added.partner_id, set(added.mapped("state"))), (self.ivan, {"open"}))

    def test_items_are_due_with_their_list(self):
        self.list.due = "2026-11-10"
        self.asking().action_ask()
        self.assertEqual([str(item.due) for item in self.list.item_ids[2:]], ["2026-11-10"] * 2)

    def test_period_is_that_of_the_list_to_which_the_message_belongs(self):
        quarter = self.make_list(period="2026-07-01", period_length="quarter")
        message = quarter.with_user(self.accountant).message_post(body="Please send the act", partner_ids=self.ivan.ids)
        asking = (
            self.env["crm.interaction.request.asking"].with_user(self.accountant).create({"message_id": message.id})
        )
        self.assertEqual((str(asking.period), asking.period_length, asking.list_id), ("2026-07-01", "quarter", quarter))

    def test_list_is_made_when_there_is_none(self):
        action = self.asking(period="2026-11-15").action_ask()
        made = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual((str(made.period), made.state, made.item_count), ("2026-11-01", "open", 2))
        self.assertEqual(self.list.item_count, 2)

    def test_nothing_is_asked_without_a_line(self):
        with self.assertRaisesRegex(UserError, "one per line"):
            self.asking(documents=" \n").action_ask()

    def test_message_of_others_stays_hidden(self):
        stranger = self.make_staff(login="other.user", groups=STAFF.partition(",")[0])
        with self.assertRaises(AccessError):
            self.asking(stranger)

    def test_confidential_documents_are_recognised(self):
        services = self.env["crm.interaction.service"]
        accounting = self.env.ref("crm_outsourcing_interactions.service_accounting")
        confidential = (
            "Расчётные листки", "расчетный лист Петрова", "Payslips", "Pay slip of Petrov", "Зарплатная ведомость",
            "ведомость зарплаты", "Больничные", "больничный лист", "Кадровые документы", "Salaries for October",
            "Sick leave certificate", "Справка 2-НДФЛ", "листок нетрудоспособности", "Заработная плата за октябрь",
            "Налоги с зарплаты", "wages of the drivers",
        )  # fmt: skip
        for text in confidential:
            with self.subTest(text):
                self.assertTrue(services._of_documents(text, services).is_confidential)
                self.assertTrue(services._of_documents(text, accounting).is_confidential)
        for text in ("Акт сверки", "Bank statement", "Ведомость ОС", "Лист согласования"):
            with self.subTest(text):
                self.assertEqual(services._of_documents(text, accounting), accounting)

    def test_lines_of_payroll_are_confidential(self):
        self.asking(documents="Act\nPayslips").action_ask()
        self.assertEqual(self.list.item_ids[2:].mapped("service_id.is_confidential"), [True])
        self.assertFalse(self.list.item_ids[2].service_id)
