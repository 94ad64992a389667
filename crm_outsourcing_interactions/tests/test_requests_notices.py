from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests.common import tagged

from ..models.requests import crm_interaction_notice_sending
from .requests_common import MONDAY, WEEK, LetterCase
from .test_requests_bounces import RETURNED

NOTICE = "crm.interaction.notice"
TUESDAY = MONDAY + timedelta(days=1)
LATER = timedelta(minutes=20)


class NoticeCase(LetterCase):
    """Accept, return and answer at given moments, and run the job."""

    def run_notices(self, when, seconds=60):
        """Run the job; return the mails it makes."""
        self.env.flush_all()
        known = self.notice_mails()
        committed = patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: seconds)
        with freeze_time(when), committed:
            self.env[NOTICE]._cron_send()
        return self.notice_mails() - known

    def notice_mails(self):
        return self.env["mail.mail"].search([("subject", "like", "Update on your%")], order="id")

    def check(self, *items, when=TUESDAY, reason=None):
        """Have the client hand over ``items`` and the accountant accept, or return them with a ``reason``."""
        with freeze_time(when):
            for item in items:
                if item.is_outstanding:
                    self.hand_over(item, (f"{item.id}.pdf", str(item.id).encode()))
                own = item.with_user(self.accountant)
                own._return(reason) if reason else own.action_accept()


