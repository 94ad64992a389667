from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestAnalysisMethodChanges(InteractionCase):
    """Test that method changes are recorded, once per day and subject."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.changes = cls.env["crm.interaction.method.change"]
        cls.changes.search([]).unlink()
        cls.company.write({"interaction_log_invoice": "posted", "interaction_log_campaign": False})
        cls.changes.search([]).unlink()

    def all_changes(self):
        return self.changes.search([], order="id")

    def make_rule(self, **vals):
        defaults = {"name": "Thanks", "event": "message_in", "type_id": self.type_("2.1.1").id}
        return self.env["crm.interaction.rule"].create({**defaults, **vals})

    def test_installation_makes_no_change(self):
        with patch.object(self.registry, "ready", False):
            rule = self.make_rule()
            rule.sequence = 1
        self.assertFalse(self.all_changes())

    def test_request_that_claims_to_install_makes_a_change(self):
        self.env["crm.interaction.rule"].with_context(install_mode=True).create(
            {"name": "Thanks", "event": "message_in", "type_id": self.type_("2.1.1").id}
        )
        self.assertEqual(len(self.all_changes()), 1)

    def test_switch_makes_a_change(self):
        self.company.interaction_log_campaign = True
        self.assertRecordValues(
            self.all_changes(),
            [
                {
                    "name": "Counted from here on: Mass mailing to the client",
                    "event": "campaign",
                    "effect": "started",
                    "company_id": self.company.id,
                    "user_id": self.env.uid,
                }
            ],
        )

    def test_switch_taken_back_on_the_same_day_leaves_none(self):
        self.company.interaction_log_campaign = True
        self.company.interaction_log_campaign = False
        self.assertFalse(self.all_changes())

    def test_switch_taken_back_later_leaves_both(self):
        with freeze_time("2026-10-01 12:00:00"):
            self.company.interaction_log_campaign = True
        with freeze_time("2026-10-02 12:00:00"):
            self.company.interaction_log_campaign = False
        self.assertEqual(self.all_changes().mapped("effect"), ["started", "stopped"])

    def test_moment_of_invoices_changes_the_events_that_change(self):
        self.company.interaction_log_invoice = "sent"
        self.assertEqual(set(self.all_changes().mapped("event")), {"invoice_posted", "credit_note_posted"})
        self.assertEqual(set(self.all_changes().mapped("effect")), {"stopped"})

    def test_whose_contacts_count_is_marked(self):
        self.company.interaction_clients = "marked"
        [change] = self.all_changes()
        self.assertEqual(change.effect, "changed")
        self.assertIn("All contacts except suppliers", change.name)

    def test_own_addresses_make_a_change(self):
        self.company.interaction_own_addresses = "a@mail.example.org\n@g.example.org"
        self.assertEqual(self.all_changes().name, "Own Addresses: a@mail.example.org, @g.example.org (before: –)")

    def test_other_settings_make_no_change(self):
        self.company.write({"interaction_suggest_threshold": 0.7, "name": "Renamed"})
        self.company.write({"interaction_log_campaign": False})
        self.assertFalse(self.all_changes())

    def test_company_written_without_switches_reads_none_of_them(self):
        with patch.object(self.env.registry["res.company"], "_interaction_settings", side_effect=AssertionError):
            self.company.write({"name": "Renamed"})

    def test_rules_changes_of_a_day_are_one_change(self):
        rule = self.make_rule()
        [change] = self.all_changes()
        self.assertEqual((change.name, change.event), ("Rule in use from this day on: Thanks", "message_in"))
        rule.words = "thank*"
        rule.type_id = self.type_("1.1.2")
        self.assertEqual(self.all_changes(), change)
        change.date = "2026-10-01"
        rule.words = "thanks"
        rule.channel = "email"
        later = self.all_changes() - change
        self.assertEqual(later.name, "Rule “Thanks” changed: Words or Phrases, Channel")
        rule.write({"words": "thank*", "channel": False})
        self.assertEqual(self.all_changes(), change)

    def test_archived_and_deleted_rules_are_marked(self):
        rule = self.make_rule()
        self.all_changes().date = "2026-10-01"
        rule.active = False
        self.assertEqual(self.all_changes()[1].name, "Rule no longer in use: Thanks")
        self.all_changes()[1].date = "2026-10-02"
        rule.unlink()  # it was not in use any more
        self.assertEqual(len(self.all_changes()), 2)
        self.make_rule(name="Short-lived").unlink()
        self.assertEqual(len(self.all_changes()), 2)

    def test_name_of_a_rule_makes_no_change(self):
        rule = self.make_rule()
        self.all_changes().unlink()
        rule.write({"name": "Gratitude", "confirms": True})
        self.assertFalse(self.all_changes())

    def test_database_keeps_one_change_a_day(self):
        self.company.interaction_log_campaign = True
        change = self.all_changes()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self.changes._by_code().create({"name": "Twice", "subject": change.subject, "date": change.date})
        self.changes.create([{"name": "A person's"}, {"name": "Another person's"}])

    def test_managers_words_stay(self):
        rule = self.make_rule()
        self.all_changes().date = "2026-10-01"
        rule.words = "thank*"
        change = self.all_changes()[1].with_user(self.manager)
        change.name = "We look for thanks"
        rule.channel = "email"
        self.assertEqual(change.name, "We look for thanks")

    def test_name_is_in_the_language_of_its_reader(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        rule = self.make_rule().with_context(lang="ru_RU")
        rule.name = "Благодарности"
        self.all_changes().unlink()
        rule.channel = "email"
        self.company.with_context(lang="ru_RU").interaction_log_campaign = True
        changes = self.all_changes()
        english = ["Rule “Thanks” changed: Channel", "Counted from here on: Mass mailing to the client"]
        self.assertEqual(changes.mapped("name"), english)
        russian = changes.with_context(lang="ru_RU")
        self.assertRegex(russian[0].name, "^Изменено правило «Благодарности»: ")
        self.assertRegex(russian[1].name, "^Учитывается с этого дня: ")
        self.assertEqual(russian.search([("name", "ilike", "благодар")]), changes[0])

    def test_managers_translation_stays(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        rule = self.make_rule()
        change = self.all_changes().with_user(self.manager)
        change.update_field_translations("name", {"ru_RU": "Ищем благодарности"})
        rule.channel = "email"
        rule.name = "Other"
        rule.words = "thank*"
        self.assertEqual(change.with_context(lang="ru_RU").name, "Ищем благодарности")

    def test_access(self):
        self.company.interaction_log_campaign = True
        change = self.all_changes()
        self.assertTrue(change.with_user(self.staff).name)
        with self.assertRaises(AccessError):
            change.with_user(self.staff).name = "Mine"
        own = self.changes.with_user(self.manager).create({"name": "The telephone system logs its calls"})
        self.assertEqual(own.user_id, self.manager)
        rule_of_manager = self.env["crm.interaction.rule"].with_user(self.manager)
        rule_of_manager.create({"name": "M", "event": "message_in", "type_id": self.type_("2.1.1").id})
        self.assertEqual(len(self.all_changes()), 3)

    def test_changes_of_other_companies_stay_theirs(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        other.interaction_log_campaign = True
        self.assertFalse(self.changes.with_user(self.manager).search([]))


@tagged("post_install", "-at_install")
class TestAnalysisLikeForLike(InteractionCase):
    """Test that *Comparable Only* excludes sources that were not counted throughout a period."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.interaction"].search([]).action_archive()
        cls.env["crm.interaction.method.change"].search([]).unlink()
        cls.client = cls.make_client()
        events = ("invoice_posted", "invoice_sent", "message_in", False)
        cls.of_event = {event: cls.log(partner_id=cls.client.id, event=event, date="2026-10-20") for event in events}

    def change(self, **vals):
        defaults = {"name": "Changed", "date": "2026-10-10", "event": "invoice_posted", "effect": "stopped"}
        return self.env["crm.interaction.method.change"].create({**defaults, **vals})

    def found(self, start=date(2026, 9, 1), end=date(2026, 10, 31)):
        domain = self.env["crm.interaction.method.change"]._comparable(start, end)
        found = self.env["crm.interaction"].search(domain)
        return {event for event, interaction in self.of_event.items() if interaction in found}

    def test_without_changes_everything_stays(self):
        self.assertEqual(self.found(), set(self.of_event))

    def test_what_stopped_or_started_is_left_out_with_its_twin(self):
        self.change()
        self.assertEqual(self.found(), {"message_in", False})

    def test_changes_outside_the_period_have_no_effect(self):
        self.change()
        self.assertEqual(self.found(start=date(2026, 10, 10)), set(self.of_event))
        self.assertEqual(self.found(end=date(2026, 10, 9)), set(self.of_event))

    def test_changed_rules_leave_nothing_out(self):
        self.change(effect="changed")
        self.assertEqual(self.found(), set(self.of_event))

    def test_mark_of_all_events_leaves_nothing_out(self):
        self.change(event=False)
        self.assertEqual(self.found(), set(self.of_event))

    def test_mark_of_another_company_leaves_nothing_out(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        self.change(company_id=other.id)
        self.assertEqual(self.found(), set(self.of_event))
        self.change(company_id=False, event="message_in")
        self.assertEqual(self.found(), {"invoice_posted", "invoice_sent", False})

    @freeze_time("2026-11-05 12:00:00")
    def test_filter(self):
        self.change()
        search = self.env["crm.interaction"].search_count
        self.assertEqual(search([("counted_months", "=", 3)]), 2)
        self.assertEqual(search([("counted_months", "in", [0])]), 4)

    def test_action_compares_the_months_around(self):
        action = self.change().with_user(self.manager).action_compare()
        found = self.env["crm.interaction"].search(action["domain"])
        self.assertEqual(found, self.of_event["message_in"] | self.of_event[False])
        self.assertEqual(action["context"]["pivot_share_mode"], "column")
        self.assertIn(("date", ">=", "2026-07-01"), action["domain"])
        self.assertIn(("date", "<", "2027-02-01"), action["domain"])
