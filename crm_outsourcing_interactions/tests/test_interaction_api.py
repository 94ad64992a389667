from odoo.exceptions import AccessError, UserError
from odoo.tests.common import new_test_user, tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestInteractionApi(InteractionCase):
    """What telephone systems and messengers call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client(user_id=cls.staff.id)
        cls.contact = cls.make_contact(parent_id=cls.client_company.id, email="Anna@Client.example.com")

    def call(self, user=None, **values):
        contact = {"reference": "pbx:1", "email": "anna@client.example.com", "type": "1.1.3", "channel": "phone"}
        interactions = self.env["crm.interaction"].with_user(user or self.staff)
        return interactions.browse(interactions.log_contacts([{**contact, **values}]))

    def test_call_is_logged_once(self):
        first = self.call(duration=0.25)
        self.assertEqual(first, self.call())
        self.assertRecordValues(
            first,
            [
                {
                    "partner_id": self.contact.id,
                    "type_id": self.type_("1.1.3").id,
                    "user_id": self.staff.id,
                    "duration": 0.25,
                    "state": "confirmed",
                }
            ],
        )

    def test_address_of_several_clients_is_to_review(self):
        self.make_contact(parent_id=self.make_client(name="Vector").id, email="anna@client.example.com")
        interaction = self.call()
        self.assertFalse(interaction.partner_id)
        self.assertEqual(interaction.state, "to_review")
        self.assertIn("several", interaction.reason)

    def test_unknown_address_is_to_review(self):
        self.assertEqual(self.call(email="stranger@example.com").state, "to_review")

    def test_missing_reference_or_wrong_type_is_refused(self):
        with self.assertRaisesRegex(UserError, "reference"):
            self.call(reference="")
        with self.assertRaisesRegex(UserError, "3.2.1"):
            self.call(type="3.2.1")

    def test_user_without_the_right_may_not_log(self):
        with self.assertRaises(AccessError):
            self.call(user=new_test_user(self.env, "nobody", groups="base.group_user"))

    def test_call_with_a_colleague_or_a_supplier_is_no_contact_with_a_client(self):
        supplier = self.make_client(name="Landlord", email="rent@example.com", supplier_rank=1)
        for number, values in enumerate(
            ({"email": self.manager.email}, {"email": "rent@example.com"}, {"partner_id": supplier.id, "email": ""})
        ):
            with self.subTest(values=values):
                interaction = self.call(reference=f"pbx:{number}", **values)
                self.assertFalse(interaction.commercial_partner_id)
                self.assertRecordValues(interaction, [{"state": "to_review"}])
