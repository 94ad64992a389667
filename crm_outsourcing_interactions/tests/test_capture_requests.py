from odoo.tests.common import new_test_user, tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestCaptureRequests(InteractionCase):
    """Test opportunities created by clients, and messages to clients on opportunities."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client(user_id=cls.staff.id)
        cls.contact = cls.make_contact(parent_id=cls.client_company.id, email="anna@client.example.com")
        cls.portal = new_test_user(cls.env, "interaction.portal", groups="base.group_portal")

    def create_lead(self, user=None, **vals):
        """Create an opportunity as a form of the website does."""
        leads = self.env["crm.lead"].with_user(user or self.portal).sudo()
        return leads.create({"name": "Audit of 2025", "type": "opportunity", **vals})

    def test_opportunity_created_by_a_client_is_a_request(self):
        lead = self.create_lead(partner_id=self.contact.id)
        expected = {"event": "lead_requested", "partner_id": self.contact.id, "direction": "incoming"}
        self.assertRecordValues(self.captured(lead), [{**expected, "type_id": self.type_("3.1.1").id}])

    def test_opportunity_created_by_staff_is_none(self):
        self.assertFalse(self.captured(self.create_lead(self.staff, partner_id=self.contact.id)))

    def test_address_tells_the_client(self):
        lead = self.create_lead(email_from="Anna <ANNA@client.example.com>")
        self.assertRecordValues(
            self.captured(lead),
            [{"partner_id": self.contact.id, "user_id": self.staff.id, "type_id": self.type_("3.1.1").id}],
        )

    def test_prospect_is_no_client(self):
        self.assertFalse(self.captured(self.create_lead(email_from="new@prospect.example.com")))
        self.assertFalse(self.captured(self.create_lead()))

    def test_address_of_two_clients_is_left_to_a_person(self):
        self.make_contact(parent_id=self.make_client(name="Second").id, email="anna@client.example.com")
        found = self.captured(self.create_lead(email_from="anna@client.example.com"))
        self.assertRecordValues(found, [{"partner_id": False, "state": "to_review"}])
        self.assertIn("matches several clients", found.reason)

    def test_switched_off_request_is_not_logged(self):
        self.env.company.interaction_log_lead_requested = False
        self.assertFalse(self.captured(self.create_lead(partner_id=self.contact.id)))

    def test_addresses_of_many_requests_take_one_query(self):
        self.create_lead(email_from="anna@client.example.com")  # all is warm
        leads = self.env["crm.lead"].create([{"name": str(n), "email_from": f"{n}@x.example.com"} for n in range(20)])
        leads.mapped("email_from")
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.env["crm.interaction.capture"]._requests(leads, "lead_requested")

    def test_message_on_an_opportunity_is_an_offer(self):
        lead = self.create_lead(self.staff, partner_id=self.contact.id)
        lead.with_user(self.staff).sudo().message_post(
            body="Our offer", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=self.contact.ids
        )
        self.assertRecordValues(
            self.captured(lead), [{"event": "message_out", "type_id": self.type_("3.2.1.3").id, "state": "to_review"}]
        )
