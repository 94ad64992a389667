from odoo.tests.common import HttpCase, tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestInteractionTour(InteractionCase, HttpCase):
    def test_log_by_hand_and_see_it_in_the_pivot(self):
        self.env["crm.interaction"].search([]).write({"active": False})
        client = self.make_client(name="Tour Client", user_id=self.staff.id)
        self.start_tour("/odoo/interactions", "crm_interaction_log_by_hand", login=self.staff.login)
        self.assertRecordValues(
            self.env["crm.interaction"].search([("commercial_partner_id", "=", client.id)]),
            [
                {
                    "type_id": self.type_("1.1.3").id,
                    "direction": "incoming",
                    "user_id": self.staff.id,
                    "state": "confirmed",
                    "classified_by": "person",
                }
            ],
        )
