from odoo import api, models

from .share_table import REFERENCE, Count, client_lines, columns, percent, ratio_cells, share_lines


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
        """Return shares by kind, the two ratios with their bounds and references, and the clients, as text.

        The bounds are what a ratio would be if all contacts to classify belonged to the base, or to its numerator.

        >>> print(env["crm.interaction"]._share_table([("date", ">=", "2026-10-01")]))
        """
        _ = self.env._
        counts = self._share_counts(domain)
        labels = {"unclassified": _("To classify"), "total": _("All interactions")}
        ratios = [
            (label, *ratio_cells(counts, name), percent(REFERENCE[name]))
            for name, label in (
                ("improvement", _("Improvements / base")),
                ("additional", _("Additional services / base")),
            )
        ]
        ratio_titles = _("actual"), _("at least"), _("at most"), _("reference")
        tables = [
            [(_("Kind"), "n", _("share")), *share_lines(counts, labels)],
            [(_("Ratio (base: production + organisational)"), *ratio_titles), *ratios],
            [(_("Client"), "n", _("improvements"), _("additional"), _("to classify")), *client_lines(counts)],
        ]
        return "\n\n".join(map(columns, tables))
