from colorsys import rgb_to_hls

from odoo.tests.common import tagged

from ..models.figures.kind_colors import BADGE_COLORS, KIND_COLORS, UNCLASSIFIED_COLOR
from ..report.share_sheets import shares_sheet
from .test_summary_report import FEBRUARY, SummaryReportCase

RED, RASPBERRY = 1, 9


@tagged("post_install", "-at_install")
class TestAnalysisKindColors(SummaryReportCase):
    """Test that a kind has the same colour everywhere, whatever other kinds exist."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_interactions(60)
        cls.kinds = cls.env["crm.interaction.kind"].search([], order="id")

    def add_kinds(self, number):
        return self.env["crm.interaction.kind"].create([{"code": f"X{n}", "name": f"Extra {n}"} for n in range(number)])

    def put_in_another_order(self):
        """Turn the order of the kinds about and archive the second one, which has no contacts."""
        for number, kind in enumerate(reversed(self.kinds)):
            kind.sequence = number
        self.env["crm.interaction"].search([("kind_id", "=", self.kinds[1].id)]).action_archive()
        self.kinds[1].type_ids.write({"role": False, "active": False})
        self.kinds[1].active = False

    def expected(self):
        """Return the colours of the kinds that are left, in their order."""
        return [KIND_COLORS[3], KIND_COLORS[2], KIND_COLORS[0]]

    def test_colour_is_that_of_the_order_in_which_kinds_were_made(self):
        self.assertEqual(self.kinds.mapped("chart_color"), list(KIND_COLORS[: len(self.kinds)]))
        self.put_in_another_order()
        self.env.invalidate_all()
        self.assertEqual(self.kinds.mapped("chart_color"), list(KIND_COLORS[: len(self.kinds)]))
        [new] = self.add_kinds(1)
        self.assertEqual(new.chart_color, KIND_COLORS[len(self.kinds)])

    def test_badges_have_the_colour_of_charts(self):
        self.assertEqual(self.kinds.mapped("color"), list(BADGE_COLORS[: len(self.kinds)]))
        [new] = self.add_kinds(1)
        self.assertEqual(new.color, BADGE_COLORS[len(self.kinds)])

    def test_no_kind_is_red_as_red_stands_for_off_target(self):
        self.assertFalse({RED, RASPBERRY} & set(BADGE_COLORS))
        for color in KIND_COLORS:
            red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
            hue, _lightness, _saturation = rgb_to_hls(red, green, blue)
            self.assertTrue(0.05 < hue < 0.9, color)

    def test_many_kinds_have_colours_all_the_same(self):
        new = self.add_kinds(2 * len(KIND_COLORS))
        self.assertFalse(set(new.mapped("chart_color")) - set(KIND_COLORS))
        report = self.env["report.crm_outsourcing_interactions.client_page"]
        [page] = report._get_report_values(self.clients[0].ids, self.february())["pages"]
        self.assertEqual(len([line for line in page.kinds if line.color in KIND_COLORS]), len(self.kinds | new))

    def february(self):
        return {"date_from": str(FEBRUARY.start), "date_to": str(FEBRUARY.end)}

    def test_workbook(self):
        self.put_in_another_order()
        data = self.env["crm.interaction.summary.report.xlsx"]._summary_report_data(self.env.company, FEBRUARY, None)
        pie, months = shares_sheet(self.env, data).charts
        self.assertEqual(list(pie.colors), [*self.expected(), UNCLASSIFIED_COLOR])
        self.assertEqual(months.colors, pie.colors)
        [drawn, _months] = self.summary_report()["Shares"]._charts
        points = [point.graphicalProperties.solidFill.srgbClr for point in drawn.series[0].dPt]
        self.assertEqual([f"#{color}" for color in points], list(pie.colors))

    def test_clients_page(self):
        self.put_in_another_order()
        report = self.env["report.crm_outsourcing_interactions.client_page"]
        [page] = report._get_report_values(self.clients[0].ids, self.february())["pages"]
        colors = [line.color for line in page.kinds]
        self.assertEqual(colors[:3], self.expected())
        drawn = {color for bar in page.bars for _height, color in bar.parts}
        self.assertFalse(drawn - {*self.expected(), UNCLASSIFIED_COLOR})
