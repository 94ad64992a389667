from ast import literal_eval
from datetime import datetime, timedelta

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import UserError
from odoo.tests.common import tagged
from odoo.tools import SQL

from .common import InteractionCase

NOW = datetime(2026, 11, 10, 12)
"""A Tuesday."""


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMattersScreens(InteractionCase):
    """The lists of open matters, their ages, and the buttons of a matter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"resource_calendar_id": False, "interaction_tz": "Europe/Moscow"})
        cls.user = cls.make_staff(login="only.user", groups="crm_outsourcing_interactions.group_user")
        cls.alfa = cls.make_client(name="Alfa", email="office@alfa.example.com", user_id=cls.user.id)
        cls.matters = cls.env["crm.interaction.matter"].with_user(cls.user)

    def test_message_of_a_fast_clock_waits_from_its_own_time_on(self):
        triggers = self.env["ir.cron.trigger"].search([])
        moment = NOW + timedelta(minutes=2)
        matter = self.asked(moment)
        self.assertEqual((self.env["ir.cron.trigger"].search([]) - triggers).call_at, moment)
        self.assertFalse(matter.search(matter._moving_domain()))
        with freeze_time(moment):
            self.assertEqual(matter.search(matter._moving_domain()), matter)
            matter._refresh(matter)
        self.assertRecordValues(matter, [{"is_open": True, "waiting": "us", "waiting_since": moment}])

    def asked(self, when, **values):
        """Return the matter of a message that the client sends at ``when``."""
        values = {"partner": self.alfa, "record": self.alfa, "code": "message_in", **values}
        matter = self.capture(when, **values).matter_id
        matter.invalidate_model()
        return matter.with_user(self.user).sudo(False)

    def test_ages_are_days_of_the_company(self):
        # midnight in Moscow is 21:00 UTC
        moments = {
            "today": datetime(2026, 11, 10, 7),
            "days_1": datetime(2026, 11, 9, 14),
            "days_3": datetime(2026, 11, 5, 7),
            "older": datetime(2026, 10, 30, 7),
        }
        found = {age: self.asked(moment) for age, moment in moments.items()}
        self.assertEqual({age: matter.age for age, matter in found.items()}, {age: age for age in moments})
        for age, matter in found.items():
            self.assertEqual(self.matters.search([("age", "=", age)]), matter)
        self.assertEqual(len(self.matters.search([("age", "in", ["today", "older"])])), 2)

    def test_lists_and_kanban_group_by_age(self):
        for when in (NOW - timedelta(hours=5), NOW - timedelta(days=20), NOW - timedelta(days=21)):
            self.asked(when)
        counts = dict(self.matters._read_group([], ["age"], ["__count"]))
        self.assertEqual(counts, {"today": 1, "older": 2})
        matters = self.matters.with_context(read_group_expand=True)
        groups = matters.web_read_group([], ["age"], ["__count"])["groups"]
        shown = [(group["age"], group["__count"]) for group in groups]
        self.assertEqual(shown, [("today", 1), ("days_1", 0), ("days_3", 0), ("older", 2)])
        for group in groups:
            self.assertEqual(self.matters.search_count(group["__extra_domain"]), group["__count"])

    def test_closed_matters_have_no_age(self):
        matter = self.asked(NOW - timedelta(days=2), record=self.make_task(partner_id=self.alfa.id))
        matter.interaction_ids.mark_matter("withdrawn")
        self.assertFalse(matter.age)
        self.assertEqual(self.matters.search([("age", "=", False)]), matter)
        self.assertEqual(self.matters.search([("age", "!=", False)]), self.matters)

    def test_longest_waiting_comes_first(self):
        late, early = self.asked(NOW - timedelta(hours=3)), self.asked(NOW - timedelta(days=9))
        for name in ("us", "open"):
            self.assertEqual(self.opened(name), early | late)
        self.assertFalse(self.opened("client"))

    def test_what_waits_is_found_by_an_index(self):
        for way in ("seqscan", "bitmapscan", "sort"):  # a table of a few rows tells nothing of a large one
            self.env.cr.execute(f"SET LOCAL enable_{way} = off")
        domain = [("is_open", "=", True), ("waiting", "=", "us")]
        waiting = self.matters.sudo()._search(domain, order="waiting_since")
        plan = self.env.execute_query(SQL("EXPLAIN %s", waiting.select()))
        self.assertIn("crm_interaction_matter_open_by_waiting", str(plan))

    def test_partial_indexes_are_usable_for_searches(self):
        """Odoo searches for ``x IS TRUE``, from which PostgreSQL does not conclude ``x``."""
        predicate = SQL("pg_get_expr(indpred, indrelid)")
        columns = SQL("SELECT attname FROM pg_attribute WHERE attrelid = indrelid")
        ours = SQL("indrelid::regclass::text LIKE 'crm\\_interaction%%'")
        query = SQL("SELECT indexrelid::regclass FROM pg_index WHERE %s AND %s IN (%s)", ours, predicate, columns)
        self.assertEqual(self.env.execute_query(query), [])

    def opened(self, name):
        """Return the matters in the order in which a menu shows them."""
        action = self.env.ref(f"crm_outsourcing_interactions.crm_interaction_matter_action_{name}")
        order = self.matters.get_view(view_type="list")["arch"].split('default_order="')[1].split('"')[0]
        return self.matters.search(literal_eval(action.domain), order=order)

    def test_buttons_open_document_message_and_composer(self):
        project = self.make_project(privacy_visibility="followers")
        task = self.make_task(partner_id=self.alfa.id, project_id=project.id)
        matter = self.asked(NOW - timedelta(days=1), record=task)
        with self.assertRaises(UserError):  # does not follow the project
            matter.action_open_document()
        context = matter.action_reply()["context"]
        self.assertEqual((context["default_model"], context["default_res_ids"]), ("res.partner", self.alfa.ids))
        project.message_subscribe(self.staff.partner_id.ids)
        self.alfa.user_id = self.staff
        matter = matter.with_user(self.staff)
        self.assertEqual(matter.action_open_document()["res_id"], task.id)
        with self.assertRaises(UserError):
            matter.action_open_last_message()
        context = matter.action_reply()["context"]
        self.assertEqual((context["default_model"], context["default_res_ids"]), ("project.task", task.ids))

    def test_reply_answers_the_last_message(self):
        task = self.make_task(partner_id=self.alfa.id)
        message = task.message_post(
            body="When?", author_id=self.alfa.id, message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.env.invalidate_all()
        self.alfa.user_id = self.staff
        matter = message.sudo().interaction_ids.matter_id.with_user(self.staff).sudo(False)
        self.assertEqual(matter.waiting, "us")
        opened = matter.action_open_last_message()
        self.assertEqual(
            (opened["params"]["document"]["res_id"], opened["params"]["message_id"]), (task.id, message.id)
        )
        context = matter.action_reply()["context"]
        composer = self.env["mail.compose.message"].with_user(self.staff).with_context(**context)
        composer.create({"body": "Tomorrow"}).action_send_mail()
        self.assertRecordValues(matter, [{"waiting": "nobody", "closed_how": "answered"}])
        self.assertIn(self.alfa, task.message_ids[0].partner_ids)

    def test_matter_without_document(self):
        matter = self.asked(NOW - timedelta(days=1))
        self.env["crm.interaction.matter"].browse(matter.id).sudo()._by_code().write({"res_model": False, "res_id": 0})
        with self.assertRaises(UserError):
            matter.action_open_document()
        self.assertEqual(matter.action_reply()["context"]["default_res_ids"], self.alfa.ids)

    def test_phone_has_the_decisions_and_the_order_of_the_lists(self):
        form = etree.fromstring(self.matters.get_view(view_type="form")["arch"])
        for name in ("interaction_ids", "proposed_ids"):
            [field] = form.iterfind(f".//field[@name='{name}'][@mode]")
            table, cards = field.find("list"), field.find("kanban")
            self.assertEqual(cards.get("default_order"), table.get("default_order"))
            buttons, links = (
                {node.get("name"): node.get("invisible") or node.get("column_invisible") for node in nodes}
                for nodes in (table.iter("button"), cards.iter("a"))
            )
            self.assertEqual(links, buttons)
