from datetime import timedelta

from lxml import html

from odoo import Command
from odoo.tests.common import tagged

from .test_portal_documents import DocumentsCase


@tagged("post_install", "-at_install")
class TestPortalSeveralLists(DocumentsCase):
    """Test the page of a person from whom items of several lists are outstanding, by login and by link."""

    @classmethod
    def ask_for(cls, period, *names, **vals):
        """Return another open list, with items for Anna."""
        items = [Command.create({"name": name, "partner_id": cls.anna.partner_id.id}) for name in names]
        vals = {"commercial_partner_id": cls.alfa.id, "period": period, "item_ids": items, **vals}
        list_ = cls.env["crm.interaction.request.list"].create(vals)
        list_.action_open()
        return list_

    def receipt(self, path, *files, user=None, **given):
        sent = self.send(path, *files, user=user, **given)
        return self.url_open(sent.headers["Location"]).text

    def test_receipt_names_periods_of_several_lists(self):
        november = self.ask_for("2026-11-01", "Bank statement").item_ids
        given = {f"none_{self.invoices.id}": "There were none", f"answer_{november.id}": "On Monday"}
        files = (self.statement, "a.pdf", b"a"), (november, "b.pdf", b"b")
        for path, user in (("/my/interactions", self.anna), (self.path(), None)):
            page = self.receipt(path, *files, user=user, **given)
            for text in (
                "Bank statement, October 2026: a.pdf<",
                "Bank statement, November 2026: b.pdf; answer (On Monday)<",
                "Invoices, October 2026: not applicable (There were none)<",
            ):
                self.assertIn(text, page)
            self.assertLess(page.index("October 2026: a.pdf"), page.index("November 2026: b.pdf"), "as on the page")

    def test_receipt_names_no_period_of_one_list(self):
        page = self.receipt("/my/interactions", (self.statement, "a.pdf", b"a"), user=self.anna)
        self.assertIn("Bank statement: a.pdf<", page)

    def test_period_is_named_when_one_of_two_lists_is_served(self):
        self.ask_for("2026-11-01", "Bank statement")
        page = self.receipt(self.path(), (self.statement, "a.pdf", b"a"))
        self.assertIn("Bank statement, October 2026: a.pdf<", page)

    def headings(self, page):
        """Return the periods of the lists on a page, from top to bottom."""
        found = html.fromstring(page).xpath("//section[hasclass('o_interaction_outstanding')]/h2")
        return [heading.text_content() for heading in found]

    def pages(self):
        """Return the page of Anna by login, by link and in the preview of a colleague."""
        preview = self.anna.partner_id.with_user(self.accountant).action_interaction_preview()["url"]
        pages = ("/my/interactions", self.anna), (self.path(), None), (preview, self.accountant)
        return [self.headings(self.page(*page)) for page in pages]

    def assert_order(self, *periods):
        for found in self.pages():
            self.assertEqual(found, list(periods))

    def test_lists_are_in_the_order_of_urgency_everywhere(self):
        october, november, december = "October 2026", "November 2026", "December 2026"
        later = self.ask_for("2026-11-01", "Bank statement", "Act").item_ids
        last = self.ask_for("2026-12-01", "Bank statement").item_ids
        self.assert_order(october, november, december)
        last.due, later[0].due = self.today + timedelta(days=3), self.today + timedelta(days=5)
        self.assert_order(december, november, october)
        later[0].due = self.ended
        self.assert_order(november, december, october)
        later[0].due = False
        self.statement._by_code().write({"state": "returned", "return_reason": "Page 2 is missing"})
        self.assert_order(october, december, november)

    def test_late_and_returned_are_first_by_due_day(self):
        late = self.ask_for("2026-11-01", "Bank statement").item_ids
        soon = self.ask_for("2026-12-01", "Bank statement").item_ids
        self.statement._by_code().write({"state": "returned", "return_reason": "Page 2 is missing"})
        late.due, soon.due = self.ended, self.today + timedelta(days=3)
        self.list.item_ids.due = self.today + timedelta(days=5)
        self.assert_order("November 2026", "October 2026", "December 2026")

    def test_what_others_are_asked_for_changes_no_order(self):
        self.ask_for("2026-11-01", "Bank statement").item_ids.due = self.today + timedelta(days=3)
        self.payslips.due = self.ended
        self.assert_order("November 2026", "October 2026")

    def test_items_of_a_list_stay_in_its_order(self):
        self.invoices.due = self.ended
        for path, user in (("/my/interactions", self.anna), (self.path(), None)):
            page = self.page(path, user)
            self.assertLess(page.index("Bank statement"), page.index("Invoices"))
