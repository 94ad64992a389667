from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tests.common import tagged

from .target_common import TargetCase


@tagged("post_install", "-at_install")
class TestTargetPreview(TargetCase):
    """Test that the form of a target shows its verdicts before it is saved, and a client's own target opens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.make_client(name="Preview Other")
        cls.log_many(cls.client, "2026-10-05", {"1.1.2": 10, "2.2.1": 1})
        cls.log_many(cls.other, "2026-10-06", {"1.1.2": 30})

    def new_form(self, user=None, **values):
        targets = self.env["crm.interaction.target"].with_user(user or self.manager)
        form = Form(targets.with_context(default_minimum_sample=0, default_window_months=1))
        for name, value in {"bound": "floor", "low": 0.08, **values}.items():
            form[name] = value
        return form

    def text(self, target):
        return " ".join(html.fromstring(target.preview).text_content().split())

    def test_unsaved_target_shows_the_verdicts_of_the_refresh(self):
        form = self.new_form()
        text = self.text(form)
        self.assertIn("2 clients, Oct 2026", text)
        self.assertIn("Off Target 1", text)
        self.assertIn("On Target 1", text)
        self.assertIn("Whole firm", text)
        self.assertFalse(self.env["crm.interaction.indicator"].search([("company_id", "=", self.env.company.id)]))
        saved = form.save()
        saved._by_code().evaluated_since = "2025-01-01"
        self.refresh()
        zones = [self.indicator(client=client, target=saved).zone for client in (self.client, self.other)]
        self.assertEqual(zones, ["green", "red"])

    def test_verdicts_follow_the_limits_while_they_are_entered(self):
        form = self.new_form()
        form.low = 0.2
        self.assertIn("Off Target 2", self.text(form))

    def test_client_with_its_own_target_is_left_out(self):
        self.make_target(partner_id=self.other.id)
        text = self.text(self.new_form())
        self.assertIn("1 client,", text)
        self.assertNotIn("Off Target", text)

    def test_target_of_a_client_shows_its_year(self):
        text = self.text(self.new_form(partner_id=self.client))
        self.assertIn("Target Client", text)
        self.assertIn("Nov 2025", text)
        self.assertIn("10 %", text)

    def test_frequencies_have_no_value_of_the_firm(self):
        text = self.text(self.new_form(measure="interactions_month"))
        self.assertNotIn("Whole firm", text)
        self.assertIn("2 clients", text)

    def test_incomplete_target_has_no_preview(self):
        target = self.env["crm.interaction.target"].with_user(self.manager).new({"measure": "kind_share"})
        self.assertFalse(target.preview)
        self.assertFalse(target.new({"window_months": 0}).preview)

    def test_others_than_managers_see_no_preview(self):
        target = self.make_target()
        self.assertTrue(target.with_user(self.manager).preview)
        self.assertFalse(target.with_user(self.staff).preview)

    def test_figures_of_another_company_are_not_previewed(self):
        company = self.env["res.company"].create({"name": "Preview Elsewhere"})
        target = self.make_target(company_id=company.id, user_id=False)
        self.assertFalse(target.with_user(self.manager).sudo().preview)

    def test_own_target_of_the_client_begins_with_the_limits_of_the_firm(self):
        target = self.make_target(tolerance=0.02)
        self.refresh()
        action = self.indicator(target=target).with_user(self.manager).action_set_client_target()
        form = Form(self.env["crm.interaction.target"].with_user(self.manager).with_context(**action["context"]))
        own = form.save()
        self.assertEqual((own.partner_id, own.low, own.tolerance), (self.client, 0.08, 0.02))
        action = self.indicator(target=target).with_user(self.manager).action_set_client_target()
        self.assertEqual(action["res_id"], own.id)

    def set_from(self, user=None, **figure):
        """Return the action of *Set Client Target* in the list behind a figure."""
        rows = self.env["crm.interaction"].with_user(user or self.manager)
        figure = {"client_id": self.client.id, "measure": "improvement_ratio", "kind_id": False, **figure}
        return rows.with_context(interaction_figure=figure).action_set_client_target()

    def test_figure_without_indicator_opens_a_target_with_its_period(self):
        self.make_target(tolerance=0.02, window_months=6).active = False
        kind = self.type_("1.1.2").kind_id
        values = self.set_from(months=3)["context"]
        form = Form(self.env["crm.interaction.target"].with_user(self.manager).with_context(**values))
        self.assertEqual((form.partner_id, form.low, form.window_months), (self.client, 0.08, 3))
        self.assertIn("1 client, Aug–Oct 2026", self.text(form))
        own = form.save()
        self.assertEqual(self.set_from(months=1)["res_id"], own.id)
        values = self.set_from(measure="kind_share", kind_id=kind.id, months=40)["context"]
        self.assertEqual((values["default_kind_id"], values["default_window_months"]), (kind.id, 12))

    def test_limits_of_a_new_target_come_with_its_measure(self):
        self.make_target(low=0.08)
        values = self.client.with_user(self.manager).action_set_client_target()["context"]
        form = Form(self.env["crm.interaction.target"].with_user(self.manager).with_context(**values))
        self.assertFalse(form.measure or form.preview)
        form.measure = "improvement_ratio"
        self.assertEqual((form.bound, form.low), ("floor", 0.08))

    def test_target_is_set_by_managers_from_a_figure_only(self):
        with self.assertRaises(AccessError):
            self.set_from(self.staff)
        with self.assertRaises(UserError):
            self.set_from(client_id="x")
        with self.assertRaises(UserError):
            self.env["crm.interaction"].with_user(self.manager).action_set_client_target()
        with self.assertRaises(AccessError):
            self.client.with_user(self.staff).action_set_client_target()

    def test_preview_needs_the_right_to_read_the_target_only_of_own_companies(self):
        target = self.make_target()
        with self.assertRaises(AccessError):
            self.env["crm.interaction.target"].with_user(self.env.ref("base.public_user")).browse(target.id).read(
                ["preview"]
            )
