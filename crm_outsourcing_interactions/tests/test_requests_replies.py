from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests.common import tagged
from odoo.tools import mute_logger
from odoo.tools.translate import LazyTranslate

from .requests_common import MONDAY, WEEK, ReplyCase


@tagged("post_install", "-at_install")
@freeze_time(MONDAY + timedelta(days=1))
class TestRequestReplies(ReplyCase):
    """Test replies by mail to a letter, with files."""

    def test_mail_is_the_hand_over(self):
        message = self.reply()
        self.assertEqual(self.list.reply_ids, message)
        self.assertEqual(self.statement.state, "open", "staff take over")
        before = self.captured(self.list)
        self.assertEqual(len(before), 2, "letter and reply")
        dialog = self.dialog().save()
        self.assertEqual(dialog.line_ids.item_id, self.statement, "by the name of the file")
        dialog.action_take_over()
        self.assertEqual((self.statement.state, self.statement.attachment_ids.raw), ("handed_over", b"%PDF"))
        handover = self.list.handover_ids
        self.assertEqual((handover.how, handover.partner_id), ("mail", self.ivan))
        self.assertEqual(handover.interaction_id, message.interaction_ids)
        self.assertEqual(self.captured(self.list), before)
        row = message.interaction_ids
        self.assertEqual((row.type_id.code, row.state, row.channel), ("1.1.1", "confirmed", "email"))
        self.assertFalse(self.list.reply_ids)
        self.assertEqual(self.list.matter_id.waiting, "client", "the invoices are outstanding")

    def test_question_beside_the_files_waits_for_us(self):
        self.invoices.action_not_applicable()
        message = self.reply(body="Here they are. When is the VAT due?")
        dialog = self.dialog()
        self.assertTrue(dialog.is_question)
        self.assertIn("When is the VAT due?", dialog.text)
        dialog.save().action_take_over()
        matter = self.list.matter_id
        asked, handed = message.interaction_ids.sorted("id")
        self.assertEqual((asked.state, asked.type_id), ("to_review", self.type_("1.1.3").browse()))
        self.assertEqual((handed.type_id.code, handed.state, handed.split_from_id), ("1.1.1", "confirmed", asked))
        self.assertEqual((self.list.handover_ids.interaction_id, self.list.outstanding_count), (handed, 0))
        self.assertEqual((asked.matter_id, handed.matter_id, matter.waiting), (matter, matter, "us"))
        self.statement.action_accept()
        self.assertEqual(matter.waiting, "us", "accepting is no answer")
        self.answer()
        self.assertEqual((matter.waiting, matter.closed_how), ("nobody", "answered"))

    def answer(self):
        with freeze_time(MONDAY + timedelta(days=2)):
            self.capture(MONDAY + timedelta(days=2), record=self.list, partner=self.ivan, type_code="1.2.1")

    def test_question_beside_files_waits_whatever_was_suggested(self):
        message = self.reply(body="Here they are. When is the VAT due?")
        suggested = {"type_id": self.type_("1.1.1").id, "state": "to_review"}
        message.interaction_ids._by_code().write(suggested)
        self.dialog().save().action_take_over()
        matter = self.list.matter_id
        self.assertEqual((matter.waiting, matter.is_open, self.list.outstanding_count), ("us", True, 1))

    def test_next_letter_goes_on_after_a_question(self):
        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.list.item_ids.create({"list_id": self.list.id, "name": "Contract", "partner_id": olga.id})
        self.reply(body="Here they are. When is the VAT due?")
        self.dialog().save().action_take_over()
        matter = self.list.matter_id
        self.answer()
        self.assertEqual((matter.waiting, matter.is_open), ("client", True), "the contract is outstanding")
        letters = self.run_job(MONDAY + WEEK)
        self.env.invalidate_all()
        self.assertEqual(letters.partner_id, self.ivan | olga)
        self.assertEqual(letters.interaction_id.matter_id, matter, "one list, one matter")
        self.assertEqual((matter.waiting, matter.is_open), ("client", True))

    def test_later_documents_are_no_answer_to_the_question(self):
        self.reply(body="Here they are. When is the VAT due?")
        self.dialog().save().action_take_over()
        matter = self.list.matter_id
        self.assertEqual((self.list.outstanding_count, matter.waiting), (1, "us"))
        with freeze_time(MONDAY + timedelta(days=1, hours=2)):
            self.hand_over(self.invoices, ("b.pdf", b"b"))
            self.assertEqual((self.list.outstanding_count, matter.waiting), (0, "us"))
        self.answer()
        self.assertEqual((matter.waiting, matter.closed_how), ("nobody", "answered"))
        self.assertFalse(matter.interaction_ids.avoidable_reason_id, "no document is a reminder")

    def test_reply_without_interaction_that_asks_is_taken_over(self):
        message = self.reply(body="Here they are. When is the VAT due?")
        message.interaction_ids._by_code().unlink()
        self.dialog().save().action_take_over()
        self.assertEqual(self.statement.state, "handed_over")
        self.assertEqual(self.list.handover_ids.interaction_id.type_id.code, "1.1.1")

    def test_question_mark_in_an_address_asks_nothing(self):
        message = self.reply()
        for body, asks in (
            ("See https://disk.example.com/abc?x=1", False),
            ("www.example.com?x=1, disk.example.com/a?b.", False),
            ("Is it https://disk.example.com/abc?", True),
            ("How much?Thanks", True),
            ("(really?)", True),
        ):
            message.body = body
            self.assertEqual(self.dialog().is_question, asks, body)

    def test_person_of_several_clients_replies_for_the_client_of_the_list(self):
        sigma = self.make_client(name="Sigma", user_id=self.accountant.id)
        other = self.env["res.partner"].create({"name": "Ivan", "email": self.ivan.email, "parent_id": sigma.id})
        self.capture(MONDAY, partner=other, code="message_in", type_code="1.1.3")
        row = self.reply().interaction_ids
        self.assertEqual((row.partner_id, row.commercial_partner_id), (self.ivan, self.vector))
        self.dialog().save().action_take_over()
        self.assertEqual(self.list.handover_ids.interaction_id, row)
        self.assertEqual(row.matter_id, self.letter.interaction_id.matter_id)
        answer = self.list.with_user(self.accountant).message_post(
            body="Thank you", partner_ids=self.ivan.ids, subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(answer.sudo().interaction_ids.commercial_partner_id, self.vector)
        bank = self.env["res.partner"].create({"name": "Bank", "email": "bank@example.com"})
        answer = self.list.with_user(self.accountant).message_post(
            body="Please confirm", partner_ids=bank.ids, subtype_xmlid="mail.mt_comment"
        )
        self.assertNotIn(self.vector, answer.sudo().interaction_ids.commercial_partner_id, "it reaches nobody there")

    def test_reply_to_a_new_link_is_proposed(self):
        link = self.env["crm.interaction.portal.link"].search([("partner_id", "=", self.ivan.id)])
        link.action_send_new()
        mail = self.mails()[-1:]
        self.assertEqual(mail.subject, "Your new link for documents")
        self.assertEqual(mail.reply_to, f'"{self.accountant.name}" <catchall@firm.example.com>')
        message = self.reply(reference=mail.message_id)
        self.assertEqual(self.list.reply_ids, message)

    def test_staff_decide_whether_it_is_a_question(self):
        self.reply(body="Here they are. Is that all?")
        with self.dialog() as dialog:
            dialog.is_question = False
        dialog.record.action_take_over()
        self.assertEqual(self.list.matter_id.waiting, "client")

    def test_files_of_another_list_answer_it_in_part_only(self):
        november = self.make_list(period="2026-11-01", names=("Contract",))
        self.reply()
        with self.dialog() as dialog, dialog.line_ids.edit(0) as line:
            line.item_id = november.item_ids
        dialog.record.action_take_over()
        self.assertEqual((november.item_ids.state, self.list.matter_id.waiting), ("handed_over", "client"))

    def test_a_classified_reply_keeps_its_type(self):
        message = self.reply()
        message.interaction_ids.with_user(self.accountant).tag({"type_id": self.type_("1.1.2").id})
        self.dialog().save().action_take_over()
        self.assertEqual(message.interaction_ids.sorted("id").mapped("type_id.code"), ["1.1.2", "1.1.1"])
        self.assertEqual(self.statement.state, "handed_over")

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_strangers_propose_nothing(self):
        self.reply(sender="Eve <eve@example.com>")
        self.assertFalse(self.list.reply_ids)

    def test_colleague_of_the_person_proposes_nothing(self):
        self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.reply(sender="Olga <olga@vector.example.com>")
        self.assertFalse(self.list.reply_ids)

    def test_persons_may_share_an_address(self):
        twin = self.make_contact(name="Twin", email=self.ivan.email, parent_id=self.vector.id)
        self.invoices.partner_id = twin
        letter = self.run_job(MONDAY + WEEK).filtered(lambda letter: letter.partner_id == twin)
        message = self.reply(sender="Twin <ivan@vector.example.com>", reference=letter.message_id.message_id)
        self.assertEqual(self.list.reply_ids, message)
        dialog = self.dialog()
        self.assertEqual(dialog.partner_id, twin, "the one whose letter was answered")
        dialog.save().action_take_over()
        self.assertEqual(self.invoices.state, "handed_over")

    def test_staff_are_asked_which_person_wrote(self):
        other = self.make_client(name="Other", user_id=self.accountant.id)
        people = [
            self.make_contact(name=name, email=self.ivan.email, parent_id=client.id)
            for name, client in (("Twin", self.vector), ("Namesake", other))
        ]
        message = self.reply()
        message.write({"parent_id": False, "author_id": people[1].id})
        dialog = self.dialog()
        self.assertFalse(dialog.partner_id)
        self.assertEqual(set(dialog.sender_ids[:]), {self.ivan, people[0]})
        model = self.env["crm.interaction.request.takeover"].with_user(self.accountant)
        context = self.list.with_user(self.accountant).action_take_over()["context"]
        asking = model.with_context(**context).create({})
        with self.assertRaisesRegex(UserError, "Select who"):
            asking.action_take_over()
        dialog.partner_id = self.ivan
        dialog.save().action_take_over()
        self.assertEqual(self.statement.handed_over_by_id, self.ivan)

    def test_quoted_link_does_not_reach_the_chatter(self):
        mail = self.letter.message_id.mail_ids
        url = self.statement._letter_url(self.ivan)
        self.assertIn(url, mail.body_html)
        for number, text in enumerate((mail.body_html, url, url.replace("/", "%2F"))):
            self.receive(
                sender="Ivan <ivan@vector.example.com>", to="catchall@firm.example.com", key=f"q{number}",
                headers=f"In-Reply-To: {self.letter.message_id.message_id}\n", subtype="html",
                body=f"<p>Here.</p><blockquote>{text}</blockquote>",
            )  # fmt: skip
        bodies = self.list.message_ids[:3].mapped("body")
        self.assertTrue(all("Here." in body for body in bodies))
        token = url.rpartition("/")[2]
        self.assertNotIn(token, str(bodies))
        self.assertTrue(self.env["crm.interaction.portal.link"]._find(token))

    def test_text_that_is_no_string_is_posted(self):
        for body in (LazyTranslate("base")("Hello"), 7, True):
            with self.subTest(repr(body)):
                self.assertTrue(self.list.message_post(body=body))

    def test_quoted_link_does_not_reach_new_records(self):
        url = self.statement._letter_url(self.ivan)
        project = self.make_project(name="Mailbox", alias_name="mailbox")
        self.receive(
            sender="Ivan <ivan@vector.example.com>", to="mailbox@firm.example.com", key="n1", body=f"Look: {url}"
        )
        task = project.task_ids
        self.assertIn("Look", task.description)
        self.assertNotIn(url.rpartition("/")[2], f"{task.description}{task.message_ids.mapped('body')}")
