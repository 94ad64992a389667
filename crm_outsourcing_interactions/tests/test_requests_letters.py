from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import ForeignKeyViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .requests_common import GROUP, LETTER, MONDAY, WEEK, LetterCase


@tagged("post_install", "-at_install")
@freeze_time(MONDAY - timedelta(days=3))
class TestRequestLetters(LetterCase):
    """Test one letter for each person and week, and when there is none."""

    def test_one_letter_with_all_that_is_outstanding(self):
        september = self.make_list(period="2026-09-01", names=("Act",), due="2026-10-10")
        self.hand_over(self.invoices, ("a.pdf", b"a"))
        letter = self.run_job()
        self.assertEqual((letter.partner_id, letter.commercial_partner_id), (self.ivan, self.vector))
        self.assertEqual(letter.item_ids, self.statement | september.item_ids)
        self.assertEqual((letter.list_id, letter.is_reminder), (september, False))
        self.assertEqual(letter.subject, "Documents for September 2026 and October 2026")
        mail = self.mails()
        self.assertEqual((mail.recipient_ids, mail.auto_delete, mail.state), (self.ivan, False, "outgoing"))
        self.assertEqual((mail.model, mail.res_id), (september._name, september.id))
        self.assertEqual(mail.mail_message_id, letter.message_id)
        self.assertIn("Bank statement", letter.body)
        self.assertIn("as soon as possible", letter.body)
        self.assertNotIn("Invoices", letter.body)

    def test_letter_is_one_interaction_and_opens_the_matter(self):
        letter = self.run_job()
        interaction = self.captured(self.list)
        self.assertEqual(interaction, letter.interaction_id)
        self.assertEqual((interaction.type_id.code, interaction.state), ("1.2.2", "confirmed"))
        self.assertEqual((interaction.channel, interaction.message_id), ("email", letter.message_id))
        self.assertEqual((interaction.partner_id, interaction.user_id), (self.ivan, self.accountant))
        self.assertTrue(self.list.matter_id.is_open)
        self.assertEqual(self.list.matter_id.waiting, "client")
        self.env["mail.mail"].browse(self.mails().ids).send()
        self.assertEqual(self.captured(self.list), interaction, "sending adds nothing")

    def test_reminders_belong_to_the_same_matter(self):
        first, second = self.run_job(), self.run_job(MONDAY + WEEK)
        self.assertEqual((first.is_reminder, second.is_reminder), (False, True))
        self.assertEqual(second.subject, "Reminder: documents for October 2026")
        self.assertEqual(len(self.captured(self.list)), 2)
        self.assertEqual(second.interaction_id.matter_id, first.interaction_id.matter_id)
        self.list.item_ids = [Command.create({"name": "Lease"})]
        third = self.run_job(MONDAY + 2 * WEEK)
        self.assertEqual((third.is_reminder, third.subject), (False, "Documents for October 2026"), "the lease is new")
        self.assertEqual(self.list.matter_id.waiting, "client")

    def test_each_person_gets_an_own_letter(self):
        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.invoices.partner_id = olga
        letters = self.run_job()
        self.assertEqual(letters.partner_id, self.ivan | olga)
        self.assertEqual(letters.filtered(lambda letter: letter.partner_id == olga).item_ids, self.invoices)
        self.assertEqual(len(self.captured(self.list)), 2)
        self.assertEqual(len(self.captured(self.list).matter_id), 1)

    def test_third_reminder_is_not_sent_where_two_are_set(self):
        sent = [len(self.run_job(MONDAY + number * WEEK)) for number in range(4)]
        self.assertEqual(sent, [1, 1, 1, 0])
        activity = self.activities()
        self.assertEqual((activity.user_id, activity.res_model), (self.accountant, False))
        self.assertEqual(activity.summary, "Follow up on missing documents: 2 items")
        for name in ("Bank statement", "Invoices", "October 2026 · Vector"):
            self.assertIn(name, activity.note)
        self.run_job(MONDAY + 4 * WEEK)
        self.assertEqual(self.activities(), activity)
        self.hand_over(self.statement, ("a.pdf", b"a"))
        self.run_job(MONDAY + 4 * WEEK + timedelta(hours=1))
        self.assertEqual(activity.summary, "Follow up on missing documents: 1 item")
        self.hand_over(self.invoices, ("b.pdf", b"b"))
        self.run_job(MONDAY + 4 * WEEK + timedelta(hours=2))
        self.assertFalse(self.activities())

    def test_successor_gets_what_remains(self):
        for number in range(4):
            self.run_job(MONDAY + number * WEEK)
        successor = self.make_staff(login="successor", groups=GROUP)
        self.vector.interaction_accountant_id = successor
        self.run_job(MONDAY + 4 * WEEK)
        self.assertEqual(self.activities().user_id, successor)

    def test_new_items_do_not_renew_the_reminders_of_others(self):
        self.vector.interaction_reminders = "1"
        items = self.list.item_ids
        for number in range(5):
            letter = self.run_job(MONDAY + number * WEEK)
            self.assertEqual(len(letter), 1)
            items |= items.create({"list_id": self.list.id, "name": f"New {number}"})
        self.assertEqual({len(item.letter_ids) for item in items[:-2]}, {2}, "one letter and one reminder each")
        self.run_job(MONDAY + 5 * WEEK)
        note = self.activities().note
        self.assertIn("Bank statement", note)
        self.assertNotIn("New 4", note)

    def test_failed_letters_are_no_reminders(self):
        self.vector.interaction_reminders = "1"
        found = []
        for number in range(4):
            letter = self.run_job(MONDAY + number * WEEK)
            found.append((letter.is_reminder, len(self.activities())))
            self.mails().filtered(lambda mail: mail.state == "outgoing").state = "exception" if number < 2 else "sent"
        self.assertEqual(found, [(False, 0), (False, 1), (False, 1), (True, 1)])
        self.assertFalse(self.run_job(MONDAY + 4 * WEEK))

    def test_number_of_reminders_is_the_clients(self):
        self.vector.interaction_reminders = "0"
        self.assertEqual([len(self.run_job(MONDAY + number * WEEK)) for number in range(2)], [1, 0])
        self.assertEqual(len(self.activities()), 1)

    def test_returned_items_are_asked_for_anew(self):
        self.vector.interaction_reminders = "0"
        self.run_job()
        with freeze_time(MONDAY + timedelta(days=1)):
            self.hand_over(self.statement, ("a.pdf", b"a"))
            self.statement._by_code().write({"state": "returned", "return_reason": "Page 2 is missing"})
        letter = self.run_job(MONDAY + WEEK)
        self.assertEqual(letter.item_ids, self.statement)
        self.assertIn("Page 2 is missing", letter.body)

    def test_nothing_goes_without_need(self):
        cases = {
            "draft": lambda: self.list._by_code().write({"state": "draft"}),
            "closed": lambda: self.list._by_code().write({"state": "closed"}),
            "handed over": lambda: self.list.item_ids._by_code().write({"state": "handed_over"}),
            "contract ended": lambda: self.vector.write({"interaction_client_until": "2026-10-31"}),
            "client archived": lambda: self.vector.write({"active": False}),
            "person archived": lambda: self.ivan.write({"active": False}),
            "no address": lambda: self.ivan.write({"email": False}),
            "left": lambda: self.ivan.write({"parent_id": False}),
            "unsubscribed": lambda: self.env["mail.blacklist"]._add(self.ivan.email),
            "came back": lambda: self.ivan.write({"interaction_bounced_email": self.ivan.email}),
            "several addresses": lambda: self.ivan.write({"email": "ivan@vector.example.com, olga@example.com"}),
            "editable by colleagues": lambda: self.ivan.write({"type": "other"}),
            "by hand only": lambda: self.env.company.write({"interaction_letter_weekday": False}),
        }
        for name, change in cases.items():
            with self.subTest(name), self.cr.savepoint() as savepoint:
                change()
                self.assertFalse(self.run_job())
                savepoint.rollback()
                self.env.invalidate_all()
                self.env.registry.clear_cache()
        self.assertTrue(self.run_job())

    def test_accountant_learns_to_whom_no_letter_can_go(self):
        self.ivan.email = False
        self.assertFalse(self.run_job())
        self.assertIn("no e-mail address", self.activities().note)

    def test_addresses_are_no_persons_for_documents(self):
        for kind in ("other", "invoice", "delivery"):
            self.ivan.type = kind
            self.assertEqual(self.vector._interaction_request_person(), self.vector)
            self.vector.interaction_request_partner_id = self.ivan
            self.assertEqual(self.vector._interaction_request_person(), self.vector)
        self.assertFalse(self.run_job())
        self.assertIn("colleagues at the client can change", self.activities().note)

    def test_letters_of_an_item_cannot_be_forged(self):
        self.run_job()
        with self.assertRaises(AccessError):
            self.statement.with_user(self.accountant).write({"letter_ids": [Command.clear()]})

    def test_letter_is_in_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env["ir.module.module"]._load_module_terms(["crm_outsourcing_interactions"], ["ru_RU"])
        self.ivan.lang = "ru_RU"
        letter = self.run_job()
        self.assertEqual(letter.subject, "Документы за октябрь 2026")
        self.assertIn("пришлите", letter.body)

    def test_each_company_sends_its_own(self):
        firm = self.env["res.company"].create({"name": "Second Firm", "email": "second@example.com"})
        firm.interaction_tz = "Europe/Moscow"
        lists = self.env["crm.interaction.request.list"]
        item = Command.create({"name": "Contract"})
        vals = {"commercial_partner_id": self.vector.id, "company_id": firm.id, "period": "2026-10-01"}
        lists.create({**vals, "item_ids": [item]}).action_open()
        letters = self.run_job()
        self.assertEqual(letters.company_id, self.env.company | firm)
        self.assertEqual(letters.item_ids.mapped("name"), ["Contract", "Bank statement", "Invoices"])
        self.assertEqual(len(letters), 2)
        self.assertEqual(letters.interaction_id.company_id, self.env.company | firm)

    def test_replies_go_to_the_firm(self):
        self.run_job()
        name = self.accountant.name
        self.assertEqual(self.mails().reply_to, f'"{name}" <catchall@firm.example.com>')
        self.assertEqual(self.mails().email_from, self.accountant.partner_id.email_formatted)

    def test_replies_to_a_long_name_go_to_the_plain_address(self):
        self.accountant.name = "Александра Константиновна Рождественская"
        self.run_job()
        self.assertEqual(self.mails().reply_to, "catchall@firm.example.com")

    def test_colleagues_see_letters_of_own_clients(self):
        letter = self.run_job()
        colleague = self.make_staff(login="other.user", groups=GROUP)
        self.assertEqual(letter.with_user(self.accountant).search([]), letter)
        self.assertFalse(letter.with_user(colleague).search([]))
        self.assertEqual(self.list.letter_count, 1)
        action = self.list.action_view_letters()
        self.assertEqual(self.env[LETTER].with_user(self.accountant).search(action["domain"]), letter)

    def test_merged_persons_keep_a_link_and_a_letter_a_week(self):
        twin = self.make_contact(name="Ivan 2", email="ivan2@vector.example.com", parent_id=self.vector.id)
        self.invoices.partner_id = twin
        letters = self.run_job(MONDAY) | self.run_job(MONDAY + WEEK)
        links = self.env["crm.interaction.portal.link"]
        link = links._of(self.ivan, self.env.company)
        self.assertEqual((len(letters), links.search_count([])), (4, 2))
        self.env["base.partner.merge.automatic.wizard"].create({})._merge((self.ivan | twin).ids, self.ivan)
        self.env.invalidate_all()
        self.assertEqual(links.search([]), link)
        self.assertEqual(len(letters.filtered(lambda letter: letter.partner_id == self.ivan)), 2)
        self.assertEqual((self.statement.letter_ids | self.invoices.letter_ids), letters, "reminders go on counting")
        self.assertEqual([len(item._letters_since()) for item in self.list.item_ids], [2, 2])
        self.assertFalse(self.run_job(MONDAY + WEEK + timedelta(days=1)), "one letter a week")

    def test_lists_named_in_a_letter_remain(self):
        august = self.make_list(period="2026-08-01", names=("Act",))
        unsent = self.make_list(period="2026-07-01", state="draft")
        other = self.make_client(name="Other", user_id=self.accountant.id)
        letter = self.run_job()
        self.assertEqual(letter.list_id, august)
        for list_ in (august, self.list):
            with self.assertRaisesRegex(UserError, "then the list closes"), self.cr.savepoint():
                list_.unlink()
            with self.assertRaisesRegex(ValidationError, "another client"), self.cr.savepoint():
                list_.commercial_partner_id = other
        with self.assertRaises(ForeignKeyViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.cr.execute("DELETE FROM crm_interaction_request_list WHERE id = %s", [august.id])
        unsent.commercial_partner_id = other
        unsent.unlink()
