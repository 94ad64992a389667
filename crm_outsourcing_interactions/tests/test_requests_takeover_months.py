from datetime import timedelta

from freezegun import freeze_time
from lxml import html

from odoo.tests.common import tagged

from .requests_common import MONDAY, ReplyCase


@tagged("post_install", "-at_install")
@freeze_time(MONDAY + timedelta(days=1))
class TestRequestTakeOverMonths(ReplyCase):
    """Test files of a reply when lists of two months are open, with an accountant who has our group only."""

    def setUp(self):
        super().setUp()
        self.november = self.make_list(period="2026-11-01", names=("Bank statement", "Contract"))
        self.later = self.november.item_ids[0]

    def items_by_file(self, *names):
        """Receive a reply with files; return the item that the dialog proposes for each."""
        message = self.reply()
        message.attachment_ids.unlink()
        files = message.attachment_ids.create(
            [{"name": name, "raw": b"1;2", "res_model": self.list._name, "res_id": self.list.id} for name in names]
        )
        message.attachment_ids = files
        self.list._by_code().sudo().write({"reply_ids": message, "reply_file_ids": files})
        lines = self.dialog().save().line_ids
        return {line.attachment_id.name: line.item_id for line in lines}

    def test_month_in_the_name_of_the_file_decides(self):
        found = self.items_by_file(
            "Bank statements October.csv",
            "statement_nov.csv",
            "Bank statement 2026-11.csv",
            "statement 10.2026.csv",
            "statement November 2026.csv",
        )
        self.assertEqual(list(found.values()), [self.statement, self.later, self.later, self.statement, self.later])

    def test_nothing_is_proposed_where_the_month_is_unsure(self):
        found = self.items_by_file(
            "Bank statements.csv",
            "statements October November.csv",
            "statement November 2025.csv",
            "statement 05.11.2026.csv",
            "Contract October.csv",
            "November.csv",
        )
        self.assertFalse([name for name, item in found.items() if item])

    def test_months_of_other_lists_mean_nothing(self):
        found = self.items_by_file("Contract of December 2024.csv")
        self.assertEqual(list(found.values()), [self.november.item_ids[1]])

    def test_months_in_the_language_of_the_client(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.ivan.lang = "ru_RU"
        (self.statement | self.later).name = "Банковская выписка"
        found = self.items_by_file(
            "выписка за ноябрь 2026 г.csv", "Выписка октября.csv", "Bank выписка November.csv", "выписка_окт.csv"
        )
        self.assertEqual(list(found.values()), [self.later, self.statement, self.later, self.statement])

    def test_items_are_named_with_their_period_to_choose(self):
        items = (self.statement | self.later).with_user(self.accountant)
        self.assertEqual(items.mapped("display_name"), ["Bank statement"] * 2)
        chosen = items.with_context(interaction_dates=True)
        names = ["Bank statement · October 2026", "Bank statement · November 2026"]
        self.assertEqual(chosen.mapped("display_name"), names)
        for item, name in zip(chosen, names, strict=True):
            self.assertEqual(chosen.name_search(name), [(item.id, name)])
        self.assertEqual(len(chosen.name_search("Bank")), 2)

    def test_search_more_tells_items_apart(self):
        arch = self.env["crm.interaction.matter.item"].with_user(self.accountant).get_view(view_type="list")["arch"]
        shown = [field.get("name") for field in html.fromstring(arch).iter("field")]
        self.assertEqual(shown[:4], ["list_id", "name", "partner_id", "due"])

    def test_files_open_from_the_dialog(self):
        self.reply()
        line = self.dialog().save().line_ids
        file = line.attachment_id
        self.assertIn(f'href="/web/content/{file.id}?download=true"', line.link)
        self.assertIn("Statement October.pdf", line.link)
        self.assertEqual(file.with_user(self.accountant).raw, b"%PDF")

    def test_name_of_a_file_is_no_html(self):
        self.items_by_file("<b>statement.csv")
        self.assertIn("&lt;b&gt;statement", self.dialog().save().line_ids.link)
