from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ..models.targets.crm_interaction_target_today import FIRST_SAMPLE
from .test_setup_checklist import ADDON, SetupCase

MODELS = ("crm.interaction", "crm.interaction.client", "crm.interaction.indicator", "crm.interaction.hours")
MODELS += tuple(f"crm.interaction.{name}" for name in ("matter", "matter.person", "matter.turn", "recommendation"))
"""Models of the screens that nobody fills by hand."""
FILLED_ELSEWHERE = (
    "ignored.sender", "portal.link", "portal.use", "request.letter", "rule.proposal", "sent.report",
)  # fmt: skip
"""Models whose empty screens always have the same next step, which is another screen."""


@tagged("post_install", "-at_install")
class TestSetupEmpty(SetupCase):
    """Test that an empty screen says why, and leads to the step that fills it."""

    def why(self, screen, user=None):
        return self.setup_of(user).empty_screen(screen)

    def test_manager_marks_clients_first(self):
        for screen in ("clients", "interactions", "shares", "matters", "hours"):
            button = self.why(screen)["button"]
            self.assertEqual((button["method"], button["args"]), ("open_step", ["clients"]), screen)

    def test_with_clients_the_past_is_loaded(self):
        self.make_client(company_id=self.firm.id, is_outsourcing_client=True)
        self.assertEqual(self.why("indicators")["button"]["args"], ["history"])

    def test_user_without_clients_learns_whom_to_ask(self):
        self.log_confirmed(2)
        reason = self.why("interactions", self.user)
        self.assertIn(self.boss.name, reason["text"])
        self.assertEqual(reason["button"]["method"], "action_quick_log")

    def test_user_of_an_empty_company_may_log_a_call(self):
        self.assertIn("Nothing is logged", self.why("review", self.user)["title"])

    def test_other_companies_interactions_are_no_reason(self):
        self.log(company_id=self.env.company.id)
        self.assertIn("Nothing is logged", self.why("interactions", self.user)["title"])

    def test_filters_are_the_reason_when_there_is_something(self):
        self.log_confirmed(2)
        self.assertFalse(self.why("shares"))

    def test_indicators_without_targets(self):
        self.log_confirmed(2)
        self.assertIn("2 are", self.why("indicators")["text"])
        self.log_confirmed(FIRST_SAMPLE)
        self.assertEqual(self.why("indicators")["button"]["args"], ["targets"])
        self.env["crm.interaction.target"].create({"low": 0.1, "bound": "floor", "company_id": self.firm.id})
        self.assertFalse(self.why("indicators"))

    def test_screens_of_matters_lead_to_the_queue(self):
        vals = {"type_id": self.type_("4.1.1").id, "company_id": self.firm.id}  # a type that expects no answer
        own = self.log(partner_id=self.make_client(company_id=self.firm.id).id, user_id=self.user.id, **vals)
        for screen in ("answers", "sides", "complaints", "avoidable"):
            with self.subTest(screen=screen):
                queues = [self.why(screen, user)["button"]["action"] for user in (self.boss, self.user)]
                self.assertEqual(queues, ["crm_interaction_action_review_team", "crm_interaction_action_review"])
        own.avoidable_choice_id = self.env["crm.interaction.avoidable.reason"].search([], limit=1)
        self.assertFalse(self.why("avoidable"))

    def test_each_screen_of_the_menu_says_why_it_is_empty(self):
        menus = self.env["ir.ui.menu"]
        for name in ("clients", "matters", "interactions", "review", "analysis"):
            menus |= menus.search([("id", "child_of", self.env.ref(f"{ADDON}.menu_{name}").id)])
        windows = menus.filtered(lambda menu: menu.action and menu.action._name == "ir.actions.act_window")
        for menu in windows.filtered(lambda menu: menu.action.res_model in MODELS):
            with self.subTest(menu=menu.name):
                self.assertIn("o_interaction_empty_", menu.action.help)

    def test_screens_without_a_reason_offer_the_next_step(self):
        models = [f"crm.interaction.{name}" for name in FILLED_ELSEWHERE]
        actions = self.env["ir.actions.act_window"].search([("res_model", "in", models)])
        for action in actions | self.env.ref(f"{ADDON}.crm_interaction_action_assign"):
            with self.subTest(action=action.name):
                [link] = etree.fromstring(f"<div>{action.help}</div>").iterfind(".//a[@type='action']")
                target = self.env.ref(link.get("name"))
                path = target.path or f"action-{link.get('name')}"
                self.assertEqual(link.get("href"), f"/odoo/{path}")

    def test_no_screen_shows_sample_figures(self):
        """Odoo's sample shows ratios of thousands of percent, and fails on medians."""
        views = self.env["ir.ui.view"].search([("model", "=like", "crm.interaction%")])
        self.assertGreater(len(views), 50)
        self.assertFalse(views.filtered(lambda view: "sample=" in view.arch).mapped("name"))

    def test_refresh_without_targets_says_so(self):
        action = self.env["crm.interaction.indicator"].with_user(self.boss).with_company(self.firm).action_refresh()
        self.assertIn("No target is active", action["params"]["message"])

    def test_strangers_learn_nothing(self):
        with self.assertRaises(AccessError):
            self.why("clients", self.make_staff(login="outsider", groups="base.group_user"))


@tagged("post_install", "-at_install")
class TestSetupEmptyTour(SetupCase, HttpCase):
    def test_empty_screens_lead_on(self):
        self.start_tour("/odoo/interactions", "crm_interaction_empty", login=self.boss.login)

    def test_filters_are_removed_by_the_button(self):
        self.log_confirmed(2)
        self.start_tour("/odoo/interactions", "crm_interaction_empty_filters", login=self.boss.login)
