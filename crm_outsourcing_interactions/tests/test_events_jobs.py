from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from odoo.addons.crm_outsourcing_interactions.models.events import crm_interaction_job
from odoo.addons.crm_outsourcing_interactions.models.optional import timesheets

from .common import InteractionCase

FAULT = "no plan for this one"


@tagged("post_install", "-at_install")
class TestEventsJobs(InteractionCase):
    """Test jobs with one failing company among three: the others succeed, and a manager is notified."""

    suggests = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.companies = cls.env["res.company"].create([{"name": f"Firm {n}"} for n in range(3)])
        cls.broken = cls.companies[1]
        cls.manager.company_ids |= cls.companies

    def run_job(self, cron, model, method, is_broken=True):
        """Run the scheduled action; ``method`` of ``model`` fails for the broken company. Return who was done."""
        done, original = [], getattr(type(self.env[model]), method)

        def work(records, company, *args, **kwargs):
            company.partner_id.comment = f"touched by {method}"
            if is_broken and company == self.broken:
                records.env.cr.execute("SELECT 1 / 0")
            done.append(company)
            return original(records, company, *args, **kwargs)

        quiet = mute_logger("odoo.sql_db", crm_interaction_job.__name__)
        with self.enter_registry_test_mode(), quiet, patch.object(type(self.env[model]), method, work):
            self.env.ref(f"crm_outsourcing_interactions.{cron}").method_direct_trigger()
        return done

    def activities(self, company=None):
        domain = [("res_model", "=", "res.partner"), ("interaction_job", "!=", False)]
        if company:
            domain.append(("res_id", "=", company.partner_id.id))
        return self.env["mail.activity"].search(domain)

    def assert_others_are_done(self, cron, model, method):
        done = self.run_job(cron, model, method)
        self.assertFalse(self.companies - self.broken - self.env["res.company"].union(*done))
        self.assertFalse(self.broken.partner_id.comment, "what it did for the broken one is undone")
        activity = self.activities()
        self.assertRecordValues(activity, [{"res_id": self.broken.partner_id.id, "user_id": self.manager.id}])
        self.assertIn(self.env.ref(f"crm_outsourcing_interactions.{cron}").name, activity.summary)
        self.assertIn("division by zero", activity.note)
        self.run_job(cron, model, method)
        self.assertEqual(self.activities(), activity, "one activity, however often it fails")
        self.run_job(cron, model, method, is_broken=False)
        self.assertFalse(self.activities())

    def test_recommendations(self):
        self.assert_others_are_done("cron_recommendations", "crm.interaction.recommendation", "_refresh")

    def test_suggestions(self):
        self.assert_others_are_done("cron_train", "crm.interaction.learner", "_train")

    def test_indicators(self):
        for company in self.companies:
            self.env["crm.interaction.target"].create({"company_id": company.id, "low": 0.1, "bound": "floor"})
        self.assert_others_are_done("cron_refresh_indicators", "crm.interaction.indicator", "_refresh")

    def test_hourly_costs(self):
        with (
            patch.object(timesheets, "has_hourly_costs", lambda env: True),
            patch.object(timesheets, "hourly_costs", lambda company: {}),
        ):
            self.assert_others_are_done("cron_hourly_costs", "crm.interaction.hourly.cost", "_record")

    def test_meeting_another_worker_is_no_failure(self):
        job, company = self.env["crm.interaction.job"], self.broken

        def meet():
            company.partner_id.comment = "touched"
            raise SerializationFailure("could not serialize access due to concurrent update")

        with self.assertNoLogs(crm_interaction_job.__name__, "WARNING"):
            [error] = job._attempt("cron_letters", company, [meet])
        self.assertTrue(job._is_conflict(error))
        self.assertFalse(company.partner_id.comment, "the next run does it")
        self.assertFalse(self.activities())
        with mute_logger(crm_interaction_job.__name__):
            job._attempt("cron_letters", company, [meet, lambda: 1 // 0])
            self.assertIn("ZeroDivisionError", self.activities(company).note)
            job._attempt("cron_letters", company, [meet])
            self.assertTrue(self.activities(), "nobody knows yet whether it works again")
        job._attempt("cron_letters", company, [lambda: None])
        self.assertFalse(self.activities())

    def test_summary_report_that_meets_another_worker_is_sent_to_all_later(self):
        other = self.make_staff(login="other.reader", company_ids=[(6, 0, self.broken.ids)], company_id=self.broken.id)
        self.broken.interaction_summary_report_user_ids = self.manager | other
        original = type(self.env["crm.interaction.summary.report"])._make

        def make(summary_report, *args):
            if summary_report.env.user == other:
                raise SerializationFailure("could not serialize access due to concurrent update")
            return original(summary_report, *args)

        before = self.env["mail.mail"].search([])
        self.run_mail(make)
        self.assertEqual(self.env["mail.mail"].search([]), before)
        self.assertFalse(self.broken.interaction_summary_report_sent)
        self.assertFalse(self.activities())

    def press(self, model, user, is_broken=True):
        """Press *Refresh* as ``user``, working in all companies; return what it shows and the companies done."""
        done, original = [], type(self.env[model])._refresh

        def work(records, company, *args, **kwargs):
            if is_broken and company == self.broken:
                records.env.cr.execute("SELECT 1 / 0")
            done.append(company)
            return original(records, company, *args, **kwargs)

        quiet = mute_logger("odoo.sql_db", crm_interaction_job.__name__)
        records = self.env[model].with_user(user).with_context(allowed_company_ids=self.companies.ids)
        with quiet, patch.object(type(self.env[model]), "_refresh", work):
            return records.action_refresh(), done

    def last(self, action):
        """Return the last of a chain of actions: without targets, the refresh says so before it reloads."""
        while following := action.get("params", {}).get("next"):
            action = following
        return action

    def test_refresh_buttons_name_the_company_that_failed(self):
        self.staff.company_ids |= self.companies
        for model, user in (
            ("crm.interaction.recommendation", self.staff),
            ("crm.interaction.indicator", self.manager),
        ):
            with self.subTest(model=model):
                action, done = self.press(model, user)
                self.assertEqual(done, list(self.companies - self.broken))
                self.assertIn(self.broken.name, action["params"]["message"])
                self.assertEqual(self.last(action)["tag"], "soft_reload")
                self.assertIn("division by zero", self.activities(self.broken).note)
                action, _done = self.press(model, user, is_broken=False)
                self.assertEqual(self.last(action)["tag"], "soft_reload")
                self.assertFalse(self.activities())

    def test_monthly_summary_report(self):
        for company in self.companies:
            company.interaction_summary_report_user_ids = self.manager
        summary_reports = type(self.env["crm.interaction.summary.report"])
        original = summary_reports._make

        def make(summary_report, *args):
            if summary_report.company_id == self.broken:
                summary_report.env.cr.execute("SELECT 1 / 0")
            return original(summary_report, *args)

        self.run_mail(make)
        self.assertTrue(all(company.interaction_summary_report_sent for company in self.companies - self.broken))
        self.assertFalse(self.broken.interaction_summary_report_sent, "the next run makes up for it")
        self.assertIn("division by zero", self.activities(self.broken).note)

    def run_mail(self, make):
        quiet = mute_logger("odoo.sql_db", crm_interaction_job.__name__)
        with (
            self.enter_registry_test_mode(),
            quiet,
            patch.object(type(self.env["crm.interaction.summary.report"]), "_make", make),
        ):
            self.env.ref("crm_outsourcing_interactions.cron_summary_report_mail").method_direct_trigger()

    def test_failure_for_one_recipient_does_not_stop_the_other(self):
        other = self.make_staff(login="other.reader", company_ids=[(6, 0, self.broken.ids)], company_id=self.broken.id)
        self.broken.interaction_summary_report_user_ids = self.manager | other
        summary_reports = type(self.env["crm.interaction.summary.report"])
        original = summary_reports._make

        def make(summary_report, *args):
            if summary_report.env.user == other:
                raise ValueError(FAULT)
            return original(summary_report, *args)

        before = self.env["mail.mail"].search([])
        self.run_mail(make)
        mails = self.env["mail.mail"].search([("id", "not in", before.ids)])
        self.assertEqual(mails.recipient_ids, self.manager.partner_id)
        self.assertIn(FAULT, self.activities(self.broken).note)

    def test_history_of_one_firm_stops_with_its_error(self):
        replays = self.env["crm.interaction.replay"].create([{"company_id": company.id} for company in self.companies])
        for replay in replays:
            replay.action_count()
        model = type(replays)
        original = model._capture_batch

        def capture(replay, source):
            if replay.company_id == self.broken:
                replay.env.cr.execute("SELECT 1 / 0")
            return original(replay, source)

        logger = "odoo.addons.crm_outsourcing_interactions.models.interaction.upkeep.crm_interaction_replay"
        with (
            self.enter_registry_test_mode(),
            patch.object(model, "_capture_batch", capture),
            mute_logger("odoo.sql_db", logger),
        ):
            self.env.ref("crm_outsourcing_interactions.cron_replay").method_direct_trigger()
        self.assertEqual(replays.mapped("state"), ["counted", "stopped", "counted"])
        self.assertIn("division by zero", replays[1].error)
        replays[1].action_run()
        self.assertRecordValues(replays[1], [{"state": "counting", "error": False}])
