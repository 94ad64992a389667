import json
import re
from urllib.parse import parse_qs, urlsplit

from werkzeug.exceptions import BadRequest

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import content_disposition, request

from odoo.addons.web.controllers.report import ReportController

from ..report.ir_actions_report import CLIENT_PAGE

PATH = f"/report/pdf/{CLIENT_PAGE}"
IDS = re.compile(r"[0-9]{1,10}(,[0-9]{1,10})*")


class ClientReportController(ReportController):
    """Serve client reports: reject invalid requests with status 400, name files after client and period."""

    @http.route()
    def report_routes(self, reportname, docids=None, converter=None, **data):
        """Return the report.

        :raises BadRequest: when options or context are not JSON objects, or clients or period are invalid.
        """
        if reportname != CLIENT_PAGE:
            return super().report_routes(reportname, docids=docids, converter=converter, **data)
        if docids and not IDS.fullmatch(docids):
            raise BadRequest("The clients are no list of ids.")
        for name in ("options", "context"):
            json_object(data.get(name))
        try:
            return super().report_routes(reportname, docids=docids, converter=converter, **data)
        except (AccessError, MissingError):
            raise
        except UserError as error:
            raise BadRequest(str(error)) from error

    @http.route()
    def report_download(self, data, *args, **kwargs):
        """Return the PDF named by ``_interaction_client_file_name``; Odoo names files of printed records only."""
        response = super().report_download(data, *args, **kwargs)
        url = urlsplit(json.loads(data)[0])
        if (
            url.path == PATH
            and response.mimetype == "application/pdf"
            and (options := parse_qs(url.query).get("options"))
        ):
            values = json_object(options[0])
            page = request.env[f"report.{CLIENT_PAGE}"]
            name = page._clients((), values)._interaction_client_file_name(values)
            response.headers.set("Content-Disposition", content_disposition(f"{name}.pdf"))
        return response


def json_object(text):
    """Return the JSON object (dict) in ``text`` (str), by default an empty one.

    :raises BadRequest: when ``text`` is not a JSON object.
    """
    try:
        value = json.loads(text or "{}")
    except (ValueError, RecursionError) as error:
        raise BadRequest("The options are not in JSON.") from error
    if not isinstance(value, dict):
        raise BadRequest("The options are not a JSON object.")
    return value
