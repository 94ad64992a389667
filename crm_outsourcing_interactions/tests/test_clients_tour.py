from odoo.tests.common import HttpCase, tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestClientsTour(InteractionCase, HttpCase):
    """Test the list of clients in the browser as a manager."""

    def test_from_a_client_to_its_evidence(self):
        self.env["crm.interaction.target"].search([]).action_archive()
        vals = {"measure": "improvement_ratio", "bound": "floor", "low": 0.08, "evaluated_since": "2025-01-01"}
        self.env["crm.interaction.target"]._by_code().create({**vals, "minimum_sample": 10})
        client = self.make_client(name="Tour Client", is_outsourcing_client=True)
        type_id = self.type_("1.1.2").id
        self.env["crm.interaction"].create([{"partner_id": client.id, "type_id": type_id} for _number in range(12)])
        self.start_tour("/odoo/interaction-clients", "crm_interaction_clients", login=self.manager.login)
