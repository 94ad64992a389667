from datetime import timedelta

from odoo import fields

from ..models.capture.history.messages import message_events
from .common import InteractionCase


class UnsentCase(InteractionCase):
    """Set up a client with two contacts, one with a mail address and one without."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client()
        cls.contact = cls.make_contact(parent_id=cls.client_company.id)
        cls.nobody = cls.make_contact(name="Boris", parent_id=cls.client_company.id, email=False)
        cls.task = cls.make_task(partner_id=cls.contact.id)

    def post(self, people, record=None, **kwargs):
        defaults = {"body": "Hello", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        record = record or self.task.with_user(self.staff)
        return record.message_post(**{**defaults, "partner_ids": people.ids, **kwargs}).sudo()

    def template(self, **vals):
        defaults = {
            "name": "Month end",
            "model_id": self.env["ir.model"]._get_id("project.task"),
            "subject": "Month end",
            "use_default_to": False,
            "partner_to": "{{ object.partner_id.id }}",
        }
        return self.env["mail.template"].create({**defaults, **vals}).with_user(self.staff)

    def history(self, message):
        """Return the partners with whom the history takes a message for a contact."""
        return self.env["res.partner"].union(*(event.partner for event in self.history_events(message)))

    def history_events(self, message):
        self.env.flush_all()
        start, end = fields.Datetime.now() - timedelta(days=2), fields.Datetime.now() + timedelta(days=2)
        events, _last, _read = message_events(self.env, after=message.id - 1, size=1, start=start, end=end)
        return [event for event in events if event.message_id == message.id]

    def assert_contact(self, message, partner, record=None):
        """Assert that a message is a contact with ``partner``, one or none, live and in the history."""
        self.assertEqual(self.captured(record or self.task).partner_id, partner)
        self.assertEqual(self.history(message), partner)
