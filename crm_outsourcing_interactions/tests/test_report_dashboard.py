import doctest
import json
import re

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests.common import tagged
from odoo.tools import file_open

from ..models.figures import spreadsheet_dashboard
from ..models.figures.kind_colors import KIND_COLORS, UNCLASSIFIED_COLOR
from .common import InteractionCase

NO_SLICE = "0.000000001"
FOLDER = "crm_outsourcing_interactions/data/files"


@tagged("post_install", "-at_install")
class TestReportDashboard(InteractionCase):
    """Test that all models, fields, menus and filters of the spreadsheets exist."""

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
            names += [group["fieldName"] for group in (*pivot["rows"], *pivot["columns"])]
            yield pivot["model"], pivot["domain"], names, pivot["fieldMatching"]
        for list_ in self.spreadsheet["lists"].values():
            yield list_["model"], list_["domain"], list_["columns"], list_["fieldMatching"]

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
            groups = (*pivot["rows"], *pivot["columns"])
            rows = [":".join(filter(None, (group["fieldName"], group.get("granularity")))) for group in groups]
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

    def test_each_figure_has_a_title_as_phones_show_figures_only(self):
        sample = self.dashboard._get_sample_dashboard()
        for data in [*self.charts, *(figure["data"] for figure in sample["sheets"][0]["figures"])]:
            self.assertTrue(data["title"]["text"], data["chartId"])
        titles = {chart["title"]["text"] for chart in self.charts}
        cells = self.spreadsheet["sheets"][0]["cells"].values()
        self.assertFalse({title for title in titles for cell in cells if f"[{title}]" in cell}, "told once")

    def test_filters_reach_every_source_of_contacts(self):
        filters = {filter_["id"] for filter_ in self.spreadsheet["globalFilters"]}
        of_this_month = {"crm.interaction.indicator": {"interaction-period"}}
        for model, _domain, _names, matching in self.sources():
            if model not in ("crm.interaction.target", "crm.interaction.kind"):
                self.assertEqual(matching.keys(), filters - of_this_month.get(model, set()))

    def test_charts_read_cells_of_pivots_that_the_filters_reach(self):
        charts = [chart for chart in self.charts if chart["type"] in ("bar", "pie")]
        self.assertEqual([chart["chartId"] for chart in charts], ["months", "kinds", "quality"])
        cells = self.spreadsheet["sheets"][1]["cells"]
        for chart in charts:
            for data in chart["dataSets"]:
                column, first, last = re.fullmatch(r"Data!(\w)(\d+):\w(\d+)", data["dataRange"]).groups()
                own = [cells[f"{column}{row}"] for row in range(int(first) + 1, int(last) + 1)]
                pivot = "PIVOT.VALUE(7" if chart["chartId"] == "quality" else "PIVOT.VALUE(6"
                own = [cell for cell in own if cell != NO_SLICE]
                others = [cell for cell in own if pivot not in cell]
                self.assertTrue(all("-SUM(" in cell for cell in others))  # what the other columns leave
                self.assertIn(len(others), (0, 1) if chart["chartId"] == "kinds" else (0, len(own)))

    def test_each_kind_has_a_column_and_a_colour_of_its_own(self):
        cells = self.spreadsheet["sheets"][1]["cells"]
        for chart, row in (("months", 29), ("quality", 59)):
            [series] = [own["dataSets"] for own in self.charts if own["chartId"] == chart]
            columns = [data["dataRange"][5] for data in series]
            self.assertEqual(len({cells[f"{column}{row}"] for column in columns}), len(series))
            self.assertEqual(len({data["backgroundColor"] for data in series}), len(series))
        [months] = [own["dataSets"] for own in self.charts if own["chartId"] == "months"]
        colors = [data["backgroundColor"] for data in months]
        self.assertEqual(colors, [*KIND_COLORS[:5], UNCLASSIFIED_COLOR], "as in the workbook and on the client's page")
        by_position = [cell for cell in cells.values() if '"#kind_id"' in cell or '"#quality"' in cell]
        self.assertFalse(by_position)
        qualities = dict(self.env["crm.interaction"]._fields["quality"].selection)
        self.assertEqual([cells[f"{column}59"] for column in "BCDE"], list(qualities))
        definition = self.spreadsheet["lists"]["4"]
        kinds = self.env[definition["model"]].search(definition["domain"], order="id")
        self.assertEqual(kinds, kinds.with_context(active_test=False).search([], order="id"))

    def test_slices_of_the_pie_have_the_colours_of_the_bars(self):
        with file_open("spreadsheet/static/src/o_spreadsheet/o_spreadsheet.js") as file:
            [palette] = re.findall(r"const COLORS_MD = \[(.*?)\]", file.read(), re.S)
        palette = re.findall(r"#\w{6}", palette)
        sample = self.dashboard._get_sample_dashboard()
        for sheets, parts in ((self.spreadsheet["sheets"], 6), (sample["sheets"], 4)):
            charts = {figure["data"]["chartId"]: figure["data"] for figure in sheets[0]["figures"]}
            first, last = map(int, re.findall(r"\d+", charts["kinds"]["labelRange"]))
            self.assertEqual(last - first, len(palette))
            cells = sheets[1]["cells"]
            colors = {cells.get(f"A{first + place}"): color for place, color in enumerate(palette, 1)}
            for bar in charts["months"]["dataSets"]:
                head = re.search(r"!(\w\d+)", bar["dataRange"])[1]
                self.assertEqual(colors.get(f"={head}") or colors[cells[head]], bar["backgroundColor"])
            self.assertEqual(len(colors.keys() - {None}), parts)

    def test_period_is_compared_with_the_same_one_a_year_ago(self):
        chain = self.spreadsheet["pivots"]["3"]["fieldMatching"]["interaction-period"]["chain"]
        client = self.make_client(user_id=self.staff.id)
        old = self.log(partner_id=client.id, date="2025-10-05 12:00:00")
        self.log(partner_id=client.id, date="2025-11-05 12:00:00"), self.log(partner_id=client.id)
        period = [(chain, ">=", "2026-09-30 21:00:00"), (chain, "<=", "2026-10-31 20:59:59")]
        interactions = self.env["crm.interaction"].with_user(self.staff)
        domain = [*period, ("commercial_partner_id", "=", client.id)]
        self.assertEqual(interactions.search(domain), old)
        self.assertEqual(interactions._read_group(domain, [], ["interaction_count:sum"]), [(1,)])
        self.assertEqual(str(old.date_year_later), "2026-10-05 12:00:00")

    def test_filters_restrict_client_and_responsible(self):
        self.make_two_of_everything()
        chosen = {"interaction-client": self.mine, "interaction-user": self.staff}
        filtered = set()
        for model, domain, _names, matching in self.sources():
            records = self.env[model].search(domain)
            for filter_, value in chosen.items():
                if filter_ not in matching:
                    continue
                chain = matching[filter_]["chain"]
                shown = self.env[model].search([*domain, (chain, "in", value.ids)])
                expected = records.filtered(lambda record, chain=chain, value=value: record.mapped(chain) == value)
                self.assertEqual(shown, expected)
                self.assertTrue(shown or domain == [["kind_id", "=", False]], (model, filter_))
                self.assertLess(len(shown), len(records) or 1, (model, filter_))
                filtered.add((model, filter_))
        self.assertEqual(len(filtered), 6)

    def make_two_of_everything(self):
        """Make contacts and red and yellow indicators of two clients, one of them the staff's."""
        self.env["crm.interaction"].search([]).action_archive()
        self.env["crm.interaction.indicator"].sudo().search([]).unlink()
        self.mine = self.make_client(name="Mine", user_id=self.staff.id)
        self.other = self.make_client(name="Other", user_id=self.manager.id)
        target = self.env["crm.interaction.target"].create(
            {"measure": "improvement_ratio", "bound": "floor", "low": 0.5}
        )
        other_target = target.copy({"measure": "additional_ratio"})
        for client in (self.other, self.mine):
            for code, number in (("1.1.1", 4), ("2.2.1", 1), ("", 1)):
                for _number in range(number):
                    self.log(partner_id=client.id, user_id=client.user_id.id, type_id=code and self.type_(code).id)
            for measured, zone, months in ((target, "yellow", 0), (other_target, "red", 0), (target, "red", 1)):
                month = fields.Date.start_of(fields.Date.today(), "month") - relativedelta(months=months)
                self.env["crm.interaction.indicator"].sudo().create(
                    {"target_id": measured.id, "month": month, "company_id": self.env.company.id}
                    | {"has_value": True, "value": 0.25, "n": 4, "low": 0.5, "zone": zone, "partner_id": client.id}
                )

    def test_list_of_this_month_shows_red_first(self):
        self.make_two_of_everything()
        definition = self.spreadsheet["lists"]["1"]
        order = ", ".join(f"{item['name']} {'asc' if item['asc'] else 'desc'}" for item in definition["orderBy"])
        shown = self.env[definition["model"]].search(definition["domain"], order=order)
        self.assertEqual(shown.mapped("zone"), ["red", "red", "yellow", "yellow"])

    def test_links_open_views_that_exist(self):
        links = re.findall(r"odoo://view/(\{.*\})\)$", "\n".join(self.spreadsheet["sheets"][0]["cells"].values()), re.M)
        self.assertEqual(len(links), 2)
        for link in map(json.loads, links):
            action = link["action"]
            self.env[action["modelName"]].search_count(action["domain"])
            for _id, view_type in action["views"]:
                self.env[action["modelName"]].get_view(view_type=view_type)

    def test_sample_while_there_is_nothing(self):
        sample = self.dashboard._get_sample_dashboard()
        self.assertEqual(len(sample["sheets"][0]["figures"]), len(self.charts))
        self.assertFalse(sample["pivots"])

    def test_sample_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        sample = self.dashboard.with_context(lang="ru_RU")._get_sample_dashboard()
        front, data = sample["sheets"]
        self.assertEqual(front["figures"][1]["data"]["title"]["text"], "Улучшения / база")
        self.assertEqual(front["figures"][5]["data"]["title"]["text"], "Проверенные доли по месяцам")
        self.assertEqual(front["cells"]["A34"], '="Клиенты"')
        self.assertEqual(data["cells"]["A2"], '="Взаимодействия"')
        self.assertEqual(front["figures"][0]["data"]["keyValue"], "Data!B2")
        self.assertNotIn("_t(", json.dumps(sample))
        self.assertEqual(self.dashboard._get_sample_dashboard()["sheets"][1]["cells"]["A2"], '="Interactions"')
        self.assertFalse(doctest.testmod(spreadsheet_dashboard).failed)

    def test_files_are_those_of_the_program(self):
        for name in ("interaction_dashboard", "interaction_sample_dashboard"):
            with file_open(f"{FOLDER}/{name}.json") as file:
                self.assertEqual(json.load(file)["version"], "18.5.10")

    def test_only_for_those_who_may_see_interactions(self):
        outsider = self.make_staff(login="outsider", groups="base.group_user")
        self.assertFalse(self.dashboard.with_user(outsider)._filtered_access("read"))
        self.assertTrue(self.dashboard.with_user(self.staff)._filtered_access("read"))
