from freezegun import freeze_time

from odoo import Command
from odoo.tests.common import tagged

from .requests_common import RequestCase


@tagged("post_install", "-at_install")
@freeze_time("2027-01-04 09:00")
class TestRequestContract(RequestCase):
    """Test which items the contract scope lets a template of quarters request."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payroll, cls.legal, cls.accounting = (
            cls.env.ref(f"crm_outsourcing_interactions.service_{name}") for name in ("payroll", "legal", "accounting")
        )
        cls.template = cls.env["crm.interaction.request.template"].create(
            {"name": "Quarter", "period_length": "quarter", "company_id": cls.env.company.id}
        )

    def ask_of(self, *services):
        """Let the template request a document about each service."""
        items = [Command.create({"name": service.name, "service_id": service.id}) for service in services]
        self.template.item_ids = items

    def cover(self, client, service, coverage="included", **dates):
        vals = {"partner_id": client.id, "service_id": service.id, "coverage": coverage, **dates}
        self.env["crm.interaction.scope"].create(vals)

    def make(self, clients):
        """Make the lists of the last quarter of 2026 as the accountant does; return them."""
        self.action_of(clients)
        return self.env["crm.interaction.request.list"].search([("template_id", "=", self.template.id)])

    def action_of(self, clients):
        """Make the lists of the last quarter of 2026 as the accountant does; return the action that follows."""
        making = self.env["crm.interaction.request.making"].with_user(self.accountant)
        vals = {"template_id": self.template.id, "period": "2026-10-01", "partner_ids": [Command.set(clients.ids)]}
        return making.create(vals).action_make()["params"]["next"]

    def test_lists_made_or_added_to_are_shown(self):
        self.ask_of(self.legal)
        closed, known, new = (self.make_client(name=name, user_id=self.accountant.id) for name in "ABC")
        first = self.make(closed)
        first.item_ids.action_not_applicable()
        second = self.make(known) - first
        shown = self.action_of(closed | known | new)
        lists = self.env["crm.interaction.request.list"].with_user(self.accountant)
        self.assertEqual(lists.search(shown["domain"]).commercial_partner_id, new, "no closed and no untouched list")
        self.assertEqual((shown["name"], shown.get("display_name")), ("Request Lists Made", None), "the breadcrumb")
        self.template.item_ids.create({"template_id": self.template.id, "name": "More"})
        added = lists.search(self.action_of(known)["domain"])
        self.assertEqual((added, added.item_count), (second, 2))
        self.assertEqual(
            self.action_of(closed | known | new)["domain"][0][2],
            lists.search([("commercial_partner_id", "=", new.id)]).ids,
        )
        self.assertEqual(self.action_of(closed | known | new), {"type": "ir.actions.act_window_close"}, "nothing new")

    def test_scope_of_one_day_of_the_quarter_is_enough(self):
        cases = (
            ("begins on the last day", True, {"date_from": "2026-12-31"}),
            ("begins afterwards", False, {"date_from": "2027-01-01"}),
            ("ends on the first day", True, {"date_to": "2026-10-01"}),
            ("ended before", False, {"date_to": "2026-09-30"}),
            ("within", True, {"date_from": "2026-11-10", "date_to": "2026-11-20"}),
            ("around", True, {"date_from": "2026-01-01", "date_to": "2027-12-31"}),
        )
        self.ask_of(self.payroll)
        clients = [self.make_client(name=name, user_id=self.accountant.id) for name, _asked, _dates in cases]
        for client, (_name, _asked, dates) in zip(clients, cases, strict=True):
            self.cover(client, self.payroll, **dates)
        asked = self.make(self.vector.union(*clients) - self.vector).commercial_partner_id
        self.assertCountEqual(asked.mapped("name"), [name for name, is_asked, _dates in cases if is_asked])

    def test_scope_without_included_services_asks_for_the_rest(self):
        self.ask_of(self.payroll, self.legal, self.accounting)
        self.cover(self.vector, self.payroll, "excluded")
        self.cover(self.vector, self.legal, "optional")
        self.assertEqual(self.make(self.vector).item_ids.service_id, self.legal | self.accounting)
