import io
from collections import Counter
from datetime import date
from unittest.mock import patch

from lxml import html

from odoo.tests.common import tagged
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

from .test_summary_report import FEBRUARY, SummaryReportCase

REPORT = "crm_outsourcing_interactions.report_client"
SHARES = "Our Interactions by Subject"


def text(node):
    return " ".join(node.text_content().split())


class ClientPageCase(SummaryReportCase):
    """Set up interactions of three clients and the report of the first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.interactions = cls.make_interactions(200)
        cls.interactions.write({"note": "SECRET NOTE", "subject": "SECRET SUBJECT"})
        cls.client_company = cls.clients[0]
        cls.own = cls.interactions.filtered(
            lambda i: i.commercial_partner_id == cls.client_company and i.date.month == 2
        )

    def page(self, user=None, clients=None):
        clients = clients or self.client_company
        data = {"date_from": str(FEBRUARY.start), "date_to": str(FEBRUARY.end), "client_ids": clients.ids}
        report = self.env["ir.actions.report"].with_user(user or self.manager)
        content, _type = report._render_qweb_html(REPORT, clients.ids, data=data)
        return content.decode()

    def rows(self, content, heading):
        """Return ``{first cell: other cells}`` of the table under a heading."""
        [table] = html.fromstring(content).xpath(f"//h5[normalize-space()='{heading}']/following-sibling::table[1]")
        lines = [[" ".join(td.text_content().split()) for td in tr.xpath("./td")] for tr in table.xpath(".//tr")]
        return {line[0]: line[1:] for line in lines if line}

    def make_missed_target(self, *corrective_actions, **target_vals):
        """Return the red indicator of a target of the first client, with ``corrective_actions`` (values)."""
        self.env["crm.interaction.target"].search([]).active = False
        corrective_actions = self.env["crm.interaction.corrective.action"].create(corrective_actions)
        target = self.env["crm.interaction.target"].create(
            {
                "measure": "improvement_ratio",
                "bound": "floor",
                "low": 0.5,
                "corrective_action_ids": corrective_actions.ids,
                **target_vals,
            }
        )
        vals = {"target_id": target.id, "month": date(2026, 2, 1), "company_id": self.env.company.id, "n": 40}
        vals |= {"has_value": True, "value": 0.142, "low": 0.5, "zone": "red", "partner_id": self.client_company.id}
        return self.env["crm.interaction.indicator"].create(vals)

    def proposals(self, content):
        items = html.fromstring(content).xpath("//h5[normalize-space()='Our Proposals']/following-sibling::ul[1]/li")
        return list(map(text, items))

    def log_open(self, code, day, message="", author=None, **vals):
        """Log what came from the client, of the message that it or somebody else wrote, if any."""
        author = author or self.make_contact(parent_id=self.client_company.id)
        mail = message and self.env["mail.message"].create({"subject": message, "author_id": author.id})
        vals = {"subject": message, "message_id": mail and mail.id, "date": f"{day} 12:00:00", **vals}
        state = "confirmed" if code == "3.1.1" else "to_review"
        return self.log(partner_id=self.client_company.id, type_id=self.type_(code).id, state=state, **vals)

    def points(self, content):
        """Return ``{heading: lines}`` of the open points."""
        lists = html.fromstring(content).xpath("//h5[normalize-space()='Open Points']/following-sibling::ul")
        lists = [own for own in lists if own.getprevious().tag == "div"]
        return {text(own.getprevious()): [text(line) for line in own.xpath("./li")] for own in lists}


@tagged("post_install", "-at_install")
class TestReportClientPage(ClientPageCase):
    """Test the figures of the client report, in the client's language."""

    def test_pages_of_several_clients_are_printed_one_by_one(self):
        writer = PdfFileWriter()
        writer.addBlankPage(width=72, height=72)
        writer.write(stream := io.BytesIO())
        clients = self.env["res.partner"].union(*self.clients[:3])
        contact = self.env["res.partner"].create({"name": "Anna", "parent_id": clients[0].id})
        data = {"date_from": str(FEBRUARY.start), "date_to": str(FEBRUARY.end), "client_ids": clients.ids}
        reports = self.env["ir.actions.report"].with_user(self.manager).with_context(force_report_rendering=True)
        printed = []

        def run(_self, bodies, **_options):
            self.assertEqual(len(bodies), 1, "wkhtmltopdf without patched Qt takes one document")
            printed.append(bodies[0])
            return stream.getvalue()

        for ids in (None, clients.ids, (clients | contact).ids):
            printed.clear()
            with (
                patch.object(type(reports), "_run_wkhtmltopdf", run),
                patch.object(type(reports), "get_wkhtmltopdf_state", lambda _self: "ok"),
            ):
                content, _type = reports._render_qweb_pdf(REPORT, ids, data=dict(data))
            self.assertEqual(PdfFileReader(io.BytesIO(content)).numPages, 3)
            for client, page in zip(clients, printed, strict=True):
                self.assertIn(client.name, str(page))

    def test_figures_are_those_of_a_count_by_hand(self):
        self.own[:7].write({"state": "to_review"})
        content = self.page()
        kinds = Counter(self.own.mapped(self.kind_name))
        lines = self.rows(content, SHARES)
        self.assertEqual(Counter({name: int(line[0]) for name, line in lines.items()}), kinds)
        for name, line in lines.items():
            self.assertEqual(line[1], f"{100 * kinds[name] / len(self.own):.1f} %")
        reviewed = self.own.filtered(lambda i: i.type_id and i.state != "to_review")
        types = Counter(interaction.type_id.client_name for interaction in reviewed)
        shown = self.rows(content, "Most Frequent Purposes")
        self.assertEqual([int(n) for [n] in shown.values()], [n for _type, n in types.most_common(5)])
        self.assertTrue(all(types[name] == int(n) for name, [n] in shown.items()))

    def test_each_client_is_compared_with_its_year_before(self):
        self.log(partner_id=self.clients[0].id, type_id=self.type_("1.1.1").id, date="2025-02-10 12:00:00")
        self.assertIn("February 2025", self.page())
        other = self.page(clients=self.clients[1])
        self.assertNotIn("February 2025", other)
        self.assertIn("January 2026", other)

    def kind_name(self, interaction):
        reviewed = interaction.state != "to_review"
        return (reviewed and interaction.kind_id.client_name) or "Not yet sorted"

    def test_archived_kind_stays_in_the_shares_of_its_client(self):
        kind = self.own.kind_id[0]
        kind.type_ids.write({"role": False, "active": False})
        kind.active = False
        lines = self.rows(self.page(), SHARES)
        self.assertEqual(sum(int(line[0]) for line in lines.values()), len(self.own))
        self.assertIn(kind.client_name, lines)
        self.env["crm.interaction"].search([("kind_id", "=", kind.id)]).action_archive()
        self.assertNotIn(kind.client_name, self.rows(self.page(), SHARES))

    def test_nothing_for_the_staff_only(self):
        content = self.page()
        self.assertNotIn("SECRET", content)
        self.assertNotIn(self.staff.name, content)

    def test_client_report_lists_open_points_by_their_subjects(self):
        self.interactions.action_archive()
        self.log_open("1.1.2", "2026-02-03", subject="SECRET OF A CALL")
        self.log_open("3.1.1", "2026-02-05", message="Please do our payroll, too")
        self.log_open("3.1.1", "2026-02-06", message="SECRET OF A NOTE", author=self.staff.partner_id)
        complaint = self.log_open("2.1.1", "2026-01-20", message="The report was late", polarity="negative")
        self.log_open("3.1.1", "2026-02-07", message="SECRET GUESS").state = "to_review"
        self.log_open("2.1.1", "2026-02-08", message="SECRET GUESS", polarity="negative")
        complaint.state = "confirmed"
        points = self.points(self.page())
        self.assertEqual(
            points,
            {
                "Complaints not yet answered: 1": ["01/20/2026 · The report was late"],
                "Requests for further services not yet answered by an offer: 2": [
                    f"02/06/2026 3:00 PM · {self.type_('3.1.1').client_name} · Phone · from you",
                    "02/05/2026 · Please do our payroll, too",
                ],
            },
        )
        self.log(partner_id=self.client_company.id, type_id=self.type_("1.2.4").id, channel="phone", date="2026-02-20")
        self.assertIn("The report was late", self.page(), "a call about something else")
        complaint.mark_matter("elsewhere")
        self.assertNotIn("The report was late", self.page())

    def test_requests_are_settled_by_their_opportunities(self):
        self.interactions.action_archive()
        requests = [self.log_open("3.1.1", f"2026-02-0{day}", message=f"Request {day}") for day in (1, 2, 3)]
        leads = [
            self.env["crm.lead"].create({"name": "SECRET OFFER", "type": "opportunity", "interaction_id": request.id})
            for request in requests[1:]
        ]
        leads[1].action_set_lost()
        content = self.page(self.manager)
        self.assertEqual(
            self.points(content),
            {
                "Requests for further services not yet answered by an offer: 1": ["02/01/2026 · Request 1"],
                "Requests for further services under discussion: 1": ["02/02/2026 · Request 2"],
            },
        )
        self.assertNotIn("SECRET", content)

    def test_ten_points_at_most(self):
        self.interactions.action_archive()
        for day in range(10, 22):
            self.log_open("3.1.1", f"2026-02-{day}", message=f"Request {day}")
        [lines] = self.points(self.page()).values()
        self.assertEqual(len(lines), 11)
        self.assertEqual((lines[0], lines[9:]), ("02/21/2026 · Request 21", ["02/12/2026 · Request 12", "More: 2"]))

    def test_user_prints_what_he_may_see(self):
        self.interactions.user_id = self.manager
        self.assertIn("No interactions in this period", self.page(self.staff))
        self.client_company.user_id = self.staff
        self.assertNotIn("No interactions in this period", self.page(self.staff))

    def test_language_of_each_client(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.clients[1].lang = "ru_RU"
        content = self.page(clients=self.clients[0] | self.clients[1])
        self.assertIn("February 2026", content)
        self.assertIn("Февраль 2026", content)

    def test_several_clients_from_the_wizard(self):
        wizard = self.env["crm.interaction.summary.report"].with_user(self.manager)
        wizard = wizard.create({"date_from": FEBRUARY.start, "date_to": FEBRUARY.end})
        self.env.company.external_report_layout_id = self.env.ref("web.external_layout_standard")
        action = wizard.action_pdf()
        self.assertEqual(action["type"], "ir.actions.report")
        self.assertEqual(set(action["data"]["client_ids"]), {client.id for client in self.clients})
        content, _type = self.env["ir.actions.report"]._render_qweb_html(REPORT, None, data=action["data"])
        for client in self.clients:
            self.assertIn(client.name, content.decode())

    def test_statements_do_not_grow_with_the_clients(self):
        report = self.env["report.crm_outsourcing_interactions.client_page"].with_user(self.manager)
        data = {"date_from": str(FEBRUARY.start), "date_to": str(FEBRUARY.end)}
        one, three = self.clients[0], self.clients[0] | self.clients[1] | self.clients[2]
        for self.client_company in three:
            self.log_open("3.1.1", "2026-02-10", message="A request")
            self.log_open("2.1.1", "2026-02-11", message="A complaint", polarity="negative")
        counts = []
        for clients in (one, three, one, three):  # the first two fill Odoo's caches
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            report._get_report_values(clients.ids, data)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[2:])
