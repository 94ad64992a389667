import json
from urllib.parse import parse_qs, urlsplit

from odoo import http
from odoo.http import content_disposition, request

from odoo.addons.web.controllers.report import ReportController

PATH = "/report/pdf/crm_outsourcing_interactions.client_page"


class ClientReportController(ReportController):
    """A client's page from the wizard is named after client and period; Odoo does that only for printed records."""

    @http.route()
    def report_download(self, data, *args, **kwargs):
        """Answer with the PDF; see ``_interaction_client_file_name``."""
        response = super().report_download(data, *args, **kwargs)
        url = urlsplit(json.loads(data)[0])
        if url.path == PATH and (options := parse_qs(url.query).get("options")):
            values = json.loads(options[0])
            clients = request.env["res.partner"].browse(values.get("client_ids") or ()).exists()
            name = clients._interaction_client_file_name(values)
            response.headers.set("Content-Disposition", content_disposition(f"{name}.pdf"))
        return response
