from odoo.tests.common import tagged

from .test_portal_documents import DocumentsCase

BEING_CHECKED = "Received, Being Checked"


@tagged("post_install", "-at_install")
class TestPortalChecking(DocumentsCase):
    """Test that what was handed over stays on the page until it is accepted."""

    def pages(self):
        """Return ``[(path, user)]`` of the page by link and by login."""
        return [(self.path(), None), ("/my/interactions", self.anna)]

    def test_item_with_a_refused_file_can_be_completed(self):
        for number, (path, user) in enumerate(self.pages()):
            files = (self.statement, f"{number}.pdf", f"{number}".encode()), (self.statement, "setup.exe", b"1")
            page = self.send(path, *files, user=user, status=200).text
            self.assertIn("Bank statement: “setup.exe” was not accepted", page)
            for text in (BEING_CHECKED, f"{number}.pdf", f'name="files_{self.statement.id}"'):
                self.assertIn(text, page)
            self.send(path, (self.statement, f"rest {number}.pdf", f"rest {number}".encode()), user=user)
        self.assertEqual(len(self.statement.attachment_ids), 4)

    def test_item_leaves_the_page_when_it_is_accepted(self):
        self.send(self.path(), (self.statement, "a.pdf", b"a"), **{f"answer_{self.statement.id}": "Rest on Monday"})
        self.assertIn("Rest on Monday", self.page(self.path()))
        self.statement.action_accept()
        self.env.flush_all()
        for path, user in self.pages():
            page = self.page(path, user)
            self.assertNotIn(BEING_CHECKED, page)
            self.assertNotIn("a.pdf", page)

    def test_all_handed_over_can_still_be_added_to(self):
        self.payslips.partner_id = self.anna.partner_id
        self.send(self.path(), *((item, f"{item.id}.pdf", b"%d" % item.id) for item in self.list.item_ids))
        for path, user in self.pages():
            page = self.page(path, user)
            self.assertIn("We need nothing from you", page)
            self.assertIn(f'name="files_{self.statement.id}"', page)

    def test_link_names_no_files_of_others_and_offers_none(self):
        self.list.audience = "client"
        self.send("/my/interactions", (self.statement, "boris.pdf", b"b"), user=self.boris)
        self.send(self.path(), (self.invoices, "anna.pdf", b"a"))
        page = self.page(self.path())
        self.assertIn("anna.pdf", page)
        own, theirs = page.split("Received from Your Colleagues")
        self.assertNotIn("Bank statement", own)
        self.assertIn("Bank statement · October 2026", theirs)
        self.assertNotIn("boris.pdf", page)
        self.assertNotIn(f'name="files_{self.statement.id}"', page)
        self.assertNotIn("/my/interactions/files", page)
        self.send(self.path(), (self.statement, "mine.pdf", b"m"))
        self.assertNotIn("boris.pdf", self.page(self.path()))

    def test_link_names_what_colleagues_sent_when_nothing_is_left(self):
        self.list.audience = "client"
        files = [(item, f"{item.id}.pdf", b"%d" % item.id) for item in (self.statement, self.invoices)]
        self.send("/my/interactions", *files, user=self.boris)
        page = self.page(self.path())
        self.assertIn("We need nothing from you", page)
        self.assertIn("Invoices · October 2026", page.split("Received from Your Colleagues")[1])

    def test_returned_item_shows_what_was_sent_and_why(self):
        self.send(self.path(), (self.statement, "anna.pdf", b"a"))
        self.statement.with_user(self.accountant)._return("Page 2 is missing")
        self.env.flush_all()
        by_link, by_login = (self.page(path, user) for path, user in self.pages())
        for page in (by_link, by_login):
            for text in ("Page 2 is missing", "Files so far:", "anna.pdf"):
                self.assertIn(text, page)
        self.assertIn(f"/my/interactions/files/{self.statement.id}/{self.statement.attachment_ids.id}", by_login)
        self.assertNotIn("/my/interactions/files", by_link)

    def test_link_shows_nothing_returned_of_others(self):
        self.list.audience = "client"
        answer = {f"answer_{self.statement.id}": "From Boris only"}
        self.send("/my/interactions", (self.statement, "boris.pdf", b"b"), user=self.boris, **answer)
        self.statement.with_user(self.accountant)._return("Page 2 is missing")
        self.env.flush_all()
        page = self.page(self.path())
        self.assertIn("Page 2 is missing", page)
        self.assertNotIn("boris.pdf", page)
        self.assertNotIn("From Boris only", page)
        self.send(self.path(), (self.statement, "mine.pdf", b"m"), **dict.fromkeys(answer, ""))
        self.assertEqual(self.statement.answer, "From Boris only")
