import json
import re
from unittest.mock import patch
from urllib.parse import quote, unquote

from lxml import html

from odoo import http
from odoo.tests.common import HttpCase, tagged
from odoo.tools.safe_eval import safe_eval

from .test_report_client_page import REPORT, SHARES, ClientPageCase, text
from .test_summary_report import FEBRUARY, SummaryReportCase

AGREED = "Our Agreements"
TEMPLATE = "crm_outsourcing_interactions.client_page"
INTERNAL = (
    "SECRET",
    r"(?i)verdict",
    r"(?i)\bbase\b",
    r"(?i)ratio\b",
    r"(?i)target\b",
    r"(?i)corrective action",
    r"(?i)sample",
    r"(?i)cross-sell",
    r"(?i)additional services",
    r"(?i)classif",
    r"(?i)suggested type",
    r"(?i)review",
    "[≥≤÷]",
    r"\bn\b",
    r"\b\d\.\d\.\d",
)
"""What a client must not read, as patterns."""
PLAIN = {"Feedback"}


@tagged("post_install", "-at_install")
class TestReportClientPrivacy(ClientPageCase):
    """Test that the client report contains only what was chosen for the client, in words."""

    def test_client_reads_no_guess(self):
        self.own.write({"state": "to_review"})
        content = self.page()
        self.assertEqual(self.rows(content, SHARES)["Not yet sorted"][0], str(len(self.own)))
        self.assertFalse(html.fromstring(content).xpath("//h5[.='Most Frequent Purposes']/following-sibling::table"))

    def test_no_word_of_the_firm(self):
        """Whatever targets, codes and types there are: nothing of them is printed unless it was chosen."""
        indicator = self.make_missed_target({"name": "Sell", "client_text": "SECRET PROPOSAL"})
        indicator.target_id.name = "SECRET TARGET"
        self.log_open("3.2.1.3", "2026-02-10").state = "confirmed"
        words = text(html.fromstring(self.page()))
        for word in INTERNAL:
            self.assertNotRegex(words, word)
        types = self.env["crm.interaction.type"].search([])
        for name in {*types.mapped("name"), *types.mapped("code")} - PLAIN:
            self.assertNotRegex(words, rf"(?<![\w./]){re.escape(name)}(?![\w./])")

    def test_type_without_name_for_the_client_is_not_printed(self):
        self.env["crm.interaction.type"].search([]).client_name = False
        self.assertFalse(
            html.fromstring(self.page()).xpath("//h5[.='Most Frequent Purposes']/following-sibling::table")
        )

    def test_nothing_of_other_clients(self):
        for other in self.clients[1:]:
            other.name = f"SECRET {other.id}"
        self.assertNotIn("SECRET", self.page())

    def test_target_is_printed_only_when_chosen(self):
        target = self.make_missed_target().target_id
        self.assertNotIn(AGREED, self.page())
        target.is_shown_to_client = True
        text_of_target = "Conversations about the quality of our work, compared with day-to-day interactions"
        self.assertEqual(self.rows(self.page(), AGREED), {text_of_target: ["at least 50 %", "", "14.2 %"]})
        target.client_text = "How often we ask you"
        self.assertEqual(self.rows(self.page(), AGREED), {"How often we ask you": ["at least 50 %", "", "14.2 %"]})

    def test_value_stands_beside_its_range_until_all_is_sorted(self):
        indicator = self.make_missed_target(is_shown_to_client=True)
        indicator.write({"is_exact": False, "value_low": 0.1, "value_high": 0.2})
        self.assertEqual([*self.rows(self.page(), AGREED).values()], [["at least 50 %", "", "14.2 % (10–20 %)"]])
        self.assertIn("In brackets:", self.page())

    def test_too_few_contacts_are_no_data(self):
        self.make_missed_target(is_shown_to_client=True, minimum_sample=41)
        self.assertEqual([*self.rows(self.page(), AGREED).values()], [["at least 50 %", "", "–"]])

    def test_backlog_of_the_firm_is_never_printed(self):
        vals = {"measure": "open_share", "bound": "ceiling", "high": 0.1, "low": 0, "is_shown_to_client": True}
        self.make_missed_target({"name": "Sort", "client_text": "SECRET PROPOSAL"}, **vals)
        content = self.page()
        self.assertNotIn(AGREED, content)
        self.assertNotIn("SECRET", content)

    def test_each_measure_has_a_default_text(self):
        targets = self.env["crm.interaction.target"].with_context(active_test=False).search([])
        for target in targets.filtered(lambda target: target.measure != "open_share"):
            target.is_shown_to_client = True
            self.assertTrue(target._client_text(), target.measure)
            for word in INTERNAL:
                self.assertNotRegex(target._client_text(), word)

    def test_client_reads_proposals_not_names_of_corrective_actions(self):
        self.make_missed_target(
            {"name": "SECRET CORRECTIVE_ACTION", "description": "SECRET HOW", "client_text": "A talk with our auditor"},
            {"name": "SECRET OTHER CORRECTIVE_ACTION", "description": "SECRET HOW"},
            is_shown_to_client=True,
        )
        content = self.page()
        self.assertEqual(self.proposals(content), ["A talk with our auditor"])
        self.assertNotIn("SECRET", content)

    def test_corrective_actions_for_the_staff_only_leave_no_heading(self):
        self.make_missed_target({"name": "Sell less"}, is_shown_to_client=True)
        self.assertNotIn("Our Proposals", self.page())

    def test_proposals_in_the_clients_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        corrective_action = self.make_missed_target(
            {"name": "Talk", "client_text": "A talk"}, is_shown_to_client=True
        ).corrective_action_ids
        corrective_action.with_context(lang="ru_RU").client_text = "Встреча"
        self.client_company.lang = "ru_RU"
        content = self.page()
        self.assertIn("Встреча", content)
        self.assertNotIn("A talk", content)

    def test_internal_corrective_actions_have_no_client_text(self):
        for name in ("corrective_action_less_selling", "corrective_action_classify"):
            self.assertFalse(self.env.ref(f"crm_outsourcing_interactions.{name}").client_text)
        self.assertTrue(self.env.ref("crm_outsourcing_interactions.corrective_action_portal").client_text)

    def test_subject_that_the_staff_changed_is_not_printed(self):
        request = self.log_open("3.1.1", "2026-02-05", message="Please do our payroll, too")
        request.subject = "SECRET: pays late"
        content = self.page()
        self.assertIn("Please do our payroll, too", content)
        self.assertNotIn("SECRET", content)


