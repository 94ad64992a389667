from datetime import timedelta

from odoo import fields
from odoo.tests.common import HttpCase, tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestReportDashboardTour(InteractionCase, HttpCase):
    def test_figures_are_those_of_read_group_whatever_is_filtered(self):
        self.env["crm.interaction"].search([]).action_archive()
        self.env["crm.interaction.indicator"].sudo().search([]).unlink()
        target = self.env["crm.interaction.target"].create(
            {"measure": "improvement_ratio", "bound": "floor", "low": 0.5}
        )
        client = self.make_client(name="Dashboard Client", user_id=self.manager.id)
        other = self.make_client(name="Dashboard Other", user_id=self.staff.id)
        month = fields.Date.start_of(fields.Date.today(), "month")
        for partner, factor, zone in ((client, 1, "yellow"), (other, 2, "red")):
            for code, number in (("1.1.1", 6), ("2.2.1", factor), ("3.1.1", 4), ("", 1)):
                self.log_many(number * factor, partner, code)
            self.log_many(3, partner, "1.1.1", state="to_review")
            self.env["crm.interaction.indicator"].sudo().create(
                {"target_id": target.id, "month": month, "company_id": self.env.company.id, "partner_id": partner.id}
                | {"has_value": True, "value": 0.25, "n": 4, "low": 0.5, "zone": zone}
            )
        dashboard = self.env.ref("crm_outsourcing_interactions.dashboard_interactions")
        url = f"/odoo/dashboards?dashboard_id={dashboard.id}"
        self.start_tour(url, "crm_interaction_dashboard", login=self.manager.login, timeout=180)

    def log_many(self, number, client, code, **vals):
        """Log contacts of this month and of the one before."""
        for number_ in range(number):
            day = fields.Datetime.now() - timedelta(days=number_ % 2 * 32)
            vals |= {"partner_id": client.id, "user_id": client.user_id.id, "type_id": code and self.type_(code).id}
            self.log(**vals, date=day)
