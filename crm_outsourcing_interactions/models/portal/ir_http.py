from werkzeug.exceptions import abort

from odoo import models
from odoo.http import request

MOST_PARTS = 5_000
"""Fields of a form; each item has four, also when they are empty. Werkzeug reads 1,000; 5,000 take half a second."""


SAFE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of what only its reader may keep: pages of a link, whose address is the secret, and downloads."""


class IrHttp(models.AbstractModel):
    """Read long forms of items; answer one with larger files than Odoo reads by the page that explains it."""

    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        res = super()._pre_dispatch(rule, args)
        if rule.endpoint.routing.get("interaction_upload"):
            sent = request.httprequest
            if (most := sent.max_content_length) and (sent.content_length or 0) > most:
                response = request.redirect(f"{sent.path}?large=1")
                response.headers.update(SAFE)
                abort(response)
            # Odoo wraps the request and passes on only some of its limits
            sent._HTTPRequest__wrapped.max_form_parts = MOST_PARTS
        return res
