import io
import json

from openpyxl import load_workbook
from werkzeug.exceptions import BadRequest
from xlsxwriter.exceptions import XlsxWriterException

from odoo import http

from odoo.addons.web.controllers.pivot import TableExporter


class ShareExporter(TableExporter):
    """The standard export of a pivot, whose shares and ratios are percentages for Excel as well."""

    _malformed = (
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
        XlsxWriterException,
    )

    @http.route("/crm_interaction/pivot_xlsx", type="http", auth="user", readonly=True)
    def export_shares_xlsx(self, data, **kw):
        """Answer with the XLSX file of a pivot, or with 400 when ``data`` is none.

        :param data: the file that the standard export takes; its ``formats`` name the number format of each
            column of measures, or none.
        """
        content = data.read() if hasattr(data, "read") else data
        try:
            response = self.export_xlsx(content, **kw)
            formats = json.loads(content).get("formats") or []
            response.data = self._with_formats(response.data, formats)
        except self._malformed as error:
            raise BadRequest("This is not the table of a pivot.") from error
        return response

    def _with_formats(self, xlsx, formats):
        """Return the workbook with a number format for each column that has one."""
        if not any(formats):
            return xlsx
        workbook = load_workbook(io.BytesIO(xlsx))
        for index, column in enumerate(workbook.active.iter_cols(min_col=2)):
            number_format = formats[index] if index < len(formats) else None
            for cell in column if number_format else ():
                if isinstance(cell.value, int | float):
                    cell.number_format = number_format
        output = io.BytesIO()
        workbook.save(output)
        return output.getvalue()
