from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

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

    def opened(self, kpi, user):
        """Return the number of records that ``user`` sees first behind the link of a figure."""
        action = self.env.ref(kpi["kpi_action"].partition("?")[0])
        model = self.env[action.res_model].with_user(user).with_company(self.firm)
        model = model.with_context(allowed_company_ids=self.firm.ids)
        values = {"uid": user.id, "context_today": fields.Date.today}
        names = [name.removeprefix("search_default_") for name in safe_eval(action.context, dict(values))]
        arch = etree.fromstring(model.get_view(action.search_view_id.id or None, "search")["arch"])
        filters = [node.get("domain") for name in names for node in arch.iterfind(f".//filter[@name='{name}']")]
        return model.search_count(
            Domain.AND(safe_eval(text or "[]", dict(values)) for text in [action.domain, *filters])
        )

    def test_figures_of_the_moment_equal_their_lists(self):
        clients = [self.make_client(name=name, company_id=self.firm.id) for name in ("Past", "New")]
        question = {"code": "message_in", "company": self.firm, "user": self.boss}
        now = fields.Datetime.now()
        past, new = (self.capture(now, partner=client, **question).matter_id for client in clients)
        past._by_code().from_history = True
        self.assertEqual((past | new).mapped("waiting"), ["us", "us"])
        for user in (self.user, self.boss):
            for name, kpi in self.kpis(user).items():
                if name != "kpi_interaction_in_time":
                    self.assertEqual(kpi["kpi_col1"]["value"], self.opened(kpi, user), f"{name} of {user.name}")

    def test_no_answer_due_is_no_zero(self):
        kpi = self.kpis(self.boss)["kpi_interaction_in_time"]
        self.assertEqual([kpi[f"kpi_col{n}"]["value"] for n in (1, 2, 3)], ["–"] * 3)
        self.assertEqual([kpi[f"kpi_col{n}"]["margin"] for n in (1, 2, 3)], [0] * 3)

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
