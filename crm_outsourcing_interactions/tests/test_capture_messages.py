import psycopg2.errors

from odoo.tests.common import new_test_user, tagged
from odoo.tools import mute_logger

from ..models.events.marks import marked
from .common import INSERT, MATTER, InteractionCase


@tagged("post_install", "-at_install")
class TestCaptureMessages(InteractionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client(email="office@client.example.com")
        cls.contact = cls.make_contact(parent_id=cls.client_company.id, email="anna@client.example.com")
        cls.task = cls.make_task(partner_id=cls.contact.id, user_ids=cls.staff.ids)

    def post(self, record=None, user=None, **kwargs):
        defaults = {"body": "Hello", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        record = record if record is not None else self.task
        return record.with_user(user or self.staff).message_post(**{**defaults, **kwargs})

    # --- what counts ------------------------------------------------------------------

    def test_message_to_client_is_outgoing(self):
        message = self.post(partner_ids=self.contact.ids)
        interaction = self.captured(self.task)
        self.assertRecordValues(
            interaction,
            [
                {
                    "direction": "outgoing",
                    "partner_id": self.contact.id,
                    "commercial_partner_id": self.client_company.id,
                    "user_id": self.staff.id,
                    "message_id": message.id,
                    "event": "message_out",
                    "classified_by": "rule",
                    "state": "to_review",
                }
            ],
        )

    def test_client_reached_as_follower_counts(self):
        self.task.message_subscribe(self.contact.ids)
        self.post()
        self.assertEqual(self.captured(self.task).partner_id, self.contact)

    def test_note_that_mentions_client_counts(self):
        self.post(subtype_xmlid="mail.mt_note", partner_ids=self.contact.ids)
        self.assertEqual(self.captured(self.task).direction, "outgoing")

    def test_portal_user_posts_incoming(self):
        portal = new_test_user(self.env, "client.portal", groups="base.group_portal")
        portal.partner_id.parent_id = self.client_company
        self.task.sudo().message_post(
            author_id=portal.partner_id.id, body="Done", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertRecordValues(
            self.captured(self.task),
            [{"direction": "incoming", "partner_id": portal.partner_id.id, "channel": "portal"}],
        )

    def test_responsible_of_incoming_is_who_has_the_task(self):
        self.post(author_id=self.contact.id, message_type="email")
        self.assertEqual(self.captured(self.task).user_id, self.staff)

    def test_scheduled_message_counts_when_it_leaves(self):
        self.post(partner_ids=self.contact.ids, scheduled_date="2099-01-01 10:00:00")
        self.assertFalse(self.captured(self.task))
        self.env["mail.message.schedule"].search([]).force_send()
        self.assertEqual(len(self.captured(self.task)), 1)

    def test_message_planned_in_the_composer_counts_when_it_leaves(self):
        planned = self.make_planned_message(self.task, self.contact)
        self.assertFalse(self.captured(self.task))
        planned.post_message()
        self.assertRecordValues(self.captured(self.task), [{"event": "message_out", "partner_id": self.contact.id}])

    def test_sms_is_outgoing(self):
        self.contact.phone = "+32470000001"
        self.task.with_user(self.staff)._message_sms("Please call back", partner_ids=self.contact.ids)
        self.assertRecordValues(self.captured(self.task), [{"event": "message_out", "channel": "sms"}])

    def test_template_mail_is_outgoing(self):
        template = self.env["mail.template"].create(
            {"name": "Month end", "model_id": self.env["ir.model"]._get_id("project.task"), "subject": "Month end"}
        )
        template.partner_to = "{{ object.partner_id.id }}"
        self.task.with_user(self.staff).message_post_with_source(template, message_type="comment")
        self.assertRecordValues(self.captured(self.task), [{"event": "message_out", "partner_id": self.contact.id}])

    def test_message_on_the_clients_own_record(self):
        self.post(self.contact, user=self.env.user, partner_ids=self.contact.ids)
        self.assertRecordValues(
            self.captured(self.contact), [{"partner_id": self.contact.id, "type_id": False, "state": "to_review"}]
        )

    # --- what does not ----------------------------------------------------------------

    def assert_extra_queries(self, extra, **kwargs):
        """Check that capture adds exactly ``extra`` queries to a post, everything warm."""
        uncaptured = marked(self.task, "interaction_skip")
        for record in (uncaptured, self.task):
            self.count_queries(record, **kwargs)
        without = self.count_queries(uncaptured, **kwargs)
        self.assertEqual(self.count_queries(self.task, **kwargs) - without, extra)

    def count_queries(self, record, **kwargs):
        self.env.cr.flush()
        before = self.env.cr.sql_log_count
        self.post(record, **kwargs)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_note_costs_nothing(self):
        self.assert_extra_queries(0, subtype_xmlid="mail.mt_note")
        self.assertFalse(self.captured(self.task))

    def test_message_between_staff_costs_nothing(self):
        colleague = self.make_staff(login="colleague")
        self.assert_extra_queries(0, partner_ids=colleague.partner_id.ids)
        self.assertFalse(self.captured(self.task))

    def test_outgoing_message_costs_four_statements(self):
        self.task.message_subscribe(self.contact.ids)
        self.assert_extra_queries(INSERT + 1)  # there is no matter to write
        self.assertTrue(self.captured(self.task))

    def test_author_who_is_gone_is_for_odoo_to_tell(self):
        self.env.invalidate_all()
        with self.assertRaises(psycopg2.errors.ForeignKeyViolation), mute_logger("odoo.sql_db"):
            self.post(author_id=2**30, email_from="gone@example.com")

    def test_mail_sent_at_once_costs_four_statements(self):
        """Sending empties the cache; neither the document nor anybody of the people is read again."""
        colleague = self.make_staff(login="colleague")
        capture = self.env["crm.interaction.capture"]
        recipients = [{"id": self.contact.id, "share": True, "notif": "email", "email_normalized": "anna@example.com"}]
        values = {"author_id": colleague.partner_id.id, "message_type": "comment", "subject": "Question", "body": "?"}
        values |= {"date": "2026-11-02 09:00:00", "attachment_ids": [], "record_company_id": self.env.company.id}
        for number in range(2):  # from the second on all is warm
            message = self.env["mail.message"].create({"model": "project.task", "res_id": self.task.id, **values})
            known = {**values, "message_id": message.message_id, "staff_partner_id": self.env.user.partner_id.id}
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            capture._message(self.task, message, known, recipients)
            if number:
                self.assertEqual(self.env.cr.sql_log_count - before, INSERT + 1)
        self.assertEqual(self.captured(self.task).user_id, colleague)

    def test_incoming_message_costs_five_statements(self):
        self.assert_extra_queries(INSERT + MATTER, author_id=self.contact.id, message_type="email")
        self.assertTrue(self.captured(self.task))

    def test_tracking_is_none(self):
        self.task.message_subscribe(self.contact.ids)
        self.task.with_user(self.staff).priority = "1"
        self.env.flush_all()
        self.assertFalse(self.captured(self.task))

    def test_own_company_is_no_client(self):
        self.post(partner_ids=self.env.company.partner_id.ids, record=self.make_task())
        self.assertFalse(self.captured())

    def test_switched_off_direction_is_not_logged(self):
        self.env.company.interaction_log_message_out = False
        self.post(partner_ids=self.contact.ids)
        self.assertFalse(self.captured(self.task))
        self.post(author_id=self.contact.id, message_type="email")
        self.assertEqual(self.captured(self.task).direction, "incoming")

    # --- what it never does -----------------------------------------------------------

    def test_field_defaults_apply_and_context_defaults_do_not(self):
        self.env["ir.default"].set("crm.interaction", "note", "Ask again")
        task = self.task.with_context(default_polarity="negative", default_note="About the task")
        self.post(task, partner_ids=self.contact.ids)
        self.assertRecordValues(self.captured(self.task), [{"note": "Ask again", "polarity": False}])

    def test_fault_in_capture_does_not_block_the_message(self):
        def fail(*args):
            raise ValueError("broken")

        self.patch(type(self.env["crm.interaction.rule"]), "_classify", fail)
        with self.assertLogs("odoo.addons.crm_outsourcing_interactions", "ERROR"):
            message = self.post(partner_ids=self.contact.ids)
        self.assertTrue(message.exists())

    def test_database_fault_does_not_block_the_message(self):
        def classify(_rules, events):
            for event in events:
                event.vals |= {"type_id": 2**30, "state": "to_review"}
            return events

        self.patch(type(self.env["crm.interaction.rule"]), "_classified", classify)
        with self.assertLogs("odoo.addons.crm_outsourcing_interactions", "ERROR"):
            message = self.post(partner_ids=self.contact.ids)
        self.assertTrue(message.exists())

    def test_interaction_survives_the_message(self):
        message = self.post(partner_ids=self.contact.ids)
        interaction = self.captured(self.task)
        message.sudo().unlink()
        self.assertTrue(interaction.exists())
        self.assertFalse(interaction.message_id)

    def test_with_logic_of_another_addon_the_orm_logs_once(self):
        self.patch(type(self.env["crm.interaction"]), "_has_other_logic", lambda interactions: True)
        message = self.post(partner_ids=self.contact.ids)
        logged = self.captured(self.task)
        self.assertEqual((logged.message_id, logged.partner_id, logged.event), (message, self.contact, "message_out"))
        self.assertFalse(logged.duration)
        event = logged._as_event(self.task)
        self.assertFalse(self.env["crm.interaction.pipeline"]._run([event]))
        self.assertEqual(self.captured(self.task), logged)
