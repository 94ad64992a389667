from odoo.exceptions import AccessError
from odoo.tests.common import new_test_user, tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestInteractionOpportunity(InteractionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "crm_outsourcing_interactions.group_user,sales_team.group_sale_salesman"
        cls.seller = new_test_user(cls.env, "seller", groups=groups)
        cls.contact = cls.make_contact(parent_id=cls.make_client(user_id=cls.seller.id).id)

    def request(self, code="3.1.1"):
        vals = {"partner_id": self.contact.id, "type_id": self.type_(code).id, "subject": "Register a branch"}
        return self.log(user_id=self.seller.id, **vals).with_user(self.seller)

    def test_request_makes_one_opportunity_linked_both_ways(self):
        request = self.request()
        self.assertTrue(request.can_make_opportunity)
        for _click in range(2):
            action = request.action_make_opportunity()
        lead = self.env["crm.lead"].browse(action["res_id"])
        self.assertEqual(request.lead_ids, lead)
        self.assertRecordValues(
            lead,
            [{"interaction_id": request.id, "partner_id": self.contact.id, "name": "Register a branch"}],
        )
        self.assertFalse(request.can_make_opportunity)

    def test_other_types_offer_none(self):
        self.assertFalse(self.request("1.1.2").can_make_opportunity)
        self.assertFalse(self.request("3.2.1.3").can_make_opportunity)

    def test_opportunity_names_no_interaction_that_its_user_may_not_see(self):
        seller = self.make_staff(
            login="curious.seller",
            groups="crm_outsourcing_interactions.group_user,sales_team.group_sale_salesman",
        )
        hidden, own = self.log(user_id=self.manager.id), self.log(user_id=seller.id)
        leads = self.env["crm.lead"].with_user(seller)
        with self.assertRaises(AccessError):
            leads.create({"name": "Curious", "interaction_id": hidden.id})
        lead = leads.create({"name": "Honest", "interaction_id": own.id})
        with self.assertRaises(AccessError):
            lead.interaction_id = hidden