@tagged("post_install", "-at_install")
class TestReportClientFile(SummaryReportCase, HttpCase):
    """Test that the file name contains client and period."""

    def test_file_is_named_after_client_and_period(self):
        client, other = self.clients[:2]
        data = {"date_from": str(FEBRUARY.start), "date_to": str(FEBRUARY.end)}
        self.assertEqual(client._interaction_client_file_name(data), "Client 0 – February 2026")
        clients = client | other
        self.assertEqual(clients._interaction_client_file_name(data), "2 clients – February 2026")
        name = self.env.ref(REPORT).print_report_name
        last_month = client._interaction_client_file_name()
        self.assertEqual(safe_eval(name, {"object": client}), last_month)

    def test_name_of_the_file_from_the_wizard(self):
        client = self.clients[0]
        client.name = "Alfa / Omega"
        options = {"client_ids": client.ids, "date_from": str(FEBRUARY.start), "date_to": str(FEBRUARY.end)}
        url = f"/report/pdf/{TEMPLATE}?options={quote(json.dumps(options))}&context=%7B%7D"
        self.manager.password = self.manager.login
        self.authenticate(self.manager.login, self.manager.login)
        with patch.object(type(self.env["ir.actions.report"]), "_render_qweb_pdf", lambda *a, **k: (b"%PDF-", "pdf")):
            data = {"data": json.dumps([url, "qweb-pdf"]), "csrf_token": http.Request.csrf_token(self)}
            header = self.url_open("/report/download", data).headers["Content-Disposition"]
        self.assertIn("Alfa / Omega – February 2026.pdf", unquote(header))
