from http.client import HTTPConnection
from socket import SHUT_WR
from urllib.parse import urlsplit

from odoo import Command, fields, http
from odoo.http import DEFAULT_MAX_CONTENT_LENGTH
from odoo.tests.common import tagged

from .test_portal_documents import DocumentsCase


@tagged("post_install", "-at_install")
class TestPortalSubmissions(DocumentsCase):
    """Test that nothing a client sends is lost without a word, nor overwrites what others sent."""

    def answers(self, item, text, shown=""):
        """Return the fields of an answer as the form sends them."""
        return {f"answer_{item.id}": text, f"shown_{item.id}": shown}

    def test_file_for_an_item_accepted_meanwhile_is_a_fault(self):
        self.statement.action_accept()
        files = ((self.statement, "late.pdf", b"late"), (self.invoices, "i.pdf", b"i"))
        for path, user in ((self.path(), None), ("/my/interactions", self.anna)):
            page = self.send(path, *files, user=user, status=200).text
            self.assertIn("“late.pdf” was not taken over", page)
            self.assertIn("Invoices: i.pdf", page)
            self.assertNotIn("Thank you", page)
        self.assertFalse(self.statement.attachment_ids)

    def test_files_for_two_lists_are_one_interaction(self):
        other = self.statement.copy({"list_id": self.list.copy({"period": "2026-08-01"}).id, "name": "Act"})
        other.list_id.action_open()
        other.partner_id = self.statement.partner_id
        for days, list_ in enumerate((self.list, other.list_id), 3):
            asked = fields.Datetime.subtract(fields.Datetime.now(), days=days)
            self.capture(asked, record=list_, partner=self.anna.partner_id, type_code="1.2.2")
            self.env.invalidate_all()
            self.assertEqual(list_.matter_id.waiting, "client")
        files = ((self.statement, "a.pdf", b"a"), (other, "b.pdf", b"b"))
        self.send("/my/interactions", *files, user=self.anna)
        rows = (self.statement | other).list_id.handover_ids.interaction_id
        self.assertEqual((len(rows), sum(rows.mapped("interaction_count"))), (2, 1))

    def test_what_an_accepted_item_contains_already_is_no_fault(self):
        submission = {"files": [("a.pdf", self.bytes_of("a.pdf", b"a"))], "answer": "By post"}
        self.statement._hand_over(self.anna.partner_id, {self.statement.id: submission})
        self.statement.action_accept()
        for path, user in ((self.path(), None), ("/my/interactions", self.anna)):
            self.send(path, (self.statement, "again.pdf", b"a"), user=user)
            self.send(path, user=user, **self.answers(self.statement, "By post"))
            page = self.send(path, (self.statement, "b.pdf", b"b"), user=user, status=200).text
            self.assertIn("“b.pdf” was not taken over", page)
        self.assertEqual(self.statement.attachment_ids.mapped("name"), ["a.pdf"])

    def test_texts_for_an_accepted_item_are_faults(self):
        self.statement._hand_over(self.anna.partner_id, {self.statement.id: {"answer": "By post"}})
        self.statement.action_accept()
        data = {**self.answers(self.statement, "By mail"), f"none_{self.statement.id}": "No account"}
        page = self.send(self.path(), status=200, **data).text
        self.assertIn("“By mail” was not taken over", page)
        self.assertIn("“No account” was not taken over", page)
        page = self.send(self.path(), (self.invoices, "i.pdf", b"i"), **self.answers(self.statement, "By post")).text
        self.assertEqual(self.invoices.state, "handed_over")

    def test_stale_form_does_not_overwrite_an_answer(self):
        self.list.audience = "client"
        for answer in ("old", "new\r\nline"):
            self.statement._hand_over(self.anna.partner_id, {self.statement.id: {"answer": answer}})
        data = self.answers(self.statement, "old", "old")
        self.send("/my/interactions", (self.payslips, "p.pdf", b"p"), user=self.boris, **data)
        self.assertEqual(self.statement.answer, "new\nline")
        self.assertFalse(self.statement._hand_over(self.anna.partner_id, {self.statement.id: {"answer": "new\nline"}}))

    def test_nul_is_dropped(self):
        data = {**self.answers(self.statement, "a\x00b"), f"none_{self.invoices.id}": "c\x00"}
        self.send(self.path(), **data)
        self.assertEqual((self.statement.answer, self.invoices.not_applicable_reason), ("ab", "c"))

    def test_texts_that_are_too_long_are_refused(self):
        data = {**self.answers(self.statement, "x" * 5_001), f"none_{self.invoices.id}": "y" * 501}
        page = self.send(self.path(), status=200, **data).text
        self.assertEqual(page.count("the text is too long"), 2)
        self.assertEqual((self.statement.state, self.invoices.state), ("open", "open"))

    def test_names_of_programs_in_disguise_are_refused(self):
        names = ("a.exe.", "a.exe::$DATA", "a.pif", "a.xll", "a.iso", "a.url", "a.chm", "a.msc", "a.xht", "a.shtml")
        names += ("a.ｅxe", "a.exe:x")
        page = self.send(self.path(), *((self.statement, name, b"1") for name in names), status=200).text
        for name in names:
            self.assertIn(f"“{name}” was not accepted", page)
        self.send(self.path(), (self.statement, "At 10:30. v1.pdf", b"1"))
        self.assertEqual(len(self.statement.attachment_ids), 1)

    def test_invisible_characters_disguise_no_program(self):
        names = (
            "a.e\u200bxe",
            "a.ex\u00ade",
            "a\u202efdp.exe",
            "a.exe\u2060",
            "a.e\ufe0fxe",
            "a.e\u3164xe",
            "a.e\u034fxe",
        )
        page = self.send(self.path(), *((self.statement, name, b"1") for name in names), status=200).text
        self.assertEqual(page.count("may contain programs"), len(names))
        self.send(self.path(), (self.statement, "Ак\u200bт\u202e и\u0306.pdf", b"1"))
        self.assertEqual(self.statement.attachment_ids.name, "Акт й.pdf")

    def test_link_is_found_from_any_recordset(self):
        self.assertFalse(self.link._find("nonsense"))

    def test_fifty_files_at_once_over_all_items(self):
        for path, user in ((self.path(), None), ("/my/interactions", self.anna)):
            numbers = ((item, n) for item, count in ((self.statement, 30), (self.invoices, 21)) for n in range(count))
            files = [
                (item, f"{user and user.id}-{item.id}-{n}.pdf", f"{user}{item}{n}".encode()) for item, n in numbers
            ]
            page = self.send(path, *files, user=user, status=200).text
            self.assertEqual(page.count("send at most 50 files at once"), 1)
            self.assertIn(f"“{files[-1][1]}” was not accepted", page)
        self.assertEqual([len(item.attachment_ids) for item in (self.statement, self.invoices)], [60, 40])
        self.assertEqual(len(self.list.handover_ids), 2)

    def test_form_of_a_thousand_items_is_read(self):
        own = [Command.create({"name": f"Item {n}", "partner_id": self.anna.partner_id.id}) for n in range(1_000)]
        vals = {"commercial_partner_id": self.alfa.id, "period": "2026-09-01", "item_ids": own}
        long = self.env["crm.interaction.request.list"].create(vals)
        long.action_open()
        items = long.item_ids
        empty = {f"{name}_{item.id}": "" for item in items for name in ("shown", "answer", "none")}
        files = [(item, "", b"") for item in items[:-1]]
        for path, user in (("/my/interactions", self.anna), (self.path(), None)):
            self.assertEqual(self.page(path, user).count('type="file"'), 1_000)
            self.send(path, *files, (items[-1], f"{user}.pdf", path.encode()), user=user, **empty)
        self.assertEqual(len(items[-1].attachment_ids), 2)
        self.assertEqual(long.outstanding_count, 999)
        self.assertIn("These are the first 1,000", self.page("/my/interactions", self.anna))

    def announce(self, path, size, body=None):
        """Send the head of a form of ``size`` bytes, and then at most the first part; return status, address, caching.

        A connection ends after the part of a form.
        """
        connection = HTTPConnection(urlsplit(self.base_url()).netloc, timeout=20)
        self.addCleanup(connection.close)
        headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(size)}
        with self.allow_requests():
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.opener.cookies.items())
            connection.request("POST", path, body, headers)
            if body is not None:
                connection.sock.shutdown(SHUT_WR)
            response = connection.getresponse()
        return response.status, response.headers["Location"], response.headers["Cache-Control"]

    def test_form_larger_than_odoo_reads_leads_to_an_explanation(self):
        for path, user in ((self.path(), None), ("/my/interactions", self.anna)):
            self.authenticate(user and user.login, user and user.login)
            status, address, caching = self.announce(path, DEFAULT_MAX_CONTENT_LENGTH + 1)
            self.assertEqual((status, urlsplit(address).path, caching), (303, path, "no-store"))
            self.assertIn("larger than 100 MB in total. Send some", self.page(f"{path}?large=1", user))
        self.assertEqual(self.announce("/my/account", DEFAULT_MAX_CONTENT_LENGTH + 1)[0], 413)

    def test_page_promises_no_more_than_odoo_reads(self):
        path = self.path()
        self.assertIn("up to 25 MB, together up to 100 MB", self.page(path))
        self.env["ir.config_parameter"].set_param("web.max_file_upload_size", str(21 * 1024**2))
        page = self.page(path)
        self.assertIn("up to 20 MB, together up to 20 MB", page)
        self.assertIn(f'data-total="{20 * 1024**2}"', page)

    def test_browsers_keep_neither_pages_nor_receipts(self):
        receipt = self.send(self.path(), (self.statement, "a.pdf", b"1")).headers
        self.assertEqual((receipt["Cache-Control"], receipt["Referrer-Policy"]), ("no-store", "no-referrer"))
        self.page("/my/interactions", self.anna)
        self.assertEqual(self.url_open("/my/interactions").headers["Cache-Control"], "no-store")

    def form(self, *files):
        """Return the body (bytes) of a form with ``files``, pairs of item and content."""
        parts = [f'Content-Disposition: form-data; name="csrf_token"\r\n\r\n{http.Request.csrf_token(self)}'.encode()]
        for item, content in files:
            head = f'Content-Disposition: form-data; name="files_{item.id}"; filename="{item.id}.pdf"\r\n\r\n'
            parts.append(head.encode() + self.bytes_of(".pdf", content))
        return b"".join(b"--x\r\n%s\r\n" % part for part in parts) + b"--x--\r\n"

    def test_broken_connection_loses_nothing_and_adds_nothing_twice(self):
        self.authenticate(None, None)
        body = self.form((self.statement, b"s"), (self.invoices, b"i"))
        self.assertEqual(self.announce(self.path(), len(body), body[: len(body) // 2])[0], 400)
        self.env.invalidate_all()
        self.assertEqual(self.list.item_ids.mapped("state"), ["open"] * 3)
        for _time in ("the answer gets lost", "sent again"):
            self.assertEqual(self.announce(self.path(), len(body), body)[0], 303)
            self.env.invalidate_all()
            for item in (self.statement, self.invoices):
                self.assertEqual((item.state, len(item.attachment_ids)), ("handed_over", 1))
            self.assertEqual(len(self.list.handover_ids), 1)
