from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .test_setup_checklist import SetupCase


@tagged("post_install", "-at_install")
class TestSetupDigest(SetupCase):
    """Test the weekly digest: figures of the company, by the rights of the recipient, each with a link."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.digest = cls.env.ref("crm_outsourcing_interactions.digest_weekly")
        mine, other = (cls.make_client(name=name, company_id=cls.firm.id) for name in ("Mine", "Other"))
        mine.interaction_accountant_id = cls.user
        for client in (mine, mine, other):
            cls.log(partner_id=client.id, company_id=cls.firm.id, user_id=cls.boss.id, state="to_review")
        cls.log(state="to_review")

    def kpis(self, user):
        """Return ``{name: figures}`` as ``user`` is sent them."""
        digest = self.digest.with_context(tz="UTC")
        return {kpi["kpi_name"]: kpi for kpi in digest._compute_kpis(user.company_id, user)}

    def test_each_recipient_gets_what_he_may_see(self):
        for user, number in ((self.user, 2), (self.boss, 3)):
            kpi = self.kpis(user)["kpi_interaction_to_review"]
            self.assertEqual(kpi["kpi_col1"]["value"], number)
            self.assertFalse(kpi["kpi_col2"], "told once")

    def test_each_figure_is_a_link(self):
        for kpi in self.kpis(self.boss).values():
            xmlid = kpi["kpi_action"].partition("?")[0]
            self.assertTrue(self.env.ref(xmlid), kpi["kpi_name"])
        self.assertIn("review_team", self.kpis(self.boss)["kpi_interaction_to_review"]["kpi_action"])
        self.assertNotIn("review_team", self.kpis(self.user)["kpi_interaction_to_review"]["kpi_action"])

    def test_strangers_get_no_figure(self):
        outsider = self.make_staff(login="outsider", groups="base.group_user")
        self.assertFalse(self.kpis(outsider))

    def test_it_is_mailed(self):
        self.digest.user_ids = self.boss
        self.digest.with_context(lang="en_US").action_send_manual()
        mail = self.env["mail.mail"].search([("email_to", "like", self.boss.email)], limit=1, order="id desc")
        self.assertIn("Missed Targets This Month", mail.body_html)
        self.assertIn("crm_interaction_matter_action_open", mail.body_html)

    def test_it_is_weekly(self):
        self.assertEqual(self.digest.periodicity, "weekly")
        self.assertGreater(self.digest.next_run_date, fields.Date.today() - timedelta(days=8))
