import io
import json

from openpyxl import load_workbook
from werkzeug.exceptions import BadRequest
from xlsxwriter.exceptions import XlsxWriterException

from odoo import http

from odoo.addons.web.controllers.pivot import TableExporter


class ShareExporter(TableExporter):
    """Extend the standard export of pivots with percentage formats for shares and ratios."""

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
        """Return the XLSX file of a pivot, or status 400 for invalid ``data``.

        :param data: the file of the standard export, plus ``formats``: the number format of each measure column, or
            none.
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
        """Return the workbook with the number formats of columns applied."""
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
