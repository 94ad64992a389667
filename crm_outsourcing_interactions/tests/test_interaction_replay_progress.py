from datetime import timedelta
from unittest.mock import patch

from lxml import etree

from odoo import fields
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..models.events.marks import marked
from ..models.interaction.upkeep.crm_interaction_replay import STATES
from .common import InteractionCase

BATCHES = "odoo.addons.crm_outsourcing_interactions.models.interaction.upkeep.crm_interaction_replay.BATCH_SIZE"


@tagged("post_install", "-at_install")
class TestInteractionReplayProgress(InteractionCase):
    """Test progress, reasons for left-out events and the reset of a replay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.make_contact(parent_id=cls.make_client().id)
        uncaptured = marked(cls.env["base"], "interaction_skip").env
        cls.task = cls.make_task(partner_id=cls.contact.id, user_ids=cls.staff.ids).with_env(uncaptured)
        cls.moment = fields.Datetime.now() - timedelta(days=3)
        cls.env.cr.execute("UPDATE mail_message SET date = %s", ["2001-01-01"])
        only = {"invoices": False, "payments": False, "ratings": False, "tasks": False}
        cls.vals = {"date_from": cls.moment.date(), "date_to": cls.moment.date(), **only}

    def post(self, **kwargs):
        defaults = {"body": "Hello", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        defaults |= {"date": self.moment, "partner_ids": [] if kwargs.get("author_id") else self.contact.ids}
        return self.task.message_post(**{**defaults, **kwargs})

    def replay(self, **vals):
        return self.env["crm.interaction.replay"].with_user(self.manager).create({**self.vals, **vals})

    def work(self, replay):
        while replay.state in ("counting", "running"):
            replay._run_batch()

    def post_all_sorts(self):
        self.post()
        self.post()
        for _number in range(2):
            self.post(subtype_xmlid="mail.mt_note", partner_ids=[])
        self.post(author_id=self.contact.id, message_type="email", subject="Automatic reply: away")

    def test_reasons_of_what_is_left_out(self):
        self.post_all_sorts()
        replay = self.replay()
        replay.action_count()
        self.work(replay)
        self.assertEqual((replay.read_count, replay.new_count), (5, 2))
        self.assertEqual(
            replay.left_out_text.splitlines(),
            [
                "Internal notes, and messages that neither come from a client nor reach one: 2",
                "Automatic mail: 1",
            ],
        )
        replay.action_run()
        self.work(replay)
        replay.action_count()
        self.work(replay)
        self.assertEqual(replay.new_count, 0)
        self.assertIn("Already logged: 2", replay.left_out_text.splitlines())

    def test_reasons_of_choice_and_settings(self):
        self.post(author_id=self.contact.id)
        for vals, reason in (
            ({"partner_ids": self.make_client(name="Vector").ids}, "Of other clients: 1"),
            ({"company_id": self.second_firm().id}, "Of other companies: 1"),
        ):
            replay = self.replay(**vals)
            replay.action_count()
            self.work(replay)
            self.assertEqual(replay.with_env(self.env).left_out_text, reason)
        self.env.company.interaction_log_message_in = False
        replay = self.replay()
        replay.action_count()
        self.work(replay)
        self.assertEqual(replay.left_out_text, "Not counted by the settings: 1")

    def test_other_companies_numbers_are_for_administrators(self):
        self.post(author_id=self.contact.id)
        self.post(subtype_xmlid="mail.mt_note", partner_ids=[])
        replay = self.replay(company_id=self.second_firm().id)
        replay.action_count()
        self.work(replay)
        self.assertEqual(replay.with_env(self.env).left_out_text, "Of other companies: 2")
        self.assertFalse(replay.left_out_text)

    def test_what_another_company_has_logged_is_not_counted(self):
        client = self.contact.parent_id.with_env(self.task.env)  # of no company
        message = client.message_post(
            body="Hello", message_type="email", subtype_xmlid="mail.mt_comment", author_id=self.contact.id,
            date=self.moment,
        )  # fmt: skip
        message.record_company_id = False
        for company in (self.env.company, self.second_firm()):
            replay = self.replay(company_id=company.id)
            replay.action_run()
            self.work(replay)
            self.assertEqual((replay.read_count, replay.left_out or {}), (1, {}))

    def test_figures_are_refreshed_after_the_load(self):
        crons = [
            self.env.ref(f"crm_outsourcing_interactions.cron_refresh_{name}") for name in ("indicators", "clients")
        ]
        domain = [("cron_id", "in", [cron.id for cron in crons])]
        self.post()
        replay, before = self.replay(), self.env["ir.cron.trigger"].search_count(domain)
        for start in (replay.action_count, replay.action_run):
            start()
            self.work(replay)
        self.assertEqual(self.env["ir.cron.trigger"].search_count(domain), before + 2)

    def second_firm(self):
        firm = self.env["res.company"].create({"name": "Second Firm"})
        self.manager.company_ids += firm
        return firm

    def test_documents_left_out(self):
        replay = self.replay(messages=False, tasks=True)
        replay.action_count()
        self.work(replay)
        self.assertIn("Documents that are not completed, or completed outside the period:", replay.left_out_text)

    def test_progress(self):
        for _number in range(4):
            self.post()
        replay = self.replay()
        replay.action_count()
        self.assertEqual((replay.state, replay.percent), ("counting", 0))
        with patch.dict(BATCHES, {"messages": 1}):
            replay._run_batch()
        self.assertEqual((replay.state, replay.total_count, replay.percent), ("counting", 4, 25))
        self.work(replay)
        self.assertEqual((replay.state, replay.percent), ("counted", 100))

    def test_progress_of_rules(self):
        self.post(author_id=self.contact.id)
        replay = self.replay()
        replay.action_run()
        self.work(replay)
        rules = self.replay(mode="reclassify")
        rules.action_count()
        self.work(rules)
        self.assertEqual((rules.total_count, rules.percent, rules.left_out_text), (1, 100, ""))

    def test_way_back_to_change_the_period(self):
        self.post_all_sorts()
        replay = self.replay()
        replay.action_draft()
        for stop in (False, True):
            replay.action_count()
            if stop:
                replay.action_stop()
            self.work(replay)
            replay.action_draft()
            self.assertRecordValues(
                replay, [{"state": "draft", "read_count": 0, "new_count": 0, "left_out_text": "", "line_ids": []}]
            )
        replay.date_from = "2000-01-01"
        replay.action_run()
        self.work(replay)
        replay.action_draft()
        self.assertEqual(replay.state, "done", "what was done stays on record")

    def test_main_button_of_each_state(self):
        view = self.env.ref("crm_outsourcing_interactions.crm_interaction_replay_view_form")
        buttons = etree.fromstring(view.arch).findall(".//header/button")
        shown = {
            state: {
                button.get("string"): button.get("class") == "oe_highlight"
                for button in buttons
                if not safe_eval(button.get("invisible"), {"state": state})
            }
            for state, _label in STATES
        }
        self.assertEqual(
            shown,
            {
                "draft": {"Dry Run": True},
                "counting": {"Stop": False},
                "counted": {"Run": True, "Count Again": False, "Reset to Draft": False},
                "running": {"Stop": False},
                "stopped": {"Continue": True, "Count Again": False, "Reset to Draft": False},
                "done": {"Count Again": False},
            },
        )
