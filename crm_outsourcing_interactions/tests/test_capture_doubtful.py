from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests.common import new_test_user, tagged

from .common import ClientMailCase
from .unknown_sender_common import AssigningCase


@tagged("post_install", "-at_install")
class TestCaptureDoubtful(ClientMailCase):
    """What people write like programs is reviewed, with the sign."""

    def logged(self, **values):
        self.number = getattr(self, "number", 0) + 1
        before = self.env["crm.interaction"]._everything().search([])
        self.receive(key=f"doubt{self.number}", **values)
        return self.env["crm.interaction"]._everything().search([]) - before

    def assert_reviewed(self, interaction, sign):
        self.assertRecordValues(interaction, [{"state": "to_review", "commercial_partner_id": self.client_company.id}])
        self.assertEqual(interaction.why["code"], "maybe_automatic")
        self.assertIn(sign, interaction.why["sign"])

    def test_absence_as_the_whole_subject_or_first_line(self):
        cases = (
            {"subject": "Я в отпуске до 12 ноября"},
            {"subject": "I am out of office until 12 November"},
            {"subject": "Re: Act", "body": "Я в отпуске до 12 ноября, по срочным вопросам пишите Борису."},
            {"subject": "Re: Act", "body": "Hello,\n\nI’m out of the office until 12 November."},
            {"subject": "Re: Act", "body": "Добрый день! Спасибо за письмо. Меня не будет до 12 ноября."},
        )
        for case in cases:
            with self.subTest(**case):
                self.assertEqual(self.logged(**case).why["code"], "maybe_automatic")

    def test_people_write_about_leave(self):
        cases = (
            {"subject": "Re: I am on vacation", "body": "Enjoy it! The act is attached."},
            {"subject": "Payroll", "body": "Please pay my leave. I am on vacation from 12 November."},
        )
        for case in cases:
            with self.subTest(**case):
                self.assertNotEqual((self.logged(**case).why or {}).get("code"), "maybe_automatic")

    def test_absence_with_a_header_is_automatic(self):
        headers = "Auto-Submitted: auto-generated\n"
        self.assertEqual(self.logged(subject="I am out of office", headers=headers).state, "ignored")

    def test_payroll_subjects(self):
        for subject in ("Abwesenheit: Krankmeldung", "Fravær: ferie i uke 5", "Отсутствую: больничный"):
            with self.subTest(subject=subject):
                self.assert_reviewed(self.logged(subject=subject), subject)

    def test_list_of_the_client(self):
        lists = "Precedence: list\nList-Id: <accounts.client.example.com>\nList-Unsubscribe: <mailto:a@b.example>\n"
        self.assert_reviewed(self.logged(headers=lists), "Precedence: list")
        self.assertEqual(self.logged(headers="List-Id: <news.shop.example.com>\n").state, "ignored")

    def test_newsletter_of_a_stranger_stays_automatic(self):
        self.project.alias_contact = "everyone"
        found = self.logged(sender="news@shop.example.com", headers="List-Id: <news.shop.example.com>\n")
        self.assertRecordValues(found, [{"state": "ignored"}])

    def test_form_of_a_website_is_answered_to_a_person(self):
        form = {"sender": "Site <noreply@site.example>", "headers": "Reply-To: Anna <anna@client.example.com>\n"}
        logged = self.logged(**form)
        self.assertEqual((logged.state, logged.why["code"]), ("to_review", "maybe_automatic"))
        for answers in ("sales@site.example", "no-reply@shop.example", "nobody"):
            with self.subTest(answers=answers):
                self.assertEqual(self.logged(**{**form, "headers": f"Reply-To: {answers}\n"}).state, "ignored")

    def test_history_reviews_them_too(self):
        logged = self.logged(subject="Re: Act", body="Я в отпуске до 12 ноября")
        logged._by_code().unlink()
        replay = self.env["crm.interaction.replay"].with_user(self.manager).create({})
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60):
            replay.action_run()
            self.env["crm.interaction.replay"]._cron_run()
        self.assertEqual(self.captured().why["code"], "maybe_automatic")

    # --- mode “all” ------------------------------------------------------------------------------

    def test_new_person_at_a_clients_domain_where_all_contacts_count(self):
        self.project.alias_contact = "everyone"
        for _again in range(2):
            interaction = self.logged(sender="New Girl <new.girl@client.example.com>")
            self.assertRecordValues(interaction, [{"commercial_partner_id": self.client_company.id}])
            self.assertEqual(interaction.why["code"], "client_domain")
        interaction.with_user(self.manager).tag({"type_id": self.type_("1.1.3").id})
        girl = self.env["res.partner"].search([("email_normalized", "=", "new.girl@client.example.com")])
        self.assertRecordValues(girl, [{"parent_id": self.client_company.id}])
        interaction = self.logged(sender="New Girl <new.girl@client.example.com>")
        self.assertEqual(interaction.partner_id, girl)
        self.assertNotEqual((interaction.why or {}).get("code"), "client_domain")

    # --- history -----------------------------------------------------------------------------------

    def test_history_logs_no_answer_again_whose_client_has_changed(self):
        boris = self.make_contact(name="Boris", email="boris@beta.example.com", parent_id=self.make_client().id)
        task = self.make_task(project_id=self.project.id, partner_id=self.contact.id)
        message = task.with_user(self.staff).message_post(
            body="Hello",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=(self.contact | boris).ids,
        )
        logged = self.env["crm.interaction"].search([("message_id", "=", message.id)])
        self.assertEqual(len(logged), 2)
        self.env.flush_all()
        gamma = self.make_client(name="Gamma")
        self.env.cr.execute(
            "UPDATE res_partner SET parent_id = %s, commercial_partner_id = %s WHERE id = %s",
            [gamma.id, gamma.id, boris.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        replay = self.env["crm.interaction.replay"].with_user(self.manager).create({})
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60):
            replay.action_run()
            self.env["crm.interaction.replay"]._cron_run()
        self.assertEqual(self.env["crm.interaction"].search([("message_id", "=", message.id)]), logged)


@tagged("post_install", "-at_install")
class TestCaptureKnown(AssigningCase):
    """Who unknown senders are: colleagues, quoted people, people of other companies, whole domains."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create({"name": "Branch"})

    def test_colleague_is_no_client(self):
        waiting = self.of_user(self.wait(sender="colleague@home.example.org"))
        self.manager.partner_id.email = "colleague@home.example.org"
        for decide in (waiting.action_new_client, lambda: self.assign(waiting, self.alfa)):
            with self.assertRaisesRegex(UserError, "colleague@home.example.org is an address of the firm"):
                decide()
        self.assertFalse(self.alfa.child_ids - self.anna)

    def test_sign_of_automatic_mail_outlives_the_assignment(self):
        self.env["crm.interaction.rule"].create(
            {
                "name": "Sure",
                "event": "message_in",
                "sequence": 1,
                "type_id": self.type_("4.1.1").id,
                "confirms": True,
            }
        )
        waiting = self.wait(subject="Отсутствую: больничный")
        self.assertEqual(waiting.why["code"], "unknown_sender")
        self.assertIn("Possibly automatic mail: Отсутствую", waiting.reason)
        self.assign(self.of_user(waiting), self.alfa)
        self.assertRecordValues(waiting, [{"state": "to_review", "commercial_partner_id": self.alfa.id}])
        self.assertEqual(waiting.why["code"], "maybe_automatic")

    def test_own_address_is_no_client(self):
        waiting = self.of_user(self.wait(sender="books@group.example.org"))
        self.env.company.interaction_own_addresses = "books@group.example.org"
        with self.assertRaisesRegex(UserError, "address of the firm"):
            self.assign(waiting, self.alfa)

    def test_new_client_of_a_forward_has_the_quoted_name(self):
        body = (
            "See below\n\n---------- Forwarded message ---------\nFrom: Olga Petrova <olga@new.example.org>\n"
            "Date: Mon, 2 Nov 2026 at 09:00\nSubject: Act\nTo: <staff@firm.example.com>\n\nPlease sign it."
        )
        waiting = self.wait(sender="Staff <staff@firm.example.com>", subject="Fwd: Act", body=body)
        self.assertEqual(waiting.unknown_sender, "olga@new.example.org")
        self.of_user(waiting).action_new_client()
        self.assertRecordValues(waiting.partner_id, [{"name": "Olga Petrova", "email": "olga@new.example.org"}])

    def test_sender_known_in_another_company_only(self):
        secret = self.make_client(name="Secret", company_id=self.branch.id, is_outsourcing_client=True)
        self.make_contact(
            name="Secret Agent", email="agent@x.example.org", parent_id=secret.id, company_id=self.branch.id
        )
        self.project.company_id = self.env.company
        waiting = self.answer(sender="Agent <agent@x.example.org>")
        self.assertRecordValues(
            waiting, [{"unknown_sender": "agent@x.example.org", "reason": "Unknown sender: agent@x.example.org"}]
        )
        self.of_user(waiting).action_new_client()
        self.assertRecordValues(waiting.partner_id, [{"name": "Agent", "company_id": False}])
        self.assertNotEqual(waiting.partner_id.commercial_partner_id, secret)

    def test_own_addresses_are_not_everybodys_to_read(self):
        portal = new_test_user(self.env, "some.portal", groups="base.group_portal")
        employee = new_test_user(self.env, "some.employee", groups="base.group_user")
        for user in (portal, employee, self.user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env.company.with_user(user).read(["interaction_own_addresses"])
        self.env.company.with_user(self.manager).read(["interaction_own_addresses"])

    def test_ignored_domain(self):
        ignored = self.env["crm.interaction.ignored.sender"].with_user(self.manager)
        ignored.create({"address": " @Shop.example.org "})
        self.assertFalse(self.wait(sender="news@shop.example.org"))
        self.assertTrue(self.wait(sender="news@eshop.example.org", key="2"))
        for faulty in ("@gmail.com", "news@", "@", "a@b.example.org c@d.example.org", "x@y@z"):
            with self.subTest(address=faulty), self.assertRaisesRegex(ValidationError, "neither an address nor"):
                ignored.create({"address": faulty})

    def test_reviewed_person_at_a_clients_domain_becomes_a_contact(self):
        sender = "New Girl <new.girl@client.example.com>"
        waiting = self.of_user(self.wait(sender=sender))
        undo = waiting.tag({"type_id": self.type_("1.1.3").id})["undo"]
        girl = self.env["res.partner"].search([("email_normalized", "=", "new.girl@client.example.com")])
        self.assertRecordValues(girl, [{"name": "New Girl", "parent_id": self.alfa.id}])
        again = self.wait(sender=sender, key="2")
        self.assertEqual(again.partner_id, girl)
        self.assertNotIn("domain", again.reason or "")
        self.env["crm.interaction"].with_user(self.user).undo_tag(undo)
        self.assertEqual(waiting.state, "to_review")

    def test_ignored_person_at_a_clients_domain_becomes_none(self):
        waiting = self.of_user(self.wait(sender="new.girl@client.example.com"))
        waiting.tag({"state": "ignored"})
        self.assertFalse(self.env["res.partner"].search([("email_normalized", "=", "new.girl@client.example.com")]))
