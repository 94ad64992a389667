import json
import re
from datetime import timedelta

from odoo import fields
from odoo.tests.common import HttpCase, tagged
from odoo.tools import file_open

from .common import InteractionCase

FOLDER = "crm_outsourcing_interactions/data/files"


@tagged("post_install", "-at_install")
class TestReportDashboard(InteractionCase):
    """What the spreadsheets name is there: models, fields, measures, groupings, menus, filters."""

    def setUp(self):
        super().setUp()
        self.dashboard = self.env.ref("crm_outsourcing_interactions.dashboard_interactions")
        self.spreadsheet = json.loads(self.dashboard.with_user(self.staff).spreadsheet_data)
        self.charts = [figure["data"] for figure in self.spreadsheet["sheets"][0]["figures"]]

    def assert_path(self, model, path):
        """Fail unless ``path``, such as ``partner_id.user_id`` or ``month:month``, can be followed from ``model``."""
        record = self.env[model]
        for name in path.split(":")[0].split("."):
            self.assertIn(name, record._fields, f"{model}: {path}")
            record = record[name] if record._fields[name].relational else record

    def sources(self):
        """Yield (model, domain, fields, matching) of each pivot, list and chart."""
        for pivot in self.spreadsheet["pivots"].values():
            names = [m["fieldName"] for m in pivot["measures"] if m["fieldName"] != "__count"]
            names += [row["fieldName"] for row in pivot["rows"]]
            yield pivot["model"], pivot["domain"], names, pivot["fieldMatching"]
        for list_ in self.spreadsheet["lists"].values():
            yield list_["model"], list_["domain"], list_["columns"], list_["fieldMatching"]
        for chart in self.charts:
            if chart["type"].startswith("odoo_"):
                data = chart["metaData"]
                yield data["resModel"], chart["searchParams"]["domain"], data["groupBy"], chart["fieldMatching"]

    def test_models_fields_and_domains_exist(self):
        sources = list(self.sources())
        self.assertEqual(len(sources), 11)
        for model, domain, names, matching in sources:
            for path in [*names, *(match["chain"] for match in matching.values())]:
                self.assert_path(model, path)
            self.env[model].with_user(self.staff).search_count(domain)

    def test_measures_can_be_read(self):
        for pivot in self.spreadsheet["pivots"].values():
            measures = [measure["id"] for measure in pivot["measures"]]
            rows = [row["fieldName"] for row in pivot["rows"]]
            groups = self.env[pivot["model"]].with_user(self.staff).formatted_read_group([], rows, measures)
            self.assertTrue(all(set(measures) <= group.keys() for group in groups))

    def test_formulas_name_pivots_lists_and_columns_that_exist(self):
        formulas = [cell for sheet in self.spreadsheet["sheets"] for cell in sheet["cells"].values()]
        for number, measure in re.findall(r'PIVOT\.VALUE\((\d+), "([^"]+)"', "\n".join(formulas)):
            self.assertIn(measure, [m["id"] for m in self.spreadsheet["pivots"][number]["measures"]])
        for number, field in re.findall(r'ODOO\.LIST(?:\.HEADER)?\((\d+),(?: \d+,)? "([^"]+)"', "\n".join(formulas)):
            self.assertIn(field, self.spreadsheet["lists"][number]["columns"])

    def test_each_figure_leads_to_a_menu_with_an_action(self):
        menus = self.spreadsheet["chartOdooMenusReferences"]
        self.assertEqual(menus.keys(), {chart["chartId"] for chart in self.charts})
        for xmlid in menus.values():
            self.assertTrue(self.env.ref(xmlid).action, xmlid)

    def test_filters_reach_every_source_of_contacts(self):
        filters = {filter_["id"] for filter_ in self.spreadsheet["globalFilters"]}
        for model, _domain, _names, matching in self.sources():
            if model != "crm.interaction.norm":
                self.assertEqual(matching.keys(), filters)

    def test_links_open_views_that_exist(self):
        links = re.findall(r"odoo://view/(\{.*\})\)$", "\n".join(self.spreadsheet["sheets"][0]["cells"].values()), re.M)
        self.assertEqual(len(links), 5)
        for link in map(json.loads, links):
            action = link["action"]
            self.env[action["modelName"]].search_count(action["domain"])
            for _id, view_type in action["views"]:
                self.env[action["modelName"]].get_view(view_type=view_type)

    def test_sample_while_there_is_nothing(self):
        sample = self.dashboard._get_sample_dashboard()
        self.assertEqual(len(sample["sheets"][0]["figures"]), len(self.charts))
        self.assertFalse(sample["pivots"])

    def test_files_are_those_of_the_program(self):
        for name in ("interaction_dashboard", "interaction_sample_dashboard"):
            with file_open(f"{FOLDER}/{name}.json") as file:
                self.assertEqual(json.load(file)["version"], "18.5.10")

    def test_only_for_those_who_may_see_interactions(self):
        outsider = self.make_staff(login="outsider", groups="base.group_user")
        self.assertFalse(self.dashboard.with_user(outsider)._filtered_access("read"))
        self.assertTrue(self.dashboard.with_user(self.staff)._filtered_access("read"))


@tagged("post_install", "-at_install")
class TestReportDashboardTour(InteractionCase, HttpCase):
    def test_figures_are_those_of_read_group(self):
        self.env["crm.interaction"].search([]).action_archive()
        client = self.make_client(name="Dashboard Client")
        day = fields.Datetime.now() - timedelta(days=10)
        for code, number in (("1.1.1", 6), ("2.2.1", 1), ("3.1.1", 4), ("", 1)):
            for _number in range(number):
                self.log(partner_id=client.id, type_id=code and self.type_(code).id, date=day)
        dashboard = self.env.ref("crm_outsourcing_interactions.dashboard_interactions")
        url = f"/odoo/dashboards?dashboard_id={dashboard.id}"
        self.start_tour(url, "crm_interaction_dashboard", login=self.manager.login, timeout=120)
