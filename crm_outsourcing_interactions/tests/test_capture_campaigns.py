from unittest.mock import patch

from odoo.tests.common import new_test_user, tagged
from odoo.tools import mute_logger

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestCaptureCampaigns(InteractionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clients = cls.make_client(name="Romashka") | cls.make_client(name="Vector")
        cls.people = cls.env["res.partner"].concat(
            *(
                cls.make_contact(parent_id=client.id, email=f"{name}@{client.name.lower()}.example.com")
                for client in cls.clients
                for name in ("anna", "boris")
            )
        )

    def send(self):
        composer = self.env["mail.compose.message"].create(
            {
                "composition_mode": "mass_mail",
                "model": "res.partner",
                "res_ids": self.people.ids,
                "subject": "New prices",
                "body": "<p>From January</p>",
            }
        )
        composer._action_send_mail()
        return self.env["crm.interaction"].search([("event", "!=", False)])

    def test_off_by_default(self):
        self.assertFalse(self.send())

    def test_sender_who_may_not_read_the_documents(self):
        self.env.company.interaction_log_campaign = True
        lead = self.env["crm.lead"].create({"name": "Audit", "partner_id": self.people[0].id})
        mail = self.env["mail.mail"].create({"model": "crm.lead", "res_id": lead.id, "subject": "New prices"})
        sender = new_test_user(self.env, "campaign.sender", groups="base.group_user")
        self.env["crm.interaction.capture"].with_user(sender)._campaign(mail.with_user(sender), "mailing,1")
        self.assertFalse(self.env["crm.interaction.capture.error"].search([]))
        self.assertEqual(self.captured(lead).partner_id, self.people[0])

    def test_once_for_each_client_and_mailing(self):
        self.env.company.interaction_log_campaign = True
        interactions = self.send()
        self.assertEqual(sorted(interactions.commercial_partner_id.mapped("name")), ["Romashka", "Vector"])
        self.assertEqual(set(interactions.mapped("type_id.code")), {"4.2.1"})
        self.assertEqual(len(self.send()), 4)

    def test_mailing_that_has_left_before_the_retry(self):
        self.env.company.interaction_log_campaign = True
        with (
            patch.object(type(self.env["crm.interaction.people"]), "_is_client", side_effect=KeyError("broken")),
            mute_logger(
                "odoo.addons.crm_outsourcing_interactions.models.interaction.upkeep.crm_interaction_capture_error"
            ),
        ):
            self.assertFalse(self.send())
        self.env["mail.mail"].search([("subject", "=", "New prices")]).write({"state": "sent"})
        self.env["crm.interaction.capture.error"].search([("res_model", "=", "mail.mail")]).action_retry()
        self.assertEqual(self.captured().commercial_partner_id, self.clients)

    def test_mass_sms_once_for_each_client(self):
        self.env.company.interaction_log_campaign = True
        for number, person in enumerate(self.people):
            person.phone = f"+3247000000{number}"
        composer = self.env["sms.composer"].create(
            {
                "composition_mode": "mass",
                "res_model": "res.partner",
                "res_ids": repr(self.people.ids),
                "mass_keep_log": True,
                "mass_force_send": False,
                "body": "New prices",
            }
        )
        composer.action_send_sms()
        interactions = self.captured()
        self.assertEqual(sorted(interactions.commercial_partner_id.mapped("name")), ["Romashka", "Vector"])
        self.assertEqual(set(interactions.mapped("channel")), {"sms"})
