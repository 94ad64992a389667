"""Test every screen as a user with the addon's group only, without rights in Sales, Invoicing or Project."""

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import InteractionCase

ADDON = "crm_outsourcing_interactions"
EXTENDED = ("res.partner", "res.users")
"""Models of Odoo whose forms the addon extends and that any colleague opens."""


@tagged("post_install", "-at_install")
class TestAccessScreens(InteractionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_staff(login="only.user", groups=f"{ADDON}.group_user")
        cls.boss = cls.make_staff(login="only.manager", groups=f"{ADDON}.group_manager")
        cls.client_company = cls.make_client(user_id=cls.user.id)
        cls.silent = cls.make_contact(name="No Address", email=False, parent_id=cls.client_company.id)
        task = cls.make_task(partner_id=cls.silent.id, user_ids=cls.user.ids)
        task.message_post(
            body="Please do more", author_id=cls.silent.id, message_type="email", subtype_xmlid="mail.mt_comment"
        )
        cls.request = cls.env["crm.interaction"].search([("res_id", "=", task.id)])
        cls.request.type_id = cls.type_("3.1.1")
        cls.env["crm.interaction.target"].search([]).active = True
        cls.env["crm.interaction.indicator"]._refresh(cls.env.company)
        cls.env["crm.interaction.recommendation"].sudo()._refresh(cls.env.company)

    def actions(self, user):
        """Return the window actions of the menus that the user sees, as the web client loads them."""
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        root = self.env.ref(f"{ADDON}.menu_root").id
        found = [m for m in menus.values() if m.get("app_id") == root and m["action_model"] == "ir.actions.act_window"]
        for action_id in sorted({menu["action_id"] for menu in found}):
            yield self.env["ir.actions.act_window"].browse(action_id)._get_action_dict()

    def open(self, user, action):
        """Open a window action as the web client does: its views, its first page and the first record."""
        model = self.env[action["res_model"]].with_user(user)
        views = [(view_id, mode) for view_id, mode in action["views"]]
        loaded = model.get_views([*views, (action["search_view_id"] and action["search_view_id"][0], "search")])[
            "views"
        ]
        domain = safe_eval(action["domain"] or "[]", {"uid": user.id, "context_today": lambda: self.request.date})
        for mode, view in loaded.items():
            if mode in ("list", "kanban", "form"):
                found = model.web_search_read(domain, self.specification(view["arch"], model), limit=3)
                for values in found["records"]:
                    model.browse(values["id"]).display_name  # noqa: B018
            elif mode in ("pivot", "graph"):
                model.formatted_read_group(domain, [], ["__count"])
        return loaded

    def specification(self, arch, model):
        names = {node.get("name") for node in etree.fromstring(arch).iter("field")}
        return {name: {} for name in names if name in model._fields}

    def test_every_screen_opens(self):
        for user in (self.user, self.boss):
            opened = 0
            for action in self.actions(user):
                with self.subTest(user=user.login, action=action["name"]):
                    self.open(user, action)
                    opened += 1
            self.assertGreater(opened, 9 if user == self.boss else 5)

    def test_forms_open_and_save(self):
        for user in (self.user, self.boss):
            for model in ("crm.interaction", "res.partner"):
                with self.subTest(user=user.login, model=model):
                    record = self.request if model == "crm.interaction" else self.client_company
                    with Form(record.with_user(user)) as form:
                        self.assertTrue(form.id)
        with Form(self.env["crm.interaction"].with_user(self.user)) as form:
            form.partner_id = self.client_company
            form.type_id = self.type_("1.1.3")
        for name in ("kind", "type", "rule", "service", "corrective.action", "target"):
            model = self.env[f"crm.interaction.{name}"].with_user(self.boss)
            with self.subTest(name), Form(model.search([], limit=1) or model) as form:
                self.assertTrue(form._view)

    def buttons(self, user, model):
        """Return the names of the methods that buttons of the model's form call."""
        arch = self.env[model].with_user(user).get_views([(False, "form")])["views"]["form"]["arch"]
        found = {node.get("name") for node in etree.fromstring(arch).iter("button") if node.get("type") == "object"}
        return sorted(name for name in found if name)

    def test_buttons_of_an_interaction_work(self):
        allowed = (UserError,)  # a clear word, never a missing right
        for user in (self.user, self.boss):
            for name in self.buttons(user, "crm.interaction"):
                with self.subTest(user=user.login, button=name), self.env.cr.savepoint() as savepoint:
                    record = self.request.with_user(user)
                    if name == "action_make_opportunity":
                        self.assertFalse(record.can_make_opportunity or record.has_opportunity)
                        continue
                    try:
                        getattr(record, name)()
                    except allowed as error:
                        self.assertIs(type(error), UserError, error)
                    savepoint.rollback()

    def test_buttons_of_indicators_and_recommendations_work(self):
        for model in ("crm.interaction.indicator", "crm.interaction.recommendation", "crm.interaction.target"):
            record = self.env[model].search([], limit=1)
            for user in (self.user, self.boss):
                for name in self.buttons(user, model) if record and record.with_user(user).has_access("read") else ():
                    if name.startswith("action_view"):
                        with self.subTest(user=user.login, model=model, button=name):
                            getattr(record.with_user(user), name)()

    def pressable(self):
        """Return a record of each form whose buttons do something, as somebody else left it."""
        days = {"date_from": "2026-01-01", "date_to": "2026-12-31"}
        payload = {"method": "_message", "model": "res.partner", "ids": self.silent.ids, "message_id": 1}
        payload["recipients"] = []
        error = self.env["crm.interaction.capture.error"]._by_code().create({"error": "Error", "payload": payload})
        return [
            self.env["crm.interaction.replay"].create(days),
            error,
            self.env["crm.interaction.target"].search([], limit=1),
            self.env["crm.interaction.rule"].search([], limit=1),
            self.env["crm.interaction.method.change"].create({"name": "By hand"}),
            self.env["crm.interaction.corrective.action"].search([], limit=1),
            self.env["crm.interaction.type"].search([("is_group", "=", False)], limit=1),
            self.env["crm.interaction.kind"].search([], limit=1),
            self.env["crm.interaction.indicator"].search([], limit=1),
            self.env["crm.interaction.recommendation"].search([], limit=1),
        ]

    def shown_buttons(self, user, model):
        """Return the methods that the buttons of form and list call, of those that the user sees."""
        views = self.env[model].with_user(user).get_views([(False, "form"), (False, "list")])["views"]
        nodes = [node for view in views.values() for node in etree.fromstring(view["arch"]).iter("button")]
        return sorted({node.get("name") for node in nodes if node.get("type") == "object" and node.get("name")})

    def press(self, record, name):
        """Call a button's method; a clear word is no fault, a missing right is one."""
        with self.env.cr.savepoint() as savepoint:
            try:
                getattr(record, name)()
                self.env.flush_all()
            except UserError as error:
                self.assertIs(type(error), UserError, error)
            savepoint.rollback()
        self.env.invalidate_all()

    def test_every_button_works_for_who_sees_it(self):
        pressed = {self.user: set(), self.boss: set()}
        for record in filter(None, self.pressable()):
            for user, names in pressed.items():
                own = record.with_user(user)
                if not own.has_access("read"):
                    continue
                for name in self.shown_buttons(user, record._name):
                    with self.subTest(user=user.login, model=record._name, button=name):
                        self.press(own, name)
                    names.add((record._name, name))
        for model, name in (("replay", "action_run"), ("capture.error", "action_retry")):
            self.assertIn((f"crm.interaction.{model}", name), pressed[self.boss])
            self.assertNotIn((f"crm.interaction.{model}", name), pressed[self.user])
        self.assertTrue(pressed[self.user])

    def test_buttons_of_wizards_work_for_managers(self):
        for name, vals in (
            ("rule.test", {"event": "message_in", "body": "I must complain"}),
            ("anonymise", {"partner_ids": self.silent.ids}),
            ("summary.report", {"date_from": "2026-01-01", "date_to": "2026-12-31"}),
        ):
            wizard = self.env[f"crm.interaction.{name}"].with_user(self.boss).create(vals)
            with Form(wizard) as form:
                self.assertTrue(form.id)
            for button in self.shown_buttons(self.boss, wizard._name):
                with self.subTest(model=name, button=button):
                    self.press(wizard, button)

    def test_document_opens_for_who_may_and_is_explained_to_others(self):
        for user in (self.user, self.boss):
            with self.subTest(user.login), self.assertRaisesRegex(UserError, r"rights to open this document \(Task\)"):
                self.request.with_user(user).action_open_document()
        self.user.group_ids += self.env.ref("project.group_project_user")
        self.assertEqual(self.request.with_user(self.user).action_open_document()["res_model"], "project.task")

    def test_opportunity_of_a_recommendation_is_for_who_works_with_them(self):
        days = {"date_from": "2026-10-01", "date_to": "2026-10-02", "n": 9}
        vals = {"kind": "burden", "partner_id": self.client_company.id, "company_id": self.env.company.id, **days}
        recommendation = self.env["crm.interaction.recommendation"].sudo()._by_code().create(vals)
        seller = self.make_staff(login="seller", groups=f"{ADDON}.group_manager,sales_team.group_sale_salesman")
        for user, may in ((self.boss, False), (seller, True)):
            self.assertEqual(recommendation.with_user(user).can_make_opportunity, may)
        recommendation.with_user(seller).action_make_opportunity()
        for user, may in ((self.boss, False), (seller, True)):
            self.assertEqual(recommendation.with_user(user).has_opportunity, may)

    def test_records_move_between_own_companies_only(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        type_id = self.env["crm.interaction.type"]._by_code("4.1.1").id
        for name, vals in (
            ("rule", {"name": "Moved", "event": "message_in", "type_id": type_id}),
            ("target", {"low": 0.1, "bound": "floor", "partner_id": self.client_company.id}),
            ("method.change", {"name": "Moved"}),
            ("replay", {}),
            ("summary.report", {}),
        ):
            record = self.env[f"crm.interaction.{name}"].with_user(self.boss).create(vals)
            record.write({"company_id": self.env.company.id})
            for as_ in (record, record.sudo()):
                with self.subTest(name, su=as_.env.su), self.assertRaisesRegex(AccessError, "only between companies"):
                    as_.write({"company_id": other.id})
            self.boss.company_ids |= other
            record.with_context(allowed_company_ids=self.boss.company_ids.ids).write({"company_id": other.id})
            self.boss.company_ids -= other
            with self.subTest(name, leaves=True), self.assertRaisesRegex(AccessError, "only between companies"):
                record.sudo().write({"company_id": self.env.company.id})

    def test_client_smart_buttons_open(self):
        for user in (self.user, self.boss):
            client = self.client_company.with_user(user)
            for action in (
                client.action_view_interactions(),
                client.action_view_interaction_recommendations(),
                client.action_view_indicators(),
            ):
                with self.subTest(user=user.login, action=action["name"]):
                    self.env[action["res_model"]].with_user(user).search(action["domain"], limit=3)

    def test_reports_are_made(self):
        for user in (self.user, self.boss):
            with self.subTest(user.login):
                vals = {"date_from": "2026-01-01", "date_to": "2026-12-31", "with_contacts": True}
                summary_report = self.env["crm.interaction.summary.report"].with_user(user).create(vals)
                self.assertIn("/web/content/", summary_report.action_create()["params"]["url"])
                self.assertEqual(summary_report.action_pdf()["type"], "ir.actions.report")

    def test_opportunity_of_the_request_is_for_who_works_with_them(self):
        seller = self.make_staff(login="seller", groups=f"{ADDON}.group_manager,sales_team.group_sale_salesman")
        self.assertTrue(self.request.with_user(seller).can_make_opportunity)
        self.request.with_user(seller).action_make_opportunity()
        self.assertTrue(self.request.with_user(seller).has_opportunity)
        for user in (self.user, self.boss):
            self.assertFalse(self.request.with_user(user).has_opportunity)
