from odoo import api, models

from .share_table import REFERENCE, Count, client_lines, columns, percent, ratio, share_lines


class CrmInteraction(models.Model):
    """The figures of the pivots as text, for the terminal."""

    _inherit = "crm.interaction"

    @api.model
    def _share_counts(self, domain=()):
        """Return a ``Count`` for each client and kind, in one query."""
        groups = self._read_group(domain, ["commercial_partner_id", "kind_id"], ["__count"])
        return [
            Count(client.display_name or self.env._("(no client)"), kind.display_name or "", kind.ratio_role or "", n)
            for client, kind, n in groups
        ]

    @api.model
    def _share_table(self, domain=()):
        """Return shares by kind, the two ratios with their references, and the clients, as text.

        >>> print(env["crm.interaction"]._share_table([("date", ">=", "2026-10-01")]))
        """
        _ = self.env._
        counts = self._share_counts(domain)
        labels = {"unclassified": _("To classify"), "total": _("All interactions")}
        ratios = [
            (_("Improvements / base"), percent(ratio(counts, "improvement")), percent(REFERENCE["improvement"])),
            (_("Additional services / base"), percent(ratio(counts, "additional")), percent(REFERENCE["additional"])),
        ]
        tables = [
            [(_("Kind"), "n", _("share")), *share_lines(counts, labels)],
            [(_("Ratio (base: production + organisational)"), _("actual"), _("reference")), *ratios],
            [(_("Client"), "n", _("improvements"), _("additional")), *client_lines(counts)],
        ]
        return "\n\n".join(map(columns, tables))
