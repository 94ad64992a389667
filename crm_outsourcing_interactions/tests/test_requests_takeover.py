from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tests.common import tagged

from .requests_common import MONDAY, ReplyCase


@tagged("post_install", "-at_install")
@freeze_time(MONDAY + timedelta(days=1))
class TestRequestTakeOver(ReplyCase):
    """Test which files of a reply are taken over, and what becomes of the others."""

    def test_files_are_taken_over_once(self):
        self.reply()
        first, second = self.dialog().save(), self.dialog().save()
        first.action_take_over()
        with self.assertRaisesRegex(UserError, "already"):
            second.action_take_over()

    def test_files_taken_over_remain_those_of_the_client(self):
        self.reply()
        self.dialog().save().action_take_over()
        item = self.statement.with_user(self.accountant)
        file = item.attachment_ids
        self.assertEqual(file.create_uid, self.accountant)
        with self.assertRaisesRegex(AccessError, "Only files that you upload"), self.cr.savepoint():
            item.added_file_ids = file
        item.invalidate_recordset()
        self.assertFalse(item.added_file_ids)
        with self.assertRaisesRegex(UserError, "belongs to"), self.cr.savepoint():
            file.unlink()

    def test_reply_can_be_dismissed(self):
        self.reply()
        self.dialog().save().action_dismiss()
        self.assertFalse(self.list.reply_ids)
        self.assertFalse(self.list.handover_ids)

    def test_dialog_opened_before_takes_no_file_again(self):
        message = self.reply()
        message.attachment_ids += message.attachment_ids.copy({"name": "other.pdf"})
        self.list._by_code().reply_file_ids = message.attachment_ids
        first, second = self.dialog().save(), self.dialog().save()
        lines = first.line_ids.filtered("item_id")
        first.action_take_over()
        self.assertTrue(self.list.reply_ids, "the other file waits")
        second.line_ids.filtered(lambda line: line.attachment_id == lines.attachment_id).item_id = self.invoices
        with self.assertRaisesRegex(UserError, "A colleague has taken"):
            second.action_take_over()
        self.assertFalse(self.invoices.attachment_ids)

    def add_file(self, message, name, raw=b"%PDF-2"):
        """Add a file to the reply, as if it had come with it."""
        file = self.env["ir.attachment"].create(
            {"name": name, "raw": raw, "res_model": self.list._name, "res_id": self.list.id}
        )
        message.attachment_ids += file
        self.list._by_code().sudo().reply_file_ids += file
        return file

    def test_deleted_and_refused_files_wait_for_nobody(self):
        message = self.reply()
        self.add_file(message, "run.exe")
        self.dialog().save().action_take_over()
        self.assertFalse(self.list.reply_ids, "the program stays in the chatter")
        message.attachment_ids.unlink()
        self.list._by_code().reply_ids = message
        self.assertIn("deleted", self.list.with_user(self.accountant).action_take_over()["params"]["message"])
        self.assertFalse(self.list.reply_ids)

    def take_over_question(self, moment, type_code=None):
        """Take over the files of a reply that waits for us, at a moment; it remains a question."""
        message = self.reply(body="We are not happy. The files are attached.")
        question = message.interaction_ids
        if type_code:
            question.with_user(self.accountant).tag({"type_id": self.type_(type_code).id})
        with freeze_time(moment):
            self.dialog().save().action_take_over()
        self.env.invalidate_all()
        self.assertEqual(self.statement.state, "handed_over")
        self.assertEqual((question.matter_id.waiting, question.type_id.code), ("us", type_code or False))
        self.assertEqual(len(message.interaction_ids), 2, "the question, and the files")

    def test_files_of_a_late_question_are_taken_over(self):
        self.take_over_question(MONDAY + timedelta(days=15))

    def test_files_of_a_confirmed_question_are_taken_over(self):
        self.take_over_question(MONDAY + timedelta(days=2), "1.1.2")

    def test_files_without_an_item_wait_until_they_are_left(self):
        message = self.reply()
        self.assertEqual(self.list.reply_file_count, 1)
        self.add_file(message, "Time sheet.pdf")
        dialog = self.dialog().save()
        self.assertEqual(dialog.line_ids.mapped("item_id"), self.statement)
        dialog.action_take_over()
        self.assertEqual((self.list.reply_ids, self.list.reply_file_count), (message, 1))
        self.make_item("Time sheet")
        rest = self.dialog().save()
        self.assertEqual(rest.line_ids.attachment_id.name, "Time sheet.pdf")
        self.assertEqual(rest.line_ids.item_id.name, "Time sheet")
        rest.action_take_over()
        self.assertFalse(self.list.reply_ids, "nothing is left")
        self.assertEqual(self.list.handover_ids.interaction_id, message.interaction_ids, "one mail, one interaction")
        self.assertEqual(len(self.captured(self.list)), 2, "letter and reply")

    def make_item(self, name):
        self.list.item_ids.create({"list_id": self.list.id, "name": name})

    def test_rest_of_a_question_with_files_is_no_further_purpose(self):
        message = self.reply(body="Here they are. When is the VAT due?")
        self.add_file(message, "Time sheet.pdf")
        self.make_item("Time sheet")
        first = self.dialog()
        with first.line_ids.edit(1) as line:
            line.item_id = self.statement.browse()
        first.save().action_take_over()
        self.dialog().save().action_take_over()
        self.assertEqual(len(message.interaction_ids), 2, "the question, and the files")
        self.assertFalse(self.list.reply_ids)

    def test_rest_can_be_left(self):
        message = self.reply()
        self.add_file(message, "logo.png", b"\x89PNG")
        self.dialog().save().action_take_over()
        self.assertEqual(self.list.reply_file_count, 1)
        self.dialog().save().action_dismiss()
        self.assertFalse(self.list.reply_ids)
        self.assertEqual(self.list.reply_file_count, 0)
        self.assertEqual(len(message.attachment_ids), 2, "they stay in the chatter")

    def test_files_of_refused_types_are_named_and_not_taken(self):
        message = self.reply()
        self.invoices.action_not_applicable()
        for name, raw in (("Statement.exe", b"MZ"), ("Statement.pdf", b"<html>")):
            self.add_file(message, name, raw)
        dialog = self.dialog()
        taken = dialog.save()
        self.assertEqual([bool(line.fault) for line in taken.line_ids], [False, True, True])
        self.assertIn("Statement.exe", taken.line_ids[1].fault)
        self.assertEqual([line.item_id for line in taken.line_ids], [self.statement, *[self.statement.browse()] * 2])
        taken.line_ids.item_id = self.statement
        taken.action_take_over()
        self.assertEqual(self.statement.attachment_ids.mapped("name"), ["Statement October.pdf"])
        self.assertEqual(self.list.reply_file_count, 0, "those of refused types stay in the chatter")

    def test_files_stay_good_when_the_dialog_is_read_again(self):
        self.add_file(self.reply(), "misc.pdf")
        dialog = self.dialog().save().with_context(bin_size=True)  # as the web client does after an error
        spec = {"fields": {"attachment_id": {}, "fault": {}, "item_id": {}, "link": {}}}
        self.env.invalidate_all()
        [shown] = dialog.web_read({"item_ids": {}, "line_ids": spec})
        self.assertEqual([line["fault"] for line in shown["line_ids"]], ["", ""])
        self.assertEqual([line["item_id"] for line in shown["line_ids"]], [self.statement.id, False])
        self.assertIn("misc.pdf", shown["line_ids"][1]["link"])
        self.assertEqual(shown["item_ids"], self.list.item_ids.ids)
        self.env.invalidate_all()
        dialog._compute_line_ids()
        self.assertEqual(dialog.line_ids.mapped("item_id"), self.statement, "proposed again")
        again = Form(dialog)  # saved
        again.is_question = True
        with again.line_ids.edit(0) as line:
            self.assertEqual((line.fault, bool(line.link)), ("", True))
            line.item_id = self.invoices
        again.save().action_take_over()
        self.assertFalse(self.list.reply_ids)

    def test_dialog_shows_no_file_that_came_otherwise(self):
        self.reply()
        foreign = self.env["ir.attachment"].create({"name": "payroll.pdf", "raw": b"%PDF"})
        takeover = self.dialog().save()
        with self.assertRaisesRegex(AccessError, "Only files of the mail"):
            takeover.line_ids.create({"takeover_id": takeover.id, "attachment_id": foreign.id})

    def test_other_lists_of_the_letter_lead_to_the_reply(self):
        november = self.make_list(period="2026-11-01", names=("Contract",))
        self.assertFalse(november.reply_list_id)
        self.reply()
        for user in (self.accountant, self.manager):
            self.env.invalidate_all()
            self.assertEqual(november.with_user(user).reply_list_id, self.list)
        self.assertFalse(self.list.reply_list_id)
        self.dialog().save().action_dismiss()
        self.assertFalse(november.reply_list_id)

    def test_replies_to_another_company_lead_nowhere(self):
        second = self.env["res.company"].create({"name": "Second Firm"})
        self.accountant.company_ids += second
        both = [self.env.company.id, second.id]
        own = self.list.with_user(self.accountant).with_context(allowed_company_ids=both)
        other = own.with_company(second).copy({"company_id": second.id})
        other._by_code().reply_ids = self.reply()
        self.list._by_code().reply_ids = False
        self.env.invalidate_all()
        self.assertEqual(own.search([("reply_ids", "!=", False)]), other)
        self.assertFalse(own.reply_list_id)
