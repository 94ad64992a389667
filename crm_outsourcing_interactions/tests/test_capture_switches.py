from odoo.tests.common import tagged

from odoo.addons.crm_outsourcing_interactions.models.events.event import EVENTS, Event

from .common import InteractionCase

ALWAYS = {"automation", "documents_handed_over"}
"""Events without a switch: automations and request lists are themselves a firm's choice."""


@tagged("post_install", "-at_install")
class TestCaptureSwitches(InteractionCase):
    """Test that the company's switch of each event turns logging off."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.make_contact(parent_id=cls.make_client().id)
        cls.task = cls.make_task(partner_id=cls.contact.id)

    def log_event(self, code, key):
        event = Event(code, self.task, key, company=self.env.company, date=self.env.cr.now(), partner=self.contact)
        return len(self.env["crm.interaction.pipeline"]._run([event]))

    def switch(self, code, on):
        settings = {f"interaction_log_{code}": on}
        if code.startswith("invoice_") and code != "invoice_paid":
            settings = {"interaction_log_invoice": code.removeprefix("invoice_") if on else "never"}
        elif code.startswith("credit_note_"):
            moment = code.removeprefix("credit_note_")
            settings = {"interaction_log_credit_note": on, "interaction_log_invoice": moment}
        self.env.company.write(settings)

    def test_every_event_is_logged_when_on_and_not_when_off(self):
        for code, _label in EVENTS:
            if code in ALWAYS:
                continue
            for on in (True, False):
                with self.subTest(code=code, on=on):
                    self.switch(code, on)
                    self.assertEqual(self.log_event(code, f"{code},{on}"), int(on))

    def test_switches_are_the_companys_own(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        self.env.company.interaction_log_message_in = False
        self.assertTrue(other._interaction_settings()["interaction_log_message_in"])
        self.assertFalse(self.env.company._interaction_settings()["interaction_log_message_in"])

    def test_manager_of_settings_changes_them_in_settings(self):
        settings = self.env["res.config.settings"].create({"interaction_log_campaign": True})
        settings.execute()
        self.assertTrue(self.env.company.interaction_log_campaign)
