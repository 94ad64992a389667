from odoo import models

CLIENT_PAGE = "crm_outsourcing_interactions.client_page"


class IrActionsReport(models.Model):
    """Print client reports one by one and merge them.

    Odoo passes all documents to one call of wkhtmltopdf. The build of Linux distributions, without patched Qt,
    accepts a single document only.
    """

    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        if self._get_report(report_ref).report_name != CLIENT_PAGE:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        streams = {}
        for client in self.env[f"report.{CLIENT_PAGE}"]._clients(res_ids, data or {}):
            own = {**(data or {}), "client_ids": client.ids}
            streams |= super()._render_qweb_pdf_prepare_streams(report_ref, own, res_ids=client.ids)
        return streams
