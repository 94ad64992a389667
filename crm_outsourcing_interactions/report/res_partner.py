from odoo import models
from odoo.tools.misc import get_lang

from ..models.events.plurals import plural


class ResPartner(models.Model):
    """Name the file of the client report."""

    _inherit = "res.partner"

    def _interaction_client_file_name(self, data=None):
        """Return the file name without extension: the client, or the number of clients, and the period.

        :param data: options of the report, see ``report.crm_outsourcing_interactions.client_page``.
        """
        lang = self.commercial_partner_id.lang if len(self) == 1 else None
        clients = self.commercial_partner_id.with_context(lang=lang or get_lang(self.env).code)
        page = clients.env["report.crm_outsourcing_interactions.client_page"]
        period = page._period(data or {}, page._company(data or {}))
        label = clients.env["crm.interaction.summary.report.xlsx"]._period_label(period)
        number = plural(clients.env, clients.env._("%(n)s client|%(n)s clients"), len(clients))
        name = clients.name if len(clients) == 1 else number
        return f"{name} – {label}"
