from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests.common import new_test_user, tagged

from .requests_common import WEDNESDAY, ComposerCase

COMPOSER = "mail.compose.message"


@tagged("post_install", "-at_install")
class TestRequestsHint(ComposerCase):
    """Test what the composer says before a message goes to a client. Today is Wednesday; letters go on Fridays."""

    def test_items_are_in_the_next_letter(self):
        self.assertEqual(self.hint(), {"text": "2 items are in the letter of Friday, November 6.", "is_offered": True})
        self.invoices.with_user(self.accountant).action_accept()
        self.assertEqual(self.text(), "1 item is in the letter of Friday, November 6.")

    def test_third_message_of_the_week(self):
        self.forget_items()
        self.send(1)
        self.assertFalse(self.hint())
        self.send(1)
        self.assertEqual(self.text(), "Third message to Ivan this week. The next letter goes on Friday, November 6.")
        self.send(9, when=WEDNESDAY - timedelta(hours=2))
        self.assertIn("Ivan has had 11 messages this week.", self.text())

    def test_week_begins_in_the_time_zone_of_the_company(self):
        self.forget_items()
        self.send(2, when=datetime(2026, 11, 1, 21, 30))
        self.assertTrue(self.text(), "half past midnight on Monday in Moscow")
        self.env.company.interaction_tz = "UTC"
        self.assertFalse(self.text())

    def test_only_messages_to_this_person_count(self):
        self.forget_items()
        other = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.send(2, partner=other)
        self.send(2, channel="phone")
        self.send(2, code="message_in", type_code="1.1.2")
        ignored = self.capture(WEDNESDAY, record=self.task, partner=self.ivan, type_code="1.2.1", channel="email")
        ignored.with_user(self.manager).state = "ignored"
        self.send(1)
        self.assertFalse(self.hint())
        self.assertIn("Third message to Olga", self.text(persons=other | self.ivan))

    def test_next_letter_after_that_of_the_week(self):
        self.env.company.interaction_letter_week = "2026-11-02"
        self.assertIn("Friday, November 13", self.text())
        self.env["crm.interaction.reporting.week"].create(
            {"name": "VAT", "date_from": "2026-11-09", "date_to": "2026-11-16"}
        )
        self.assertIn("Friday, November 20", self.text())

    def test_letter_had_by_hand_counts(self):
        sending = self.env["crm.interaction.request.sending"].with_user(self.accountant)
        sending.create({"list_id": self.list.id}).action_send()
        self.assertIn("Friday, November 13", self.text())

    def test_items_reminded_enough_are_in_no_letter(self):
        self.vector.interaction_reminders = "0"
        self.run_job(datetime(2026, 10, 30, 9))
        self.assertEqual(self.text(), "The next letter goes on Friday, November 6.")

    def test_says_why_nothing_can_be_added(self):
        cases = {
            "Weekly letters are switched off.": lambda: self.env.company.write({"interaction_letter_weekday": False}),
            "no e-mail address": lambda: self.ivan.write({"email": False}),
            "has unsubscribed": lambda: self.env["mail.blacklist"].create({"email": self.ivan.email}),
            "Ivan: archived": lambda: self.ivan.write({"active": False}),
        }
        for words, change in cases.items():
            with self.subTest(words), self.env.cr.savepoint() as savepoint:
                change()
                self.env.flush_all()
                hint = self.hint()
                self.assertIn(words, hint["text"])
                self.assertFalse(hint["is_offered"])
                with self.assertRaisesRegex(UserError, words):
                    self.add()
                savepoint.close(rollback=True)
            self.env.invalidate_all()

    def test_ended_contract_and_drafts_take_nothing(self):
        self.send(3)
        self.list.with_user(self.accountant).item_ids.action_accept()
        self.assertEqual(self.list.state, "closed")
        self.make_list(state="draft", period="2026-11-01")
        self.assertIn("is a draft", self.text())
        self.vector.interaction_client_until = "2026-10-31"
        self.assertIn("has ended", self.text())
        self.vector.active = False
        self.env.flush_all()
        self.assertIn("Vector: archived", self.text())
        self.assertFalse(self.hint()["is_offered"])

    def test_confidential_text_is_not_shown_to_all_contacts(self):
        payroll = self.env["crm.interaction.service"].search([("is_confidential", "=", True)], limit=1)
        self.project.interaction_service_id = payroll
        self.add("<p>Sick notes</p>")
        self.assertEqual(self.list.item_ids[-1].service_id, payroll)
        self.list.item_ids[-1].unlink()
        self.list.audience = "client"
        self.assertIn("this is confidential", self.text())
        self.assertFalse(self.hint()["is_offered"])
        self.project.interaction_service_id = False
        payroll.words = "sick notes"
        with self.assertRaises(ValidationError):
            self.add("<p>Sick notes</p>")

    def test_persons_of_two_clients(self):
        other = self.make_client(name="Twin", email="info@twin.example.com", user_id=self.accountant.id)
        self.send(2)
        both = self.ivan | other
        self.assertEqual(self.hint(persons=both), {"text": "Third message to Ivan this week.", "is_offered": False})
        with self.assertRaises(UserError):
            self.add(persons=both)

    def test_nobody_else_among_the_recipients_is_left_out(self):
        colleague = self.make_staff(login="colleague", groups="crm_outsourcing_interactions.group_user")
        foreign = self.make_client(name="Foreign", user_id=colleague.id)
        olga = self.make_contact(name="Olga", email="olga@foreign.example.com", parent_id=foreign.id)
        petr = self.make_contact(name="Petr", email="petr@vector.example.com", parent_id=self.vector.id)
        self.send(2)
        for other in (olga, petr):
            with self.subTest(other.name):
                hint = self.hint(persons=self.ivan | other)
                self.assertIn("Third message to Ivan this week.", hint["text"])
                self.assertFalse(hint["is_offered"])
                with self.assertRaises(UserError):
                    self.add(persons=self.ivan | other)
        self.assertTrue(self.hint()["is_offered"])

    def test_only_clients_of_the_reader(self):
        stranger = self.make_staff(
            login="stranger", groups="crm_outsourcing_interactions.group_user,project.group_project_user"
        )
        self.assertFalse(self.hint(user=stranger))
        with self.assertRaises(UserError):
            self.add(user=stranger)
        self.assertTrue(self.hint(user=self.manager))
        self.assertFalse(self.hint(persons=self.accountant.partner_id))

    def test_user_of_another_company(self):
        other = self.env["res.company"].create({"name": "Second", "interaction_letter_weekday": "4"})
        user = new_test_user(
            self.env, "second.user", groups="crm_outsourcing_interactions.group_manager,project.group_project_user",
            company_id=other.id, company_ids=other.ids,
        )  # fmt: skip
        self.task.company_id = self.project.company_id = self.env.company
        with self.assertRaises(AccessError):
            self.hint(user=user)
        shared = self.make_task(partner_id=self.ivan.id)
        shared.sudo().write({"company_id": False, "project_id": False, "user_ids": user.ids})
        self.assertFalse(self.hint(user=user, record=shared), "the list is that of the first company")

    def test_strangers_are_refused(self):
        for groups in ("base.group_portal", "base.group_user"):
            user = new_test_user(self.env, f"x.{groups}", groups=groups)
            for method in (self.hint, self.add):
                with self.subTest(groups, method=method), self.assertRaises(AccessError):
                    method(user=user)
        with self.assertRaises(UserError):
            self.env[COMPOSER].with_user(self.accountant).interaction_letter_hint_of("res.country", 1, [1])

    def test_requests_of_any_shape(self):
        composer = self.env[COMPOSER].with_user(self.accountant)
        for res_id, partner_ids in ((False, [self.ivan.id]), ("7", None), (10**8, ["x", -1]), ([1], [10**8])):
            self.assertFalse(composer.interaction_letter_hint_of("project.task", res_id, partner_ids))

        for model in ("mail.thread", "mail.thread.cc", "no.model", "", None, 7):
            with self.subTest(model=model), self.assertRaises(UserError):
                composer.interaction_letter_hint_of(model, 1, self.ivan.ids)

    def test_composer_on_a_model_without_chatter_says_nothing(self):
        country = self.env["res.country"].search([], limit=1)
        context = {"default_model": "res.country", "default_res_ids": country.ids, "default_partner_ids": self.ivan.ids}
        composer = self.env[COMPOSER].with_user(self.accountant).with_context(**context).create({"body": "x"})
        self.assertFalse(composer.interaction_letter_hint)

    def test_three_hundred_recipients_cost_what_three_do(self):
        people = [{"name": f"P{n}", "email": f"p{n}@x.example.com", "parent_id": self.vector.id} for n in range(150)]
        clients = [{"name": f"C{n}", "is_company": True, "user_id": self.accountant.id} for n in range(150)]
        many = self.env["res.partner"].create([pair for both in zip(people, clients, strict=True) for pair in both])
        counts = []
        for persons in (many[:3], many):
            self.env.flush_all()
            self.env.invalidate_all()
            self.env["crm.interaction.people"]._forget_facts()
            before = self.env.cr.sql_log_count
            self.hint(persons=persons)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_chatter_marks_recipients_without_a_query(self):
        task = self.task.with_user(self.accountant)
        suggested = {one["partner_id"]: one for one in task._message_get_suggested_recipients(reply_discussion=True)}
        self.assertIs(suggested[self.ivan.id]["interaction_client"], True)
        people = self.env["crm.interaction.people"]
        with self.assertQueryCount(0):
            people._client_of(self.ivan)
