from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests.common import tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestInteractionChanges(InteractionCase):
    """Test that every change relevant to figures is recorded, for further purposes as well."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_staff(
            login="exactly.user", groups="crm_outsourcing_interactions.group_user,project.group_project_user"
        )
        cls.alfa = cls.make_client(name="Alfa", user_id=cls.user.id)
        cls.beta = cls.make_client(name="Beta", user_id=cls.user.id)
        cls.contact = cls.make_contact(parent_id=cls.alfa.id)
        cls.task = cls.make_task(partner_id=cls.contact.id, user_ids=cls.user.ids)

    def setUp(self):
        super().setUp()
        message = self.task.with_user(self.user).message_post(
            body="Hello",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.contact.ids,
        )
        self.message = message
        self.first = self.captured(self.task).with_user(self.user)
        self.second = self.split(type_id=self.type_("3.2.1.2").id)
        self.third = self.split(direction="outgoing")

    def split(self, **values):
        before = self.message.sudo().interaction_ids
        self.env["crm.interaction"].with_user(self.user).tag_message(self.message.id, values, self.first.id, split=True)
        return (self.message.sudo().interaction_ids - before).with_user(self.user)

    def assert_states(self, *states):
        purposes = self.first | self.second | self.third
        self.assertEqual(purposes.mapped("state"), list(states))
        self.assertEqual(purposes.mapped("active"), [state != "ignored" for state in states])
        self.assertFalse(self.env["crm.interaction.total"]._check())

    def test_undo_brings_all_back(self):
        state = self.first.state
        model = self.env["crm.interaction"].with_user(self.user)
        answer = model.tag_message(self.message.id, {"state": "ignored"}, self.first.id)
        model.undo_tag(answer["undo"])
        self.assert_states(state, "confirmed", "to_review")

    def test_purpose_is_not_counted_without_the_first(self):
        self.first.action_ignore()
        for purpose in (self.second, self.third):
            with self.assertRaisesRegex(ValidationError, "Restore that one first"):
                purpose.action_reset()
        with self.assertRaisesRegex(ValidationError, "Restore that one first"):
            self.split(type_id=self.type_("1.2.4").id)

    def test_purpose_has_the_client_of_the_first_whose_contact_left(self):
        self.contact.parent_id = self.beta
        self.assertEqual(self.split(type_id=self.type_("1.2.4").id).commercial_partner_id, self.alfa)

    def test_time_zone_moves_all_purposes(self):
        self.first.with_user(self.manager).date = "2026-10-31 23:30:00"
        self.env.company.interaction_tz = "Europe/Brussels"
        purposes = (self.first | self.second | self.third).sudo()
        self.assertEqual(set(purposes.mapped("month")), {date(2026, 11, 1)})

    # --- notes ----------------------------------------------------------------------------

    def tag(self, note, *args, **kwargs):
        self.env["crm.interaction"].with_user(self.user).tag_message(note.id, *args, **kwargs)

    def test_note_that_is_no_interaction_counts_nowhere(self):
        note = self.task.with_user(self.user).message_post(body="Called")
        self.tag(note, {"state": "ignored"})
        of_note = self.env["crm.interaction"].with_context(active_test=False)
        first = of_note.search([("message_id", "=", note.id)])
        self.assertRecordValues(first, [{"state": "ignored", "active": False}])
        self.tag(note, {"state": "ignored"}, first.id, split=True)
        self.assertEqual(of_note.search([("message_id", "=", note.id)]).mapped("active"), [False, False])

    def test_note_of_an_impossible_date_counts_when_it_arrived(self):
        note = self.task.with_user(self.user).message_post(body="Called")
        note.sudo().date = "2099-01-01 10:00:00"
        self.tag(note, {"type_id": self.type_("1.1.3").id})
        self.assertEqual(note.sudo().interaction_ids.date, note.create_date)

    # --- what is recorded -----------------------------------------------------------------

    def test_changes_of_figures_are_recorded(self):
        by_hand = self.log(partner_id=self.alfa.id, user_id=self.user.id, date="2026-10-01 10:00:00", duration=False)
        service = self.env["crm.interaction.service"].create({"name": "Audit"})
        for vals, text in (
            ({"partner_id": self.beta.id}, "Client: Alfa → Beta"),
            ({"date": "2026-10-02 10:00:00"}, "Date: "),
            ({"duration": 1.5}, "Duration: – → 01:30"),
            ({"channel": "letter"}, "Channel: Phone → Letter"),
            ({"service_id": service.id}, "Service: – → Audit"),
            ({"polarity": "negative"}, "Client Opinion: – → Complaint"),
            ({"user_id": False}, "Responsible: exactly.user → –"),
        ):
            with self.subTest(vals=vals):
                by_hand.with_user(self.user).write(vals)
                change = by_hand.type_change_ids.sorted("id")[-1:]
                self.assertEqual(change.user_id, self.user)
                self.assertIn(text, change.with_user(self.user).with_context(lang="en_US").summary)
                count = len(by_hand.type_change_ids)
                by_hand.with_user(self.user).write(vals)
                self.assertEqual(len(by_hand.type_change_ids), count)
        by_hand.with_user(self.user).subject = "Nothing that counts"
        self.assertEqual(len(by_hand.type_change_ids), count)

    def test_change_of_status_only_shows_old_and_new(self):
        interaction = self.log(type_id=self.type_("1.1.1").id, state="to_review")
        interaction.action_confirm()
        change = interaction.type_change_ids[:1].with_context(lang="en_US")
        self.assertEqual(change.summary, "Status: To Review → Confirmed")

    def test_merged_and_deleted_clients_are_recorded(self):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.alfa | self.beta).ids, self.beta, extra_checks=False)
        self.env.invalidate_all()
        for purpose in (self.first | self.second | self.third).sudo():
            self.assertEqual(purpose.commercial_partner_id, self.beta)
            change = purpose.type_change_ids.sorted("id")[-1:]
            self.assertTrue(change.before["commercial_partner_id"])
            self.assertEqual(change.after, {"commercial_partner_id": self.beta.id})
        self.beta.child_ids.unlink()
        self.beta.unlink()
        self.env.invalidate_all()
        self.assertEqual(self.first.sudo().type_change_ids.sorted("id")[-1:].after, {"commercial_partner_id": False})

    def test_other_time_zone_is_marked(self):
        self.env.company.interaction_tz = "UTC"
        self.env["crm.interaction.method.change"].search([]).unlink()
        self.env.company.interaction_tz = "Asia/Tokyo"
        marks = self.env["crm.interaction.method.change"].search([])
        self.assertEqual(marks.mapped("name"), ["Time Zone of Months: Asia/Tokyo (before: UTC)"])

    def test_records_of_changes_are_nobodys_to_write(self):
        self.first.type_id = self.type_("1.2.4")
        change = self.first.type_change_ids.sorted("id")[-1:]
        for user in (self.user, self.manager):
            self.assertFalse(change.with_user(user).has_access("write"))
            self.assertFalse(change.with_user(user).has_access("create"))
            self.assertFalse(change.with_user(user).has_access("unlink"))
        with self.assertRaises(AccessError):
            change.sudo().user_id = self.manager
