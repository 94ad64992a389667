from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command, fields
from odoo.tests.common import tagged

from .common import InteractionCase

MONDAY = fields.Datetime.to_datetime("2026-11-02 10:00:00")
FRIDAY_EVENING = MONDAY + timedelta(days=4, hours=8)
HALF_AN_HOUR = timedelta(minutes=30)


@tagged("post_install", "-at_install")
class TestCasesOnce(InteractionCase):
    """The cases “Once”: each event with the number of interactions that it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_accounting()
        cls.alfa, cls.beta = cls.make_client(name="Alfa"), cls.make_client(name="Beta")
        cls.anna = cls.make_contact(name="Anna", parent_id=cls.alfa.id, email="anna@client.example.com")
        cls.boris = cls.make_contact(name="Boris", parent_id=cls.beta.id, email="boris@beta.example.com")
        cls.task = cls.make_task(partner_id=cls.anna.id, user_ids=cls.staff.ids)

    def logged(self, record=None):
        """Return what counts, by default of all documents."""
        domain = [("res_model", "=", record._name), ("res_id", "in", record.ids)] if record else []
        return self.env["crm.interaction"].search([*domain, ("event", "!=", False)], order="id")

    def codes(self, record):
        return self.logged(record).mapped("type_id.code")

    # --- meetings

    def at(self, moment):
        """Make ``moment`` (datetime) the time for the rest of the test, that of the database included."""
        self.env.flush_all()
        for patcher in (freeze_time(moment), patch.object(type(self.env.cr), "now", lambda _cr: moment)):
            patcher.start()
            self.addCleanup(patcher.stop)

    def hold(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60):
            self.env["calendar.event"]._cron_capture_meetings()
        self.env.invalidate_all()
        return len(self.logged())

    def series(self):
        """Return the first two of a daily series of six, five of which were held and logged."""
        self.at(MONDAY - timedelta(days=1))
        rule = {"recurrency": True, "rrule_type": "daily", "interval": 1, "end_type": "count", "count": 6}
        people = self.staff.partner_id | self.anna
        first = self.env["calendar.event"].with_context(no_mail_to_attendees=True, dont_notify=True).create(
            {
                **rule,
                "name": "Review",
                "start": MONDAY,
                "stop": MONDAY + timedelta(hours=1),
                "user_id": self.staff.id,
                "partner_ids": [Command.set(people.ids)],
            }
        )  # fmt: skip
        self.at(FRIDAY_EVENING)
        self.assertEqual(self.hold(), 5)
        return first.recurrence_id.calendar_event_ids.sorted("start")[:2]

    def test_series_made_nine_long(self):
        first, _second = self.series()
        first.write({"recurrence_update": "all_events", "count": 9})
        self.assertEqual(self.hold(), 5)

    def test_series_moved_from_the_second_on(self):
        _first, second = self.series()
        later = {"start": second.start + HALF_AN_HOUR, "stop": second.stop + HALF_AN_HOUR}
        second.write({"recurrence_update": "future_events", **later})
        self.assertEqual(self.hold(), 5)

    # --- ratings, merged clients

    def test_rating_of_five_then_one(self):
        token = self.task._rating_get_access_token()
        visitor = self.task.with_user(self.env.ref("base.public_user")).sudo()
        for value in (5, 1):
            visitor.rating_apply(value, token=token)
        expected = [{"type_id": self.type_("2.1.1").id, "polarity": "negative", "rating_value": 1}]
        self.assertRecordValues(self.logged(self.task), expected)

    def test_type_of_a_person_survives_the_merge(self):
        kwargs = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        both = (self.anna | self.boris).ids
        self.task.with_user(self.staff).message_post(body="The declaration is filed", partner_ids=both, **kwargs)
        self.assertEqual(self.logged(self.task).commercial_partner_id, self.alfa | self.beta)
        of_beta = self.logged(self.task).filtered(lambda i: i.commercial_partner_id == self.beta)
        of_beta.with_user(self.manager).tag({"type_id": self.type_("1.2.2").id})
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard.create({"partner_ids": (self.alfa | self.beta).ids, "dst_partner_id": self.alfa.id}).action_merge()
        self.env.invalidate_all()
        expected = {"type_id": self.type_("1.2.2").id, "classified_by": "person", "commercial_partner_id": self.alfa.id}
        self.assertRecordValues(self.logged(self.task), [expected])

    # --- invoices

    def test_invoice_given_to_another_client(self):
        invoice = self.make_invoice(partner_id=self.alfa.id)
        invoice.action_post()
        invoice.button_draft()
        invoice.partner_id = self.beta
        invoice.action_post()
        self.assertEqual(self.logged(invoice).commercial_partner_id, self.beta)
        self.assertEqual(self.codes(invoice), ["4.2.2"])

    def test_batch_with_a_client_without_address(self):
        self.env.company.interaction_log_invoice = "sent"
        self.alfa.email, self.beta.email = "office@client.example.com", False
        invoices = self.make_invoice(partner_id=self.alfa.id) | self.make_invoice(partner_id=self.beta.id)
        invoices.action_post()
        self.env["account.move.send"]._generate_and_send_invoices(invoices, sending_methods={"email"})
        self.assertEqual(self.logged(invoices).commercial_partner_id, self.alfa)
        self.assertEqual(self.codes(invoices), ["4.2.2"])

    # --- messages

    def test_delayed_message_undone_before_it_left(self):
        kwargs = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment", "partner_ids": self.anna.ids}
        later = fields.Datetime.now() + timedelta(seconds=30)
        message = self.task.with_user(self.staff).message_post(body="Hello", scheduled_date=later, **kwargs)
        message.sudo().unlink()
        self.assertFalse(self.env["mail.message.schedule"].search([]))
        self.assertFalse(self.logged(self.task))
