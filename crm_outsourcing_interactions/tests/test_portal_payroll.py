from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests.common import tagged

from .test_portal_documents import DocumentsCase
from .test_portal_leaks import CASES

SECRET = "Zanzibar"


@tagged("post_install", "-at_install")
class TestPortalPayroll(DocumentsCase):
    """Test that payroll is shown only to the person it is requested from: models, pages and files."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payroll = cls.env["crm.interaction.service"].search([("is_confidential", "=", True)], limit=1)
        cls.salaries = cls.env["crm.interaction.matter.item"].create(
            {
                "list_id": cls.list.id, "partner_id": cls.boris.partner_id.id, "service_id": cls.payroll.id,
                "name": f"{SECRET} salaries", "note": f"{SECRET} note",
            }
        )  # fmt: skip
        cls.payslips.write({"service_id": cls.payroll.id, "name": f"{SECRET} payslips"})
        sent = {"files": [(f"{SECRET}.pdf", b"Zanzibar content")], "answer": f"{SECRET} answer"}
        cls.payslips._hand_over(cls.boris.partner_id, {cls.payslips.id: sent})
        cls.payslips._return(f"{SECRET} reason")
        cls.file = cls.payslips.attachment_ids
        cls.strangers = cls.anna | cls.vera

    def test_list_with_payroll_is_for_its_persons(self):
        with self.assertRaises(UserError):
            self.list.audience = "client"
            self.list.flush_recordset()

    def test_payroll_cannot_join_a_list_for_all(self):
        own = {"name": "Act", "partner_id": self.boris.partner_id.id}
        vals = {"commercial_partner_id": self.alfa.id, "period": "2026-09-01", "audience": "client"}
        shared = self.env["crm.interaction.request.list"].create({**vals, "item_ids": [Command.create(own)]})
        for change in (
            lambda: shared.write({"item_ids": [Command.create({**own, "service_id": self.payroll.id})]}),
            lambda: shared.item_ids.write({"service_id": self.payroll.id}),
            lambda: self.salaries.write({"list_id": shared.id}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                change()
                self.env.flush_all()

    def test_no_model_shows_it_to_colleagues(self):
        for user in self.strangers:
            for model in filter(self.is_readable(user), sorted(self.env.registry)):
                with self.subTest(user=user.login, model=model):
                    rows = call_kw(self.env[model].with_user(user), "search_read", [[], []], {})
                    self.assertNotIn(SECRET, str(rows))

    def is_readable(self, user):
        def of(model):
            own = self.env[model].with_user(user)
            return model.startswith("crm.interaction") and not own._abstract and own.has_access("read")

        return of

    def test_no_page_shows_it_to_colleagues(self):
        self.assertIn(SECRET, self.page("/my/interactions", self.boris))
        for user in self.strangers:
            for path in (case for case in CASES.values() if case.startswith("/my/")):
                with self.subTest(user=user.login, path=path):
                    self.assertNotIn(SECRET, self.page(path, user))

    def test_link_of_a_colleague_shows_none(self):
        self.assertNotIn(SECRET, self.url_open(self.path()).text)
        link = self.env["crm.interaction.portal.link"]._of(self.boris.partner_id, self.env.company)
        self.assertIn(SECRET, self.url_open(self.path(link)).text)

    def test_file_is_read_by_its_person_only(self):
        for item in (self.payslips, self.statement):
            path = f"/my/interactions/files/{item.id}/{self.file.id}"
            for user in self.strangers:
                self.page(path, user, 404)
        self.page(f"/my/interactions/files/{self.payslips.id}/{self.file.id}", self.boris)
        for user in self.strangers:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.file.with_user(user).read(["raw"])
            self.authenticate(user.login, user.login)
            self.assertIn(self.url_open(f"/web/content/{self.file.id}").status_code, (403, 404))

    def test_payroll_is_never_handed_over_by_a_colleague(self):
        self.send("/my/interactions", (self.salaries, "a.pdf", b"1"), user=self.anna, status=200)
        self.send(self.path(), (self.salaries, "a.pdf", b"1"), status=200)
        self.assertFalse(self.salaries.attachment_ids)

    def test_letter_to_a_colleague_names_none(self):
        letters = self.env["crm.interaction.request.letter"]
        for plan in letters._plans(self.env.company)[0]:
            with self.subTest(person=plan.person.name):
                body = str(letters._body(self.env.company, plan))
                self.assertEqual(SECRET in body, plan.person == self.boris.partner_id)
