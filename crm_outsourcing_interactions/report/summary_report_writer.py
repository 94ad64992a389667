"""Write a ``sheets.SummaryReport`` with xlsxwriter: layout only, no contents."""

import itertools
from datetime import date, datetime

import xlsxwriter

from .sheets import CHANGE, COUNT, DATE, MOMENT, NUMBER, PERCENT, PIE, STACKED, TEXT, WRAPPED, Cell, sheet_name

NO_DATA = "–"
MAX_ROWS = 1_048_576 - 10
CHART_SIZE = {"width": 460, "height": 300}
CHART_ROWS = 16
LINE_HEIGHT = 15
PALETTE = ("#4E79A7", "#59A14F", "#F28E2B", "#B07AA1", "#76B7B2", "#EDC948", "#9C755F", "#BAB0AC")
FORMATS = {
    TEXT: {},
    WRAPPED: {"text_wrap": True},
    COUNT: {"num_format": "#,##0"},
    NUMBER: {"num_format": "#,##0.0"},
    PERCENT: {"num_format": "0.0%"},
    CHANGE: {"num_format": "+0.0%;-0.0%;0.0%"},
    DATE: {"align": "left"},
    MOMENT: {"align": "left"},
}
HEAD = {"bold": True, "bg_color": "#E9ECEF", "bottom": 1, "bottom_color": "#ADB5BD", "text_wrap": True, "valign": "top"}
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_summary_report(target, summary_report, constant_memory=False, date_format="yyyy-mm-dd"):
    """Write ``summary_report`` into ``target``, a path or a file.

    :param constant_memory: keep one row at a time in memory; requires a path as ``target``.
    :param date_format: Excel's pattern for dates.
    """
    with xlsxwriter.Workbook(target, {**OPTIONS, "constant_memory": constant_memory}) as workbook:
        workbook.set_properties({"title": summary_report.title, "subject": summary_report.subtitle})
        workbook.set_size(2400, 1500)
        writer = SummaryReportWriter(workbook, summary_report, date_format)
        for sheet in summary_report.sheets:
            writer.write_sheet(sheet)


def excel_date_format(strftime):
    """Return Excel's pattern for one of Odoo's date formats.

    >>> excel_date_format("%d.%m.%Y"), excel_date_format("%m/%d/%Y"), excel_date_format("%d %b %Y")
    ('dd.mm.yyyy', 'mm/dd/yyyy', 'dd mmm yyyy')
    """
    parts = {"%d": "dd", "%m": "mm", "%Y": "yyyy", "%y": "yy", "%b": "mmm", "%B": "mmmm", "%-d": "d", "%-m": "m"}
    for code, pattern in parts.items():
        strftime = strftime.replace(code, pattern)
    return strftime if "%" not in strftime else "yyyy-mm-dd"


