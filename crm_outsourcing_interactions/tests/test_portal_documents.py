from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields, http
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..controllers.portal_upload import LARGEST
from ..models.requests.crm_interaction_portal_link import LIMITS
from .portal_common import AccountCase

PDF = "application/pdf"


class DocumentsCase(AccountCase):
    """Ask Anna for two documents and Boris for one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = (("Bank statement", cls.anna), ("Invoices", cls.anna), ("Payslips", cls.boris))
        items = [Command.create({"name": name, "partner_id": user.partner_id.id}) for name, user in people]
        vals = {"commercial_partner_id": cls.alfa.id, "period": "2026-10-01", "item_ids": items}
        cls.list = cls.env["crm.interaction.request.list"].create(vals)
        cls.list.action_open()
        cls.statement, cls.invoices, cls.payslips = cls.list.item_ids.sorted("id")
        cls.payslips.service_id = False  # named by a colleague who says that they are not confidential
        cls.link = cls.env["crm.interaction.portal.link"]._of(cls.anna.partner_id, cls.env.company)

    def path(self, link=None):
        """Return the path of the link's address."""
        return "/" + (link or self.link)._url().split("/", 3)[3]

    def send(self, path, *files, status=303, user=None, **data):
        """Post files ``(item, name, content)`` and return the response."""
        self.authenticate(user and user.login, user and user.login)
        data["csrf_token"] = http.Request.csrf_token(self)
        uploads = [(f"files_{item.id}", (name, self.bytes_of(name, content), PDF)) for item, name, content in files]
        response = self.url_open(path, data=data, files=uploads or None, allow_redirects=False)
        self.assertEqual(response.status_code, status)
        return response

    def bytes_of(self, name, content):
        """Return the bytes of a file that is what its name says."""
        return b"%PDF" + content if name.endswith(".pdf") else content

    def handed(self):
        return self.captured(self.list).filtered(lambda row: row.event == "documents_handed_over")


