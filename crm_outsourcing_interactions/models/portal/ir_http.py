from werkzeug.exceptions import abort

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    """Answer a form with more files than Odoo reads by the page that explains it, instead of a bare error."""

    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        res = super()._pre_dispatch(rule, args)
        sent = request.httprequest
        most = sent.max_content_length
        if most and rule.endpoint.routing.get("interaction_upload") and (sent.content_length or 0) > most:
            abort(request.redirect(f"{sent.path}?large=1"))
        return res
