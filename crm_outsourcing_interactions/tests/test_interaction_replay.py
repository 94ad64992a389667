from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests.common import tagged

from ..models.events.marks import marked
from .common import InteractionCase


class ReplayCase(InteractionCase):
    """A task with messages that were not captured."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_accounting()
        cls.client_company = cls.make_client(user_id=cls.staff.id)
        cls.contact = cls.make_contact(parent_id=cls.client_company.id)
        uncaptured = marked(cls.env["base"], "interaction_skip").env
        cls.task = cls.make_task(partner_id=cls.contact.id, user_ids=cls.staff.ids).with_env(uncaptured)
        cls.moment = fields.Datetime.now() - timedelta(days=3)
        cls.interactions = cls.env["crm.interaction"].search([("event", "!=", False)])

    def post(self, **kwargs):
        defaults = {
            "body": "Hello",
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_comment",
            "date": self.moment,
            "partner_ids": [] if kwargs.get("author_id") else self.contact.ids,
        }
        return self.task.message_post(**{**defaults, **kwargs})

    def replay(self, start="action_run", **vals):
        replay = self.env["crm.interaction.replay"].with_user(self.manager).create(vals)
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60):
            getattr(replay, start)()
            self.env["crm.interaction.replay"]._cron_run()
        return replay

    def captured(self):
        return self.env["crm.interaction"].search([("event", "!=", False)], order="id") - self.interactions


@tagged("post_install", "-at_install")
class TestInteractionReplay(ReplayCase):
    """Test loading history and applying changed rules."""

    def test_messages_of_the_past_are_logged_with_their_dates(self):
        outgoing = self.post()
        incoming = self.post(author_id=self.contact.id, message_type="email", body="I must complain")
        self.post(subtype_xmlid="mail.mt_note", partner_ids=[])
        replay = self.replay()
        self.assertRecordValues(
            self.captured(),
            [
                {"message_id": outgoing.id, "event": "message_out", "date": self.moment, "partner_id": self.contact.id},
                {"message_id": incoming.id, "event": "message_in", "date": self.moment, "partner_id": self.contact.id},
            ],
        )
        self.assertEqual(self.captured()[1].type_id.code, "2.1.1")
        self.assertEqual((replay.state, replay.new_count), ("done", 2))

    def test_a_batch_stores_the_same_values_as_single_messages(self):
        subjects = ["Акт №1 \"«ё»\" \\ 'x' %s {}", False, "Zzz"]
        one = self.post(subject=subjects[0], body="I must complain", author_id=self.contact.id, message_type="email")
        self.replay()
        fields = self.interactions._fields.items()
        stored = [name for name, field in fields if field.store and field.column_type and name != "matter_id"]
        logged = self.captured()
        (alone,) = logged.read(stored)
        others = self.post(subject=subjects[1]), self.post(subject=subjects[2], date=self.moment - timedelta(days=1))
        logged._by_code().unlink()
        self.replay()
        found = {interaction.message_id: interaction for interaction in self.captured()}
        self.assertEqual(set(found), {one, *others})
        (among_others,) = found[one].read(stored)
        self.assertEqual({**among_others, "id": 0}, {**alone, "id": 0})
        self.assertEqual([found[other].subject for other in others], [self.task.display_name, "Zzz"])
        self.assertEqual(found[others[1]].date, self.moment - timedelta(days=1))

    def test_reassigned_interaction_is_not_logged_again(self):
        self.post()
        self.replay()
        other = self.make_client()
        self.captured().with_user(self.manager).write({"partner_id": other.id})
        self.assertEqual(self.captured().commercial_partner_id, other)
        self.assertEqual(self.replay().new_count, 0)
        self.assertEqual(len(self.captured()), 1)

    def test_impossible_date_of_a_message_becomes_the_time_of_arrival(self):
        dates = ["1970-01-01", "2099-01-01", "0001-01-01", "9999-12-31 23:59:59", "2025-01-01"]
        messages = [self.post() for _date in dates]
        for message, date in zip(messages, dates, strict=True):
            self.env.cr.execute("UPDATE mail_message SET date = %s WHERE id = %s", [date, message.id])
        self.env.invalidate_all()
        self.replay()
        self.assertEqual(self.captured().message_id.ids, [message.id for message in messages[:-1]])
        self.assertEqual(set(self.captured().mapped("date")), {messages[0].create_date.replace(microsecond=0)})

    def test_read_counts_messages_and_documents(self):
        for _number in range(3):
            self.post()
        only = {"invoices": False, "payments": False, "ratings": False}
        period = {"date_from": self.moment.date(), "date_to": self.moment.date()}
        self.env.cr.execute("UPDATE mail_message SET date = %s WHERE res_id != %s", ["2001-01-01", self.task.id])
        tasks = self.env["project.task"].search_count([("partner_id", "!=", False), ("parent_id", "=", False)])
        self.assertEqual(self.replay("action_count", **only, **period, tasks=False).read_count, 3)
        self.assertEqual(self.replay(**only, **period).read_count, 3 + tasks)

    def test_replay_equals_live_capture(self):
        live = self.make_task(partner_id=self.contact.id, user_ids=self.staff.ids)
        posts = (
            {"partner_ids": self.contact.ids, "body": "Please send the bank statements"},
            {"author_id": self.contact.id, "message_type": "email", "body": "Спасибо за работу!"},
            {"author_id": self.contact.id, "message_type": "comment"},
        )
        for kwargs in posts:
            defaults = {"body": "Hi", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
            live.message_post(**{**defaults, **kwargs})
        names = ["event", "direction", "type_id", "partner_id", "user_id", "channel", "state", "rule_id"]
        before = [tuple(i[name] for name in names) for i in self.captured()]
        self.env.cr.execute("DELETE FROM crm_interaction WHERE id IN %s", [tuple(self.captured().ids)])
        self.env.invalidate_all()
        self.replay()
        self.assertEqual([tuple(i[name] for name in names) for i in self.captured()], before)

    def test_second_replay_adds_nothing(self):
        self.post()
        self.replay()
        replay = self.replay()
        self.assertEqual(len(self.captured()), 1)
        self.assertEqual(replay.new_count, 0)

    def test_dry_run_counts_and_logs_nothing(self):
        self.post()
        replay = self.replay("action_count")
        self.assertFalse(self.captured())
        self.assertEqual((replay.state, replay.new_count), ("counted", 1))
        self.assertEqual(sum(replay.line_ids.mapped("change")), 1)

    def test_period_clients_and_sources_limit_it(self):
        self.post()
        self.post(date=self.moment - timedelta(days=400))
        other = self.make_client(name="Vector")
        for vals in (
            {"messages": False},
            {"partner_ids": other.ids},
            {"date_from": "2020-01-01", "date_to": "2020-02-01"},
        ):
            with self.subTest(vals=vals):
                self.replay(**vals)
                self.assertFalse(self.captured())
        self.replay()
        self.assertEqual(len(self.captured()), 1)

    def test_documents_of_the_past(self):
        company = self.env.company
        company.write({"interaction_log_invoice": "never", "interaction_log_invoice_paid": False})
        invoice = self.make_invoice(partner_id=self.client_company.id, invoice_date=self.moment.date())
        invoice.action_post()
        register = self.env["account.payment.register"]
        register = register.with_context(active_model="account.move", active_ids=invoice.ids)
        register.create({"payment_date": self.moment.date()}).action_create_payments()
        company.interaction_log_task_delivered = False
        self.task.state = "1_done"
        company.write(
            {
                "interaction_log_invoice": "posted",
                "interaction_log_invoice_paid": True,
                "interaction_log_task_delivered": True,
            }
        )
        self.replay()
        self.assertEqual(self.captured().mapped("event"), ["invoice_posted", "invoice_paid", "task_delivered"])
        self.assertEqual({i.date.date() for i in self.captured()[:2]}, {self.moment.date()})

    def test_staff_who_left_are_no_clients(self):
        self.post(author_id=self.staff.partner_id.id, partner_ids=self.contact.ids)
        self.staff.active = False
        self.replay()
        self.assertEqual(self.captured().direction, "outgoing")

    def test_stopped_replay_goes_on_where_it_stood(self):
        for _i in range(5):
            self.post()
        batches = {"messages": 2}
        with patch.dict(
            "odoo.addons.crm_outsourcing_interactions.models.interaction.upkeep.crm_interaction_replay.BATCH_SIZE",
            batches,
        ):
            replay = self.env["crm.interaction.replay"].create({})
            replay.action_run()
            replay._run_batch()
            replay.action_stop()
            self.env["crm.interaction.replay"]._cron_run()
            self.assertLess(len(self.captured()), 5)
            replay.action_run()
            while replay.state == "running":
                replay._run_batch()
        self.assertEqual(len(self.captured()), 5)

    def test_changed_rules_are_applied_again_but_not_to_a_persons_word(self):
        self.post(author_id=self.contact.id, message_type="email", body="Please order a pass")
        self.post(author_id=self.contact.id, message_type="email", body="Please order a pass")
        self.replay()
        mine, others = self.captured()
        mine.with_user(self.staff).type_id = self.type_("1.1.3")
        self.env["crm.interaction.rule"].create(
            {
                "name": "Passes",
                "event": "message_in",
                "words": "pass",
                "sequence": 1,
                "type_id": self.type_("3.1.1").id,
            }
        )
        dry = self.replay("action_count", mode="reclassify")
        self.assertEqual(dry.new_count, 1)
        self.assertEqual(others.type_id.code, "1.1.2")
        self.replay(mode="reclassify")
        self.assertEqual((mine.type_id.code, others.type_id.code), ("1.1.3", "3.1.1"))

    def test_given_types_stay_after_ignore_and_return_to_review(self):
        place = {"partner": self.contact, "record": self.task}
        given = self.capture(self.moment, code="activity_done", type_code="1.1.3", **place)
        mine = given.with_user(self.staff).sudo(False)
        mine.action_ignore()
        mine.action_reset()
        self.replay(mode="reclassify")
        self.assertEqual((given.type_id.code, given.state, given.classified_by), ("1.1.3", "to_review", "rule"))
        given._by_code()._assign(self.make_contact(parent_id=self.make_client().id), self.task)
        self.assertEqual(given.type_id.code, "1.1.3", "another client is no reason either")

    def test_types_of_a_deleted_rule_are_found_anew(self):
        vals = {"event": "message_in", "words": "pass", "sequence": 1, "type_id": self.type_("3.1.1").id}
        rule = self.env["crm.interaction.rule"].create({"name": "Passes", **vals})
        self.post(author_id=self.contact.id, message_type="email", body="Please order a pass")
        self.replay()
        self.assertEqual(self.captured().type_id.code, "3.1.1")
        rule.unlink()
        self.replay(mode="reclassify")
        self.assertEqual(self.captured().type_id.code, "1.1.2")
