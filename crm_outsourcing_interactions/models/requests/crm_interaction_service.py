from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..classification.phrases import SearchedText


class CrmInteractionService(models.Model):
    """Decide which documents may be shown to all contacts of a client."""

    _inherit = "crm.interaction.service"

    is_confidential = fields.Boolean(
        "Confidential",
        help="Documents of this service, e.g. payroll, are shown only to the person they are requested from, never to "
        "all contacts of the client.",
    )

    @api.constrains("is_confidential")
    def _check_requests(self):
        # sudo: lists of all companies count
        items = self.env["crm.interaction.matter.item"].sudo()
        domain = [("service_id", "in", self.filtered("is_confidential").ids), ("list_id.audience", "=", "client")]
        if shown := items.search(domain, limit=1):
            raise ValidationError(
                self.env._(
                    "“%s” shows documents of this service to all contacts of the client. Show them to the person of "
                    "each item first.",
                    shown.list_id.name,
                )
            )

    @api.model
    def _of_documents(self, text, known):
        """Return the service of documents that are described by a ``text`` (str), possibly none.

        A confidential one that the text names takes precedence over the ``known`` one, e.g. of the project: payroll
        asked for in the project of the bookkeeping stays confidential.
        """
        searched = SearchedText(text)
        named = self.browse(id_ for id_, phrases in self._phrases() if phrases.occur(searched))
        return named.filtered("is_confidential")[:1] or known or (named if len(named) == 1 else self.browse())