@tagged("post_install", "-at_install")
class TestPortalDocuments(DocumentsCase):
    """Test items and files, by login and by link."""

    def test_person_sees_own_items_only(self):
        page = self.page("/my/interactions", self.anna)
        self.assertIn("Bank statement", page)
        self.assertNotIn("Payslips", page)
        self.assertIn("We need nothing", self.page("/my/interactions", self.vera))

    def test_all_contacts_see_a_list_for_all(self):
        self.list.audience = "client"
        page = self.page("/my/interactions", self.anna)
        for text in ("Payslips", "Requested from:", self.boris.name):
            self.assertIn(text, page)
        self.assertEqual(page.count("Requested from:"), 1, "what she is asked for herself needs no name")
        self.assertNotIn("Payslips", self.page("/my/interactions", self.vera))

    def test_login_shows_the_lists_of_all_our_companies(self):
        second = self.env["res.company"].create({"name": "Second Firm"})
        items = [Command.create({"name": "Contract", "partner_id": self.anna.partner_id.id})]
        vals = {"commercial_partner_id": self.alfa.id, "company_id": second.id, "period": "2026-10-01"}
        other = self.env["crm.interaction.request.list"].create({**vals, "item_ids": items})
        self.assertNotIn("Second Firm", self.page("/my/interactions", self.anna))
        other.action_open()
        page = self.page("/my/interactions", self.anna)
        for text in ("Contract", "Bank statement", "Second Firm", self.env.company.name):
            self.assertIn(text, page)
        self.send("/my/interactions", (other.item_ids, "c.pdf", b"c"), user=self.anna)
        self.assertEqual((other.item_ids.state, self.captured(other).company_id), ("handed_over", second))
        self.assertIn("c.pdf", self.page("/my/interactions/handed", self.anna))
        self.assertNotIn("c.pdf", self.page("/my/interactions/handed", self.boris))

    def test_one_submission_is_one_interaction(self):
        files = ((self.statement, "Выписка.pdf", b"1"), (self.statement, "b.pdf", b"2"), (self.invoices, "c.pdf", b"3"))
        self.send("/my/interactions", *files, user=self.anna)
        self.assertRecordValues(
            self.handed(),
            [{"channel": "portal", "partner_id": self.anna.partner_id.id, "type_id": self.type_("1.1.1").id}],
        )
        self.assertEqual((self.statement | self.invoices).mapped("state"), ["handed_over"] * 2)
        self.assertIn("Выписка.pdf", self.page("/my/interactions/handed", self.anna))
        self.assertNotIn("Выписка.pdf", self.page("/my/interactions/handed", self.boris))

    def test_items_of_others_are_ignored(self):
        response = self.send("/my/interactions", (self.payslips, "a.pdf", b"1"), user=self.anna, status=200)
        self.assertIn("“a.pdf” was not taken over", response.text)
        self.assertEqual(self.payslips.state, "open")

    def test_refused_files_are_named_and_the_others_kept(self):
        files = ((self.statement, "a.exe", b"1"), (self.statement, "big.pdf", b"x" * (LARGEST + 1)))
        page = self.send("/my/interactions", *files, (self.invoices, "c.pdf", b"3"), user=self.anna, status=200).text
        self.assertIn("a.exe", page)
        self.assertIn("larger than 25 MB", page)
        self.assertEqual((self.statement.state, self.invoices.state), ("open", "handed_over"))

    def test_fifty_files_at_once(self):
        files = [(self.statement, f"{number}.pdf", str(number).encode()) for number in range(50)]
        self.send("/my/interactions", *files, user=self.anna)
        self.assertEqual(len(self.statement.attachment_ids), 50)
        self.assertEqual(len(self.handed()), 1)

    def test_files_are_downloads_for_whoever_sees_the_item(self):
        self.send("/my/interactions", (self.statement, "../../a.html.pdf", b"<b>"), user=self.anna)
        path = f"/my/interactions/files/{self.statement.id}/{self.statement.attachment_ids.id}"
        self.page(path, self.anna)
        headers = self.url_open(path).headers
        self.assertTrue(headers["Content-Disposition"].startswith("attachment"))
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        for other in (self.boris, self.vera, self.accountant):
            self.page(path, other, 404)
        self.page(f"/my/interactions/files/{self.invoices.id}/{self.statement.attachment_ids.id}", self.anna, 404)

    def test_not_applicable_and_answer(self):
        data = {f"none_{self.statement.id}": "No account", f"answer_{self.invoices.id}": "By post"}
        self.send("/my/interactions", user=self.anna, **data)
        self.assertEqual((self.statement | self.invoices).mapped("is_claimed"), [True, False])
        self.assertEqual(self.list.state, "open")
        self.assertEqual(len(self.handed()), 1)

    def test_link_opens_the_own_items_without_a_password(self):
        response = self.url_open(self.path())
        self.assertEqual(response.status_code, 200)
        self.assertIn("Bank statement", response.text)
        self.assertNotIn("Payslips", response.text)
        self.assertEqual(response.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(response.headers["Cache-Control"], "no-store")

    def test_link_takes_over_files_in_the_name_of_its_person(self):
        for _click in range(2):
            files = ((self.statement, "a.pdf", b"1"), (self.invoices, "c.pdf", b"3"))
            self.send(self.path(), *files)
        self.send(self.path(), (self.payslips, "d.pdf", b"4"), status=200)
        self.assertEqual(len(self.handed()), 1)
        self.assertEqual(self.handed().partner_id, self.anna.partner_id)
        self.assertEqual(self.payslips.state, "open")
        self.assertTrue(self.link.last_used)

    def test_opening_a_link_changes_nothing(self):
        before = self.link.read()
        statements = self.statement.read()
        self.url_open(self.path())
        self.env.invalidate_all()
        self.assertEqual((self.link.read(), self.statement.read()), (before, statements))

    def test_link_ends_with_address_client_person_and_contract(self):
        person = self.anna.partner_id
        changes = (
            (self.alfa, {"active": False}),
            (person, {"email": "new@example.com"}),
            (person, {"parent_id": self.beta.id}),
            (self.alfa, {"interaction_client_until": self.ended}),
        )
        for record, vals in changes:
            with self.subTest(vals=vals):
                path = self.path()
                before = {name: record[name].id if name == "parent_id" else record[name] for name in vals}
                record.write(vals)
                self.env.flush_all()
                self.assertEqual(self.url_open(path).status_code, 404)
                record.write(before)
                self.env.flush_all()
                revived = 200 if record == self.alfa else 404
                self.assertEqual(self.url_open(path).status_code, revived)

    def test_colleague_redirects_no_link_by_the_address_book(self):
        desk = self.make_contact(name="Desk", email="desk@alfa.example.com", parent_id=self.alfa.id)
        self.payslips.partner_id = desk
        state = self.env.ref("base.state_us_27")
        place = {"street": "1 Main St", "city": "Helena", "zip": "59601", "phone": "1"}
        place |= {"country_id": state.country_id.id, "state_id": state.id, "address_type": "billing"}
        for kind, is_changed in (("contact", False), ("other", True), ("invoice", True), ("delivery", True)):
            with self.subTest(kind=kind):
                desk.write({"type": kind, "email": "desk@alfa.example.com"})
                self.env.flush_all()
                with mute_logger("odoo.http"):
                    self.post(
                        "/my/address/submit", self.anna, 200 if is_changed else 403, partner_id=desk.id, name="Desk",
                        email=self.anna.email, **place,
                    )  # fmt: skip
                self.env.invalidate_all()
                self.assertEqual(desk.email == self.anna.email, is_changed, "Odoo's own address book")
                link = self.env["crm.interaction.portal.link"]._of(desk, self.env.company)
                self.assertEqual(self.url_open(self.path(link)).status_code, 404 if is_changed else 200)
                self.assertEqual(bool(desk._interaction_letter_obstacles()), is_changed)
                self.assertEqual(desk._interaction_can_be_invited(), not is_changed)

    def test_link_of_an_archived_person_opens_nothing(self):
        path = self.path()
        self.anna.active = False
        self.anna.partner_id.active = False
        self.env.flush_all()
        self.assertEqual(self.url_open(path).status_code, 404)

    def test_limits_of_a_day_are_counted_in_the_database(self):
        self.link._by_code().write({"day": self.env.company._interaction_today(), "tries": LIMITS["tries"]})
        self.env.flush_all()
        response = self.send(self.path(), (self.statement, "a.pdf", b"1"), status=429)
        self.assertIn("You have reached today", response.text)
        self.assertEqual(self.statement.state, "open")
        with freeze_time(fields.Datetime.now() + timedelta(days=1)):
            self.send(self.path(), (self.statement, "a.pdf", b"1"))

    def test_letters_contain_the_link(self):
        self.assertEqual(self.statement._letter_url(self.anna.partner_id), self.link._url())
        address = self.payslips._letter_url(self.boris.partner_id)
        self.assertIn("Payslips", self.url_open("/" + address.split("/", 3)[3]).text)

    def test_russian_link_opens_the_russian_page(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.anna.partner_id.lang = "ru_RU"
        page = self.url_open(self.path(), allow_redirects=False)
        self.assertEqual(page.status_code, 200)
        self.assertIn('lang="ru-RU"', page.text)

    def test_one_link_for_a_person_prolonged_when_sent_again(self):
        links = self.env["crm.interaction.portal.link"]
        path = self.path()
        self.assertEqual(links._of(self.anna.partner_id, self.env.company), self.link)
        self.assertEqual(self.path(), path)
        with freeze_time(fields.Datetime.now() + timedelta(days=20)):
            links._of(self.anna.partner_id, self.env.company)
            self.assertNotEqual(self.path(), path)