class SummaryReportWriter:
    """Write sheet by sheet, each strictly from top to bottom, as constant memory requires."""

    def __init__(self, workbook, summary_report, date_format):
        self.workbook = workbook
        self.summary_report = summary_report
        self.dates = {DATE: date_format, MOMENT: f"{date_format} hh:mm"}
        self.names = set()
        self.formats = {}

    def format(self, **properties):
        """Return the workbook's format with these properties, created once."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.workbook.add_format({"valign": "top", **properties})
        return self.formats[key]

    def style(self, style, bold=False, color=""):
        properties = {**FORMATS[style]}
        if style in self.dates:
            properties["num_format"] = self.dates[style]
        if bold:
            properties |= {"bold": True, "top": 1, "top_color": "#ADB5BD"}
        if color:
            properties["bg_color"] = color
        return self.format(**properties)

    def write_sheet(self, sheet):
        worksheet = self.add_worksheet(sheet)
        row, places, rest = self.write_heading(worksheet, sheet), [], None
        charts_row, row = row, row + (CHART_ROWS if sheet.charts else 0)
        for table in sheet.tables:
            places.append(row)
            row, rest = self.write_table(worksheet, table, row)
        self.add_charts(worksheet, sheet, places, charts_row)
        while rest:
            worksheet = self.add_worksheet(sheet)
            table = sheet.tables[-1]
            _row, rest = self.write_table(worksheet, table, self.write_heading(worksheet, sheet), rest)

    def add_worksheet(self, sheet):
        name = sheet_name(sheet.name, self.names)
        self.names.add(name.lower())
        worksheet = self.workbook.add_worksheet(name)
        for number, column in enumerate(max((table.columns for table in sheet.tables), key=len)):
            width = max(t.columns[number].width for t in sheet.tables if number < len(t.columns))
            worksheet.set_column(number, number, width if column else 12)
        self.set_up_print(worksheet)
        return worksheet

    def set_up_print(self, worksheet):
        worksheet.hide_gridlines(2)
        worksheet.set_landscape()
        worksheet.set_paper(9)
        worksheet.fit_to_pages(1, 0)
        worksheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        worksheet.set_footer("&L&8" + self.summary_report.subtitle.replace("&", "&&") + "&R&8&P / &N")

    def write_heading(self, worksheet, sheet):
        """Write title, subtitle and remarks; return the first row of the first table."""
        worksheet.write_string(0, 0, sheet.name, self.format(bold=True, font_size=14))
        worksheet.write_string(
            1, 0, f"{self.summary_report.title} · {self.summary_report.subtitle}", self.format(font_color="#6C757D")
        )
        for row, line in enumerate(sheet.lines, 2):
            worksheet.write_string(row, 0, line, self.format(font_color="#6C757D"))
        first = 3 + len(sheet.lines)
        if len(sheet.tables) == 1:
            worksheet.freeze_panes(first + 1, 1)
            worksheet.repeat_rows(first)
        else:
            worksheet.freeze_panes(2, 1)
        return first

    def write_table(self, worksheet, table, row, rows=None):
        """Write one table; return the next row, and the rows that did not fit on the sheet (or ``None``)."""
        if table.title:
            worksheet.write_string(row, 0, table.title, self.format(bold=True, font_size=12))
            row += 1
        self.write_head(worksheet, table, row)
        first, rows = row + 1, iter(table.rows if rows is None else rows)
        row, values = first, next(rows, None)
        while values is not None and row < MAX_ROWS:
            following = next(rows, None)
            self.write_row(worksheet, table, row, values, bold=table.total and following is None)
            row, values = row + 1, following
        if not table.title and row > first:
            worksheet.autofilter(first - 1, 0, row - 1 - table.total, len(table.columns) - 1)
        if table.note:
            worksheet.write_string(row, 0, table.note, self.format(italic=True, font_color="#6C757D"))
            row += 1
        return row + 1, itertools.chain([values], rows) if values is not None else None

    def write_head(self, worksheet, table, row):
        lines = max(-(-len(column.title) // (column.width - 3)) for column in table.columns)
        worksheet.set_row(row, max(lines, 2) * LINE_HEIGHT)
        for number, column in enumerate(table.columns):
            numeric = column.style not in (TEXT, WRAPPED, DATE, MOMENT)
            worksheet.write_string(
                row, number, column.title, self.format(**HEAD, **({"align": "right"} if numeric else {}))
            )

    def write_row(self, worksheet, table, row, values, bold=False):
        lines = max(map(_lines, table.columns, values))
        if lines > 1:
            worksheet.set_row(row, lines * LINE_HEIGHT)
        for number, (column, value) in enumerate(zip(table.columns, values, strict=True)):
            cell = value if isinstance(value, Cell) else Cell(value)
            self.write_value(worksheet, row, number, cell.value, cell.style or column.style, bold, cell.color)

    def write_value(self, worksheet, row, number, value, style, bold, color):
        look = self.style(style, bold, color)
        if value is None or value == "":
            dash = self.format(align="right", font_color="#ADB5BD", **({"bg_color": color} if color else {}))
            if style not in (TEXT, WRAPPED, DATE, MOMENT):
                worksheet.write_string(row, number, NO_DATA, dash)
            else:
                worksheet.write_blank(row, number, None, look)
        elif isinstance(value, date | datetime):
            worksheet.write_datetime(row, number, value, look)
        elif isinstance(value, str):
            worksheet.write_string(row, number, value[:32_767], look)
        else:
            worksheet.write_number(row, number, value, look)

    def add_charts(self, worksheet, sheet, places, row):
        """Insert the charts side by side above the tables."""
        for number, chart in enumerate(sheet.charts):
            table = sheet.tables[chart.table]
            head = places[chart.table] + bool(table.title)
            offset = {"x_offset": 10 + number * (CHART_SIZE["width"] + 20)}
            worksheet.insert_chart(row, 0, self.make_chart(worksheet.name, chart, table, head), offset)

    def make_chart(self, name, chart, table, head):
        """Return xlsxwriter's chart with cached values, for viewers without calculation."""
        sorts = {PIE: {"type": "pie"}, STACKED: {"type": "column", "subtype": "percent_stacked"}}
        result = self.workbook.add_chart(sorts[chart.sort])
        rows = list(itertools.islice(table.rows, chart.count))
        labels = [_plain(row[chart.labels]) for row in rows]
        for number, column in enumerate(chart.values):
            series = {
                "name": [name, head, column],
                "categories": [name, head + 1, chart.labels, head + chart.count, chart.labels],
                "values": [name, head + 1, column, head + chart.count, column],
                "name_data": [table.columns[column].title],
                "categories_data": labels,
                "values_data": [_plain(row[column]) for row in rows],
                **self.colors(chart, number),
            }
            result.add_series(series)
        result.set_title({"name": chart.title, "name_font": {"size": 12}, "overlay": False})
        result.set_legend({"position": "right" if chart.sort == PIE else "bottom"})
        result.set_size(CHART_SIZE)
        if chart.sort == STACKED:
            result.set_y_axis({"num_format": "0%", "major_gridlines": {"visible": True, "line": {"color": "#DEE2E6"}}})
        return result

    def colors(self, chart, number):
        colors = chart.colors or PALETTE
        if chart.sort == PIE:
            points = [{"fill": {"color": color}} for color in colors[: chart.count]]
            return {"points": points, "data_labels": {"percentage": True, "font": {"color": "white", "bold": True}}}
        return {"fill": {"color": colors[number % len(colors)]}, "gap": 60}


def _lines(column, value):
    """Return the number of lines in a cell; Excel does not compute row heights on opening."""
    cell = value if isinstance(value, Cell) else Cell(value)
    wrapped = (cell.style or column.style) == WRAPPED and cell.value
    return -(-len(cell.value) // column.width) if wrapped else 1


def _plain(value):
    value = value.value if isinstance(value, Cell) else value
    return "" if value is None else value
