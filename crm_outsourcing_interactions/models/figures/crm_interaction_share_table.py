from odoo import api, models

from .share_table import REFERENCE, Count, client_lines, columns, percent, ratio_cells, share_lines


class CrmInteraction(models.Model):
    """Print the figures of the pivots as text in a terminal."""

    _inherit = "crm.interaction"

    @api.model
    def _share_counts(self, domain=()):
        """Return a ``Count`` for each client and kind matching ``domain``, in one query."""
        groupby = ["commercial_partner_id", "kind_id"]
        return [
            Count(client.display_name or self.env._("(no client)"), kind.display_name or "", kind.ratio_role or "", *n)
            for client, kind, *n in self._read_group(domain, groupby, ["__count", "open_count:sum"])
        ]

    @api.model
    def _share_table(self, domain=()):
        """Return shares by kind, the two ratios with their references, and the clients, as text.

        Each value has a range that holds for any outcome of the review::

            print(env["crm.interaction"]._share_table([("date", ">=", "2026-10-01")]))
        """
        env = self.env
        counts = self._share_counts(domain)
        words = env._("exact"), env._("bounds")
        labels = {"unclassified": env._("Unclassified"), "total": env._("All purposes")}
        labels |= {"exact": words[0], "bounds": words[1]}
        ratios = [
            (label, *ratio_cells(counts, name, words), percent(REFERENCE[name]))
            for name, label in (
                ("improvement", env._("Improvements / base")),
                ("additional", env._("Additional services / base")),
            )
        ]
        ratio_titles = env._("Actual"), env._("Range"), "", env._("reference")
        tables = [
            [(env._("Kind"), env._("Purposes"), env._("share"), env._("Range"), ""), *share_lines(counts, labels)],
            [(env._("Ratio (base: production + organisational)"), *ratio_titles), *ratios],
            [
                (env._("Client"), env._("Purposes"), env._("improvements"), env._("additional"), env._("to review")),
                *client_lines(counts),
            ],
        ]
        return "\n\n".join(map(columns, tables))
