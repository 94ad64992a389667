import io
import pathlib

from werkzeug.datastructures import FileStorage

from odoo.tests.common import tagged

from ..controllers.portal_upload import has_file, read_files
from ..models.requests.crm_interaction_matter_item_handing import checksum_of
from ..models.requests.crm_interaction_portal_link import LIMITS
from .test_portal_documents import DocumentsCase

PROGRAMS = (
    "a.exe", "a.vhd", "a.vhdx", "a.img", "a.iso", "a.jnlp", "a.one", "a.wsh", "a.application", "a.docm", "a.xlsm",
    "a.pptm", "a.py", "A.XLSM", "a.docm. ", "a.settingcontent-ms", "a.xlsb", "a.accdb", "a.mde", "a.cab", "a.jsx",
)  # fmt: skip
DISGUISED = (
    ("Statement.pdf", b"MZ\x90\x00"),
    ("Statement.pdf", b"<html>"),
    ("Statement.pdf", "<html>".encode("utf-16")),
    ("Statement.pdf", b'<?xml version="1.0"?><svg onload="alert(1)">'),
    ("Statement.pdf", b"L\x00\x00\x00\x01\x14\x02\x00"),
    ("Statement.pdf", b"@echo off\r\ndel *.*"),
    ("x.html;.pdf", b"<html>"),
    ("Scan.jpg", b"%PDF-1.7"),
    ("Table.xlsx", b"MZ\x90\x00"),
    ("Note.txt", b"#!/bin/sh\n"),
    ("Note.txt", b"\x7fELF"),
    ("Note.txt", b"\xef\xbb\xbf\n<!DOCTYPE HTML>"),
    ("Note.txt", b"<script>1</script>"),
    ("Bank.xml", b"<!-- bank -->\n<html>"),
    ("Bank.xml", b'<?xml version="1.0"?><svg onload="alert(1)">'),
    ("Bank.csv", "<html>".encode("utf-16")),
    ("Bank.xls", b"<html><script>"),
)
KEPT = {
    "Statement.pdf": b"%PDF-1.7",
    "camt.053.xml": b'<?xml version="1.0"?><Document/>',
    "1C.txt": "1CClientBankExchange\r\nПлательщик=ООО".encode("cp1251"),
    "1C UTF-16.txt": "1CClientBankExchange\r\nПлательщик=ООО".encode("utf-16"),
    "Выписка.csv": "Дата;Сумма\r\n".encode("cp1251"),
    "Выписка UTF-16.csv": "Дата;Сумма\r\n".encode("utf-16"),
    "Банк.xml": '<?xml version="1.0" encoding="windows-1251"?><!-- банк --><Выписка/>'.encode("cp1251"),
    "Банк UTF-16.xml": '<?xml version="1.0" encoding="utf-16"?><Выписка/>'.encode("utf-16"),
    "Акт.pdf": b"\r\n%PDF-1.4",
    "Scan.JPG": b"\x89PNG\r\n",
    "Photo.heic": b"\x00\x00\x00\x18ftypheic",
    "With password.docx": b"\xd0\xcf\x11\xe0\xa1\xb1",
    "Archive.zip": b"PK\x03\x04",
    "Table.xlsx": b"PK\x03\x04xl",
    "Bank.xls": b"<html><table></table></html>",
    "Bank.doc": b"<html><table></table></html>",
    "Note.txt": b"Mz is not a program",
}


@tagged("post_install", "-at_install")
class TestPortalUploads(DocumentsCase):
    """Test which files are taken over, and how many in a day."""

    def read_uploads(self, *files):
        uploads = [FileStorage(io.BytesIO(content), name) for name, content in files]
        return read_files(self.env, uploads, len(uploads))

    def test_programs_and_macros_are_refused(self):
        files, faults = self.read_uploads(*((name, b"1") for name in PROGRAMS))
        self.assertFalse(files)
        self.assertEqual(len(faults), len(PROGRAMS))
        self.assertIn("may contain programs", faults[0])

    def test_programs_and_pages_under_another_name_are_refused(self):
        files, faults = self.read_uploads(*DISGUISED)
        self.assertFalse(files)
        self.assertEqual(len(faults), len(DISGUISED))
        self.assertIn("“Statement.pdf” was not accepted: its content does not match its name", faults[0])

    def test_what_bookkeepers_need_is_taken_over(self):
        files, faults = self.read_uploads(*KEPT.items())
        self.assertEqual((dict(files), faults), (KEPT, []))

    def test_office_files_and_photos_are_what_their_names_say(self):
        beginnings = dict.fromkeys(("docx", "odp", "ods", "odt", "pptx", "xlsx"), b"PK\x03\x04")
        beginnings |= dict.fromkeys(("heic", "HEIF"), b"\x00\x00\x00\x18ftypheic")
        for extension, beginning in beginnings.items():
            name = f"Act.{extension}"
            with self.subTest(name):
                self.assertEqual(self.read_uploads((name, beginning)), ([(name, beginning)], []))
                files, [fault] = self.read_uploads((name, b"An agreement in plain words"))
                self.assertFalse(files)
                self.assertIn("its content does not match its name", fault)

    def test_request_that_runs_again_has_its_files(self):
        uploads = [FileStorage(io.BytesIO(content), name) for name, content in (("a.txt", b"1"), ("b.txt", b"2"))]
        for _run in range(2):
            self.assertEqual(read_files(self.env, uploads, 50), ([("a.txt", b"1"), ("b.txt", b"2")], []))
        item = self.statement.sudo()
        item._hand_over(self.anna.partner_id, {item.id: {"files": [("a.txt", b"1")]}})
        self.assertEqual([has_file(item, upload) for upload in uploads * 2], [True, False] * 2)

    def test_submission_with_a_file_that_cannot_be_stored_changes_nothing(self):
        content = self.bytes_of("b.pdf", b"whole")
        attachments = self.env["ir.attachment"]
        _name, path = attachments._get_path(content, checksum_of(content))
        pathlib.Path(path).write_bytes(content[:4])  # what a crash has left
        self.addCleanup(pathlib.Path(path).unlink)
        files = (self.statement, "a.pdf", b"a"), (self.invoices, "b.pdf", b"whole")
        response = self.send("/my/interactions", *files, status=200, user=self.anna)
        self.assertIn("The files of “Invoices” could not be stored.", response.text)
        self.assertEqual((self.statement | self.invoices).mapped("state"), ["open", "open"])
        self.assertFalse(self.statement.attachment_ids)
        self.send("/my/interactions", files[0], user=self.anna)
        self.assertEqual(len(self.handed()), 1)

    def test_link_takes_so_many_files_and_bytes_a_day(self):
        today = self.env.company._interaction_today()
        self.send(self.path(), (self.statement, "a.txt", b"123"), (self.statement, "b.txt", b"45"))
        self.assertRecordValues(self.link, [{"day": today, "tries": 1, "files": 2, "size": 5}])
        for name in ("tries", "files", "size"):
            with self.subTest(name):
                numbers = {"tries": 0, "files": 0, "size": 0} | {name: LIMITS[name] - 1}
                self.link._by_code().write(numbers)
                self.env.flush_all()
                self.send(self.path(), (self.invoices, f"{name}.txt", name[:1].encode()))
                self.send(self.path(), (self.invoices, f"{name}2.txt", name[:2].encode()), status=429)
        self.assertEqual(len(self.invoices.attachment_ids), 3)
