from odoo.tests.common import HttpCase, tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestAnalysisIndicatorTour(InteractionCase, HttpCase):
    """Test indicators in the browser as a manager."""

    def test_act_on_an_indicator_and_look_at_its_evidence(self):
        self.env["crm.interaction.target"].search([]).action_archive()
        self.env["crm.interaction.target"]._by_code().create(
            {
                "measure": "improvement_ratio",
                "bound": "floor",
                "low": 0.08,
                "minimum_sample": 10,
                "evaluated_since": "2025-01-01",
                "corrective_action_ids": self.env.ref("crm_outsourcing_interactions.corrective_action_feedback").ids,
            }
        )
        client = self.make_client(name="Tour Client")
        type_id = self.type_("1.1.2").id
        self.env["crm.interaction"].create([{"partner_id": client.id, "type_id": type_id} for _number in range(12)])
        self.start_tour("/odoo/interaction-indicators", "crm_interaction_indicator_evidence", login=self.manager.login)
        indicator = self.env["crm.interaction.indicator"].search([("partner_id", "=", client.id)], limit=1)
        self.assertEqual((indicator.zone, indicator.breach), ("red", "open"))
        taken = self.env["crm.interaction.taken.action"].search([("partner_id", "=", client.id)])
        self.assertEqual((taken.user_id, taken.indicator_id), (self.manager, indicator))
        self.assertEqual(client.activity_ids.filtered(lambda a: a.user_id == self.manager).summary, taken.display_name)
