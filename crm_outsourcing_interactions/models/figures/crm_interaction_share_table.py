from odoo import api, models

from .share_table import REFERENCE, Count, client_lines, columns, percent, ratio_cells, share_lines


class CrmInteraction(models.Model):
    """The figures of the pivots as text, for the terminal."""

    _inherit = "crm.interaction"

    @api.model
    def _share_counts(self, domain=()):
        """Return a ``Count`` for each client and kind, in one query."""
        groupby = ["commercial_partner_id", "kind_id"]
        return [
            Count(client.display_name or self.env._("(no client)"), kind.display_name or "", kind.ratio_role or "", *n)
            for client, kind, *n in self._read_group(domain, groupby, ["__count", "open_count:sum"])
        ]

    @api.model
    def _share_table(self, domain=()):
        """Return shares by kind, the two ratios with their references, and the clients, as text.

        Beside a value stands the range in which it lies whatever the interactions to review turn out to be.

        >>> print(env["crm.interaction"]._share_table([("date", ">=", "2026-10-01")]))
        """
        _ = self.env._
        counts = self._share_counts(domain)
        words = _("exact"), _("bounds")
        labels = {"unclassified": _("Unclassified"), "total": _("All purposes")}
        labels |= {"exact": words[0], "bounds": words[1]}
        ratios = [
            (label, *ratio_cells(counts, name, words), percent(REFERENCE[name]))
            for name, label in (
                ("improvement", _("Improvements / base")),
                ("additional", _("Additional services / base")),
            )
        ]
        ratio_titles = _("Actual"), _("Range"), "", _("reference")
        tables = [
            [(_("Kind"), _("Purposes"), _("share"), _("Range"), ""), *share_lines(counts, labels)],
            [(_("Ratio (base: production + organisational)"), *ratio_titles), *ratios],
            [(_("Client"), _("Purposes"), _("improvements"), _("additional"), _("to review")), *client_lines(counts)],
        ]
        return "\n\n".join(map(columns, tables))
