"""Test the order of the menu and who sees which part of it."""

from odoo.tests import Form, tagged

from .common import InteractionCase

ADDON = "crm_outsourcing_interactions"
FIRST_LEVEL = ["Clients", "Matters", "Interactions", "To Review", "Analysis", "Reports", "Configuration"]
DATA_QUALITY = ["Classification Quality", "Method Changes", "Capture Errors", "Load History"]


@tagged("post_install", "-at_install")
class TestAccessMenu(InteractionCase):
    def entries(self, user, xmlid):
        """Return the names of the entries below a menu that ``user`` sees, in their order."""
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        parent = menus.get(self.env.ref(f"{ADDON}.{xmlid}").id, {"children": []})
        return [menus[child]["name"] for child in parent["children"]]

    def test_clients_come_first_for_users_and_managers(self):
        self.assertEqual(self.entries(self.staff, "menu_root"), FIRST_LEVEL[:-1])
        self.assertEqual(self.entries(self.manager, "menu_root"), FIRST_LEVEL)
        self.assertIn("Complaints", self.entries(self.staff, "menu_matters"))
        reports = ["Dashboard", "Summary Report", "Client Report", "Sent Client Reports"]
        self.assertEqual(self.entries(self.staff, "menu_reports"), reports)

    def test_managers_need_no_administrator_for_data_quality(self):
        self.assertFalse(self.manager.has_group("base.group_system"))
        self.assertEqual(self.entries(self.manager, "menu_data_quality"), DATA_QUALITY)
        self.assertFalse(self.entries(self.staff, "menu_data_quality"))

    def test_dashboard_of_the_menu_is_ours(self):
        staff = self.env(user=self.staff)
        action = staff["ir.actions.client"]._for_xml_id(f"{ADDON}.crm_interaction_dashboard_action")
        dashboard = staff["spreadsheet.dashboard"].browse(action["params"]["dashboard_id"])
        self.assertEqual(dashboard, self.env.ref(f"{ADDON}.dashboard_interactions"))
        self.assertTrue(dashboard.has_access("read"))

    def test_client_report_of_a_chosen_client_and_period(self):
        client = self.make_client(user_id=self.staff.id)
        view = f"{ADDON}.crm_interaction_client_report_view_form"
        with Form(self.env["crm.interaction.summary.report"].with_user(self.staff), view) as form:
            form.partner_ids.add(client)
            form.date_from = "2026-02-01"
            form.date_to = "2026-02-28"
        action = form.record.action_pdf()
        self.assertEqual(action["report_name"], f"{ADDON}.client_page")
        self.assertEqual(action["data"]["client_ids"], client.ids)
        self.assertEqual(action["data"]["date_from"], "2026-02-01")
