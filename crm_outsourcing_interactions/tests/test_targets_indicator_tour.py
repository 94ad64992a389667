from odoo.tests.common import HttpCase, tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestAnalysisIndicatorTour(InteractionCase, HttpCase):
    """Test targets and indicators in the browser as a manager."""

    def log_at_tour_client(self, **counts):
        """Log interactions with a new client "Tour Client", each type as often as given by its code."""
        client = self.make_client(name="Tour Client")
        types = [self.type_(code).id for code, count in counts.items() for _number in range(count)]
        self.env["crm.interaction"].create([{"partner_id": client.id, "type_id": type_id} for type_id in types])
        return client

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
        client = self.log_at_tour_client(**{"1.1.2": 12})
        self.start_tour("/odoo/interaction-indicators", "crm_interaction_indicator_evidence", login=self.manager.login)
        indicator = self.env["crm.interaction.indicator"].search([("partner_id", "=", client.id)], limit=1)
        self.assertEqual((indicator.zone, indicator.breach), ("red", "open"))
        taken = self.env["crm.interaction.taken.action"].search([("partner_id", "=", client.id)])
        self.assertEqual((taken.user_id, taken.indicator_id), (self.manager, indicator))
        self.assertEqual(client.activity_ids.filtered(lambda a: a.user_id == self.manager).summary, taken.display_name)

    def test_new_target_shows_its_verdicts_before_it_is_saved(self):
        self.env["crm.interaction"].search([]).action_archive()
        self.env["crm.interaction.target"].search([]).action_archive()
        self.log_at_tour_client(**{"1.1.2": 10, "2.2.1": 2})
        targets = self.env["crm.interaction.target"].with_context(active_test=False)
        before = targets.search([])
        self.start_tour("/odoo/interaction-targets/new", "crm_interaction_target_preview", login=self.manager.login)
        self.assertEqual(targets.search([]), before)
