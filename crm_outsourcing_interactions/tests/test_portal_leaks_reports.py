import json
from datetime import timedelta
from urllib.parse import quote

from freezegun import freeze_time

from odoo import fields, http
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..report.ir_actions_report import CLIENT_PAGE
from .leaks_common import SECRET, LeaksCase
from .test_portal_leaks import ODOO


@tagged("post_install", "-at_install")
class TestPortalLeaksReports(LeaksCase):
    """Test Odoo's routes that ours extend, statements and the life of links: each shows a client what is its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alfa.name = f"{SECRET} Ltd"
        cls.readers = {"boss": cls.boss, "accountant": cls.accountant}
        for user in cls.readers.values():
            user.password = user.login
        cls.strangers = {**cls.strangers, "person of the client": cls.anna}

    def addresses(self):
        """Return ``{route: [(address, form)]}``; all ask for a report about Alfa."""
        one = f"{CLIENT_PAGE}/{self.alfa.id}"
        several = f"{CLIENT_PAGE}?options={quote(json.dumps({'client_ids': self.alfa.ids}))}"
        downloads = [{"data": json.dumps([f"/report/pdf/{page}", "qweb-pdf"])} for page in (one, several)]
        return {
            "/report/<converter>/<reportname>": [(f"/report/{kind}/{several}", None) for kind in ("html", "pdf")],
            "/report/<converter>/<reportname>/<docids>": [(f"/report/{kind}/{one}", None) for kind in ("html", "pdf")],
            "/report/download": [("/report/download", form) for form in downloads],
        }

    def answers(self, user):
        """Yield each address or form with the response that ``user`` gets."""
        self.authenticate(user and user.login, user and user.login)
        for tried in self.addresses().values():
            for address, form in tried:
                data = form and {**form, "csrf_token": http.Request.csrf_token(self)}
                yield form or address, self.url_open(address, data, allow_redirects=False)

    def test_every_extended_route_is_tried(self):
        self.assertEqual(self.addresses().keys(), ODOO)

    def test_staff_print_the_report(self):
        for role, user in self.readers.items():
            for tried, response in self.answers(user):
                with self.subTest(role=role, tried=tried):
                    self.assertEqual(response.status_code, 200)
                    self.assertIn(SECRET, response.text)

    @mute_logger("odoo.addons.web.controllers.report", "odoo.http")
    def test_strangers_print_nothing(self):
        for role, user in self.strangers.items():
            for tried, response in self.answers(user):
                with self.subTest(role=role, tried=tried):
                    self.assertEqual(self.refusal(response), "AccessError" if user else "login")
                    self.assertNotIn(SECRET, response.text)

    def refusal(self, response):
        """Return why nothing is printed (str); Odoo's page for downloads contains the error, with status 200."""
        if response.status_code == 303:
            return "login" if "/web/login" in response.headers["Location"] else response.headers["Location"]
        is_refused = response.status_code == 403 or "odoo.exceptions.AccessError" in response.text
        return "AccessError" if is_refused and "Content-Disposition" not in response.headers else response.text[:200]

    def test_statement_is_that_of_its_client(self):
        empty = ("Your interactions with us will appear here", "No reports yet")
        self.assertFalse([text for text in empty if text in self.page("/my/interactions/statement", self.anna)])
        for role in ("other client", "colleague", "leaver"):
            page = self.page("/my/interactions/statement", self.strangers[role])
            self.assertEqual([text for text in empty if text in page], [*empty], role)

    def test_link_is_valid_for_thirty_days_from_each_letter(self):
        links, person = self.env["crm.interaction.portal.link"], self.anna.partner_id
        self.assertEqual(self.link, links._of(person, self.env.company))
        for day, status in ((29, 200), (31, 404)):
            with freeze_time(fields.Datetime.now() + timedelta(days=day)):
                self.assertEqual(self.url_open(self.path()).status_code, status, day)
        with freeze_time(fields.Datetime.now() + timedelta(days=7)):
            again = links._of(person, self.env.company)
            self.assertEqual((again, again.expires), (self.link, fields.Datetime.now() + timedelta(days=30)))
