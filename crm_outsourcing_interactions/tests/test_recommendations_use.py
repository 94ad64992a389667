from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests.common import new_test_user, tagged

from .test_recommendations_bundles import TODAY, RecommendationCase

STATEMENTS = 14
"""Of a refresh of a company, however many clients it has."""


@tagged("post_install", "-at_install")
class TestAnalysisRecommendationUse(RecommendationCase):
    """Test the actions of a manager on a recommendation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "crm_outsourcing_interactions.group_manager,sales_team.group_sale_salesman,project.group_project_user"
        cls.boss = new_test_user(cls.env, "boss", groups=groups)
        cls.boss.company_ids |= cls.company
        cls.staff.company_ids |= cls.company
        cls.task = cls.make_task(partner_id=cls.vector.id)
        cls.requests = cls.ask(0, 5, 13, res_model="project.task", res_id=cls.task.id)
        cls.env["crm.interaction.recommendation"]._refresh(cls.company, TODAY)

    def recommendation(self, user):
        recommendations = self.env["crm.interaction.recommendation"].with_user(user)
        return recommendations.with_context(allowed_company_ids=self.company.ids).search([])

    def test_opportunity_is_created_once_and_not_logged(self):
        recommendation = self.recommendation(self.boss)
        before = self.env["crm.interaction"].search_count([])
        for _click in range(2):
            action = recommendation.action_make_opportunity()
        lead = recommendation.lead_id
        self.assertEqual(action["res_id"], lead.id)
        self.assertRecordValues(lead, [{"type": "opportunity", "partner_id": self.vector.id, "user_id": self.boss.id}])
        self.assertEqual(lead.interaction_recommendation_ids, recommendation)
        self.assertEqual(lead.interaction_evidence_count, 3)
        self.assertEqual(lead.action_view_interaction_evidence()["domain"], [("id", "in", self.requests.ids)])
        self.assertRegex(lead.description, rf'project.task&amp;res_id={self.task.id}">Month end</a>: 3 × \(00:45\)')
        self.assertEqual(recommendation.state, "done")
        self.assertEqual(self.env["crm.interaction"].search_count([]), before, "nothing was sent to the client yet")

    def test_nothing_new_is_said_while_the_opportunity_is_pending(self):
        self.company.interaction_recommendation_quiet_days = 0
        recommendation = self.recommendation(self.boss)
        recommendation.action_make_opportunity()
        self.ask(-1, -2, -3)
        self.assertFalse(self.refresh(days_later=3))
        recommendation.lead_id.sudo().action_set_lost()
        self.assertEqual(self.refresh(days_later=3).n, 3)

    def test_an_offer_sent_from_it_is_an_extension_of_the_scope(self):
        self.vector.email = "vector@example.com"
        recommendation = self.recommendation(self.boss)
        recommendation.action_make_opportunity()
        recommendation.lead_id.message_post(
            body="Shall we collect the data?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.vector.ids,
        )
        self.assertRecordValues(
            self.captured(recommendation.lead_id),
            [{"type_id": self.type_("3.2.1.2").id, "kind_id": self.type_("3.2.1").kind_id.id, "state": "to_review"}],
        )
        recommendation.lead_id.interaction_offer_type_id = False
        recommendation.lead_id.message_post(
            body="Shall we?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.vector.ids,
        )
        self.assertEqual(self.captured(recommendation.lead_id)[0].type_id, self.type_("3.2.1.3"))

    def test_documents_that_the_manager_may_not_read_are_not_named(self):
        manager = new_test_user(
            self.env, "m2", groups="crm_outsourcing_interactions.group_manager,sales_team.group_sale_salesman"
        )
        manager.company_ids |= self.company
        self.task.project_id.privacy_visibility = "followers"
        self.assertEqual(self.recommendation(manager)._documents(), [("Other interactions", "", 3, "00:45")])
        self.task.project_id.privacy_visibility = "employees"
        self.assertEqual([line[0] for line in self.recommendation(manager)._documents()], ["Month end"])

    def test_reopen(self):
        recommendation = self.recommendation(self.boss)
        recommendation.action_dismiss()
        recommendation.action_reopen()
        self.assertRecordValues(recommendation, [{"state": "open", "quiet_until": False}])
        recommendation.action_make_opportunity()
        with self.assertRaises(UserError):
            recommendation.action_reopen()

    def test_staff_see_those_of_own_clients_and_change_none(self):
        self.assertFalse(self.recommendation(self.staff))
        self.vector.user_id = self.staff
        recommendation = self.recommendation(self.staff)
        self.assertEqual(recommendation.n, 3)
        self.assertFalse(recommendation.has_access("write") or recommendation.has_access("unlink"))
        self.assertEqual(
            self.vector.with_user(self.staff).with_company(self.company).interaction_recommendation_count, 1
        )

    def test_merged_opportunities_keep_the_link(self):
        recommendation = self.recommendation(self.boss)
        recommendation.action_make_opportunity()
        lead = recommendation.lead_id.sudo()
        other = lead.create({"name": "Older", "type": "opportunity", "partner_id": self.vector.id})
        merged = (lead | other).merge_opportunity()
        self.assertEqual(recommendation.lead_id, merged)

    def test_cron_refreshes_every_company(self):
        other = self.env["res.company"].create({"name": "Other", "interaction_burden_number": 1})
        self.env["crm.interaction"].create(
            {"partner_id": self.vector.id, "company_id": other.id, "type_id": self.type_("1.2.2").id}
        )
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60):
            self.env["crm.interaction.recommendation"]._cron_refresh()
        self.assertEqual(self.env["crm.interaction.recommendation"].search([("company_id", "=", other.id)]).n, 1)

    def test_statements_do_not_grow_with_the_clients(self):
        for clients, when in ((1, "first"), (20, "first"), (20, "again")):
            company = self.env["res.company"].create({"name": f"{clients} {when}", "interaction_burden_number": 2})
            for _number in range(clients):
                self.ask(1, 2, 3, company_id=company.id, partner_id=self.make_client().id)
            if when == "again":
                self.env["crm.interaction.recommendation"]._refresh(company, TODAY)
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(clients=clients, when=when), self.assertQueryCount(STATEMENTS):
                self.env["crm.interaction.recommendation"]._refresh(company, TODAY)
            domain = [("company_id", "=", company.id), ("n", "=", 3)]
            self.assertEqual(self.env["crm.interaction.recommendation"].search_count(domain), 2 * clients)

    def test_unreviewed_suggestions_are_no_recommendation(self):
        self.requests._by_code().write({"state": "to_review", "classified_by": "suggestion"})
        self.assertFalse(self.refresh())
        self.requests.action_confirm()
        self.assertEqual(self.refresh().n, 3)
