from datetime import datetime, timedelta

from odoo.tests.common import tagged

from .test_interaction_replay import ReplayCase

MONDAY = datetime(2026, 11, 2, 9)
NOVEMBER = {"date_from": "2026-11-01", "date_to": "2026-11-20"}


@tagged("post_install", "-at_install")
class TestMattersHistory(ReplayCase):
    """*Load History* builds the matters of the past, by document and time."""

    def past(self, hours, **vals):
        return self.post(date=MONDAY + timedelta(hours=hours), **vals)

    def test_history_builds_matters(self):
        self.env.company.resource_calendar_id = False
        incoming = {"author_id": self.contact.id, "message_type": "email"}
        self.past(0, **incoming, body="What about the VAT?")
        self.past(2, author_id=self.staff.partner_id.id, partner_ids=self.contact.ids, body="Here it is")
        self.past(240, **incoming, body="And the payroll?")
        self.replay(**NOVEMBER)
        matters = self.env["crm.interaction.matter"].search([("res_id", "=", self.task.id)], order="opened_on")
        self.assertEqual(matters.mapped("waiting"), ["nobody", "us"])
        self.assertEqual(matters.mapped("from_history"), [True, True])
        self.assertEqual(matters.mapped("interaction_count"), [2, 1])
        self.assertEqual(matters[0].turn_ids.mapped("side"), ["us"])
        self.assertEqual(matters[0].answered_on, MONDAY + timedelta(hours=2))
        before = matters.read(load=None)
        self.replay(**NOVEMBER)
        self.assertEqual(matters.read(load=None), before, "a second run adds nothing")

    def test_messages_in_another_order_give_the_same(self):
        incoming = {"author_id": self.contact.id, "message_type": "email"}
        self.past(2, author_id=self.staff.partner_id.id, partner_ids=self.contact.ids, body="Here it is")
        self.past(0, **incoming, body="What about the VAT?")
        self.replay(**NOVEMBER)
        matter = self.env["crm.interaction.matter"].search([("res_id", "=", self.task.id)])
        self.assertEqual((matter.waiting, matter.interaction_count), ("nobody", 2))

    def test_a_client_who_writes_again_waits_now(self):
        incoming = {"author_id": self.contact.id, "message_type": "email"}
        self.past(0, **incoming, body="What about the VAT?")
        self.replay(**NOVEMBER)
        matter = self.env["crm.interaction.matter"].search([("res_id", "=", self.task.id)])
        counted = self.env["crm.interaction.matter"].waiting_counts()["team"]
        self.assertTrue(matter.is_open and matter.from_history, "nobody is asked about it")
        self.task.with_env(self.env).message_post(**incoming, body="Hello?")
        self.assertEqual(matter.interaction_count, 2)
        self.assertFalse(matter.from_history)
        self.assertEqual(self.env["crm.interaction.matter"].waiting_counts()["team"], counted + 1)
