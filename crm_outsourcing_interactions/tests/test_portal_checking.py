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
        self.assertNotIn("boris.pdf", page)
        self.assertNotIn("/my/interactions/files", page)
        self.send(self.path(), (self.statement, "mine.pdf", b"m"))
        self.assertNotIn("boris.pdf", self.page(self.path()))