@tagged("post_install", "-at_install")
@freeze_time(MONDAY - timedelta(days=3))
class TestRequestNoticesAtOnce(NoticeCase):
    """Test one mail for all changes within 15 minutes, to people who want it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ivan.interaction_notify = "at_once"
        cls.requested_on("2026-10-20")

    @classmethod
    def requested_on(cls, day):
        """Set when the items were made: the clock of the database is not frozen."""
        cls.env.flush_all()
        items = tuple(cls.list.item_ids.ids)
        cls.env.cr.execute("UPDATE crm_interaction_matter_item SET create_date = %s WHERE id IN %s", [day, items])
        cls.env.invalidate_all()

    def test_one_mail_for_several_changes(self):
        self.check(self.statement)
        self.check(self.invoices, when=TUESDAY + timedelta(minutes=9), reason="Page 2 is missing")
        self.assertFalse(self.run_notices(TUESDAY + timedelta(minutes=10)))
        mail = self.run_notices(TUESDAY + LATER)
        self.assertEqual((len(mail), mail.recipient_ids, mail.subject), (1, self.ivan, "Update on your documents"))
        for text in ("Bank statement", "Checked and accepted", "Invoices", "Page 2 is missing"):
            self.assertIn(text, mail.body_html)
        self.assertFalse(self.run_notices(TUESDAY + 2 * LATER), "sent once")

    def test_colleague_who_handed_it_over_is_told(self):
        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        olga.interaction_notify = "at_once"
        for audience, told in (("person", self.ivan), ("client", self.ivan | olga)):
            self.list.sudo().audience = audience
            with freeze_time(TUESDAY):
                self.statement._hand_over(olga, {self.statement.id: {"answer": audience}}, how="login")
                self.statement.with_user(self.accountant).sudo(False)._return(audience)
            self.assertEqual(self.run_notices(TUESDAY + LATER).recipient_ids, told)

    def test_agreed_not_applicable_is_told(self):
        for name in ("action_accept", "action_not_applicable"):
            with freeze_time(TUESDAY):
                claim = {self.invoices.id: {"not_applicable": "There were none"}}
                self.invoices._hand_over(self.ivan, claim, how="login")
                self.statement.with_user(self.accountant).action_accept()
                getattr(self.invoices.with_user(self.accountant), name)()
            [mail] = self.run_notices(TUESDAY + LATER)
            self.assertEqual(mail.body_html.count("Invoices (agreed: not applicable)"), 1)
            self.assertNotIn("Received", mail.body_html, "the statement came on paper")
            self.list.item_ids.action_reopen()
            self.env["crm.interaction.notice"].search([]).unlink()

    def test_accepted_twice_is_told_once(self):
        self.check(self.statement)
        self.assertEqual(len(self.run_notices(TUESDAY + LATER)), 1)
        before = self.statement.accepted_on
        with freeze_time(TUESDAY + timedelta(days=2)):
            self.statement.with_user(self.accountant).action_accept()
        self.assertEqual(self.statement.accepted_on, before)
        self.assertFalse(self.run_notices(TUESDAY + timedelta(days=2) + LATER))

    def test_it_is_no_interaction(self):
        before = self.captured()
        self.check(self.statement)
        handed = self.captured() - before
        mail = self.run_notices(TUESDAY + LATER)
        mail.send()
        self.assertEqual(self.captured() - before, handed)
        self.assertEqual(mail.mail_message_id.message_type, "email_outgoing")
        self.assertIn("auto-generated", mail.headers)

    def test_notification_that_came_back_stops_the_next(self):
        self.check(self.statement)
        mail = self.run_notices(TUESDAY + LATER)
        text = RETURNED.format(key="1", letter=mail.message_id, address=self.ivan.email)
        self.env["mail.thread"].message_process("mail.thread", text)
        self.assertEqual(self.ivan.interaction_bounced_email, self.ivan.email)

    def test_what_was_taken_back_is_not_told(self):
        self.check(self.statement)
        with freeze_time(TUESDAY + timedelta(minutes=5)):
            self.statement.with_user(self.accountant).action_reopen()
        self.assertFalse(self.run_notices(TUESDAY + LATER))

    def test_item_of_another_person_now_is_not_told(self):
        self.check(self.statement)
        self.statement.partner_id = self.make_contact(
            name="Olga", email="o@vector.example.com", parent_id=self.vector.id
        )
        self.assertFalse(self.run_notices(TUESDAY + LATER))

    def test_nobody_is_told_without_need(self):
        self.check(self.statement)
        cases = {
            "wants none": lambda: self.ivan.write({"interaction_notify": "never"}),
            "contract ended": lambda: self.vector.write({"interaction_client_until": "2026-10-31"}),
            "client archived": lambda: self.vector.write({"active": False}),
            "person archived": lambda: self.ivan.write({"active": False}),
            "no address": lambda: self.ivan.write({"email": False}),
            "left": lambda: self.ivan.write({"parent_id": False}),
            "unsubscribed": lambda: self.env["mail.blacklist"]._add(self.ivan.email),
            "came back": lambda: self.ivan.write({"interaction_bounced_email": self.ivan.email}),
        }
        for name, change in cases.items():
            with self.subTest(name), self.cr.savepoint() as savepoint:
                change()
                self.assertFalse(self.run_notices(TUESDAY + LATER))
                savepoint.rollback()
                self.env.invalidate_all()
                self.env.registry.clear_cache()
        self.assertTrue(self.run_notices(TUESDAY + LATER))

    def test_due_and_overdue_once_each(self):
        self.list.item_ids.write({"due": "2026-11-04"})
        moments = [
            MONDAY + timedelta(days=days, hours=hours) for days, hours in ((0, 0), (1, -3), (1, 0), (1, 5), (3, 0))
        ]
        mails = [self.run_notices(moment) | self.run_notices(moment + LATER) for moment in moments]
        self.assertEqual([len(mail) for mail in mails], [0, 0, 1, 0, 1])
        self.assertIn("Due soon", mails[2].body_html)
        self.assertIn("Overdue", mails[4].body_html)
        self.assertEqual(len(self.captured()), 0)

    def test_nothing_is_due_that_was_requested_too_late(self):
        self.list.item_ids.write({"due": "2026-10-29"})
        self.requested_on("2026-10-30")
        self.assertFalse(self.run_notices(MONDAY) | self.run_notices(MONDAY + LATER))

    def test_letter_of_the_day_reminds_already(self):
        self.list.item_ids.write({"due": "2026-11-03"})
        self.assertTrue(self.run_job())
        self.assertFalse(self.run_notices(MONDAY) | self.run_notices(MONDAY + LATER))
        self.assertTrue(self.run_notices(MONDAY + 2 * (TUESDAY - MONDAY)) | self.run_notices(MONDAY + WEEK / 3))

    def test_item_without_a_person_is_accepted_all_the_same(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_interaction_matter_item SET partner_id = NULL WHERE list_id = %s", self.list.ids
        )
        self.env.invalidate_all()
        self.statement.with_user(self.accountant).action_accept()
        self.assertEqual(self.statement.state, "accepted")
        self.assertFalse(self.env[NOTICE].search([]))

    def test_killed_job_goes_on_and_tells_once(self):
        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.invoices.partner_id, olga.interaction_notify = olga, "at_once"
        self.check(self.statement, self.invoices)
        with patch.object(crm_interaction_notice_sending, "CHUNK", 1):
            first = self.run_notices(TUESDAY + LATER, seconds=0)
            second = self.run_notices(TUESDAY + LATER)
        self.assertEqual((len(first), len(second)), (1, 1))
        self.assertEqual((first | second).recipient_ids, self.ivan | olga)

    def test_language_is_that_of_the_person(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env["ir.module.module"]._load_module_terms(["crm_outsourcing_interactions"], ["ru_RU"])
        self.ivan.lang = "ru_RU"
        self.check(self.statement)
        self.run_notices(TUESDAY + LATER)
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertEqual(mail.subject, "Новости о ваших документах")
        self.assertIn("Проверено и принято", mail.body_html)

    def test_link_is_for_people_without_a_login(self):
        self.check(self.statement)
        self.assertNotIn("href", self.run_notices(TUESDAY + LATER).body_html, "nothing to open")
        self.check(self.invoices, reason="Blurred")
        mail = self.run_notices(TUESDAY + LATER)
        url = self.env["crm.interaction.portal.link"].search([])._url()
        self.assertIn(f'href="{url}"', mail.body_html)
        self.assertNotIn(url, mail.body)

    def test_reply_with_files_proposes_the_items(self):
        self.check(self.invoices, reason="Blurred")
        mail = self.run_notices(TUESDAY + LATER)
        self.assertEqual((mail.model, mail.res_id), (self.list._name, self.list.id))
        self.assertEqual(mail.reply_to, f'"{self.accountant.name}" <catchall@firm.example.com>')
        boundary = 'Content-Type: multipart/mixed; boundary="b"'
        text = (
            "From: ivan@vector.example.com\nTo: catchall@firm.example.com\nSubject: Re\nMessage-Id: <reply@vector>\n"
            f"In-Reply-To: {mail.message_id}\nMIME-Version: 1.0\n{boundary}\n\n--b\n"
            "Content-Type: text/plain\n\nHere.\n"
            "--b\nContent-Type: application/pdf; name=i.pdf\nContent-Disposition: attachment\n\nX\n--b--\n"
        )
        self.env["mail.thread"].message_process("mail.thread", text)
        self.assertEqual(len(self.list.reply_ids), 1)

    def test_nobody_reads_or_forges_notifications(self):
        self.check(self.statement)
        notices = self.env[NOTICE].with_user(self.accountant)
        with self.assertRaises(AccessError):
            notices.search([])
        with self.assertRaises(AccessError):
            notices.create({"partner_id": self.ivan.id, "company_id": self.env.company.id, "kind": "accepted"})
