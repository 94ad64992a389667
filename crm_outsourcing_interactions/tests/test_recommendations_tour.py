from datetime import timedelta

from odoo import fields
from odoo.tests.common import HttpCase, new_test_user, tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestAnalysisRecommendationTour(InteractionCase, HttpCase):
    """Test recommendations in the browser as a manager."""

    def test_from_a_burden_to_its_opportunity(self):
        groups = "crm_outsourcing_interactions.group_manager,sales_team.group_sale_manager"
        boss = new_test_user(self.env, "recommendation.boss", groups=groups)
        client = self.make_client(name="Tour Client", user_id=boss.id)
        for number in range(1, 7):
            self.log(
                partner_id=client.id,
                type_id=self.type_("1.2.2").id,
                subject=f"Request {number}",
                date=fields.Datetime.now() - timedelta(days=number),
                duration=0.25,
            )
        self.env["crm.interaction.recommendation"]._refresh(self.env.company)
        self.start_tour("/odoo/interaction-recommendations", "crm_interaction_burden", login=boss.login)
        lead = self.env["crm.lead"].search([("partner_id", "=", client.id)])
        self.assertRecordValues(
            lead.interaction_recommendation_ids, [{"kind": "burden", "state": "done", "n": 6, "lead_id": lead.id}]
        )
