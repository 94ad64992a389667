"""The colours of kinds, wherever they are shown: badges, graphs, the dashboard, the workbook and the client's page.

``setup/dashboard`` reads this file too; it must import nothing of Odoo.
"""

PALETTE = (
    ("#4EA7F2", 4), ("#EA6175", 1), ("#43C5B1", 7), ("#F4A261", 2), ("#8481DD", 11),
    ("#3188E6", 8), ("#00A78D", 10), ("#A64D79", 5), ("#9C755F", 6), ("#7A9A01", 3),
)  # fmt: skip
"""In charts, and the most similar one of Odoo's badges. Those of the dashboard come first: slices of its pie wear
Odoo's own, by their places."""
KIND_COLORS, BADGE_COLORS = zip(*PALETTE, strict=True)
UNCLASSIFIED_COLOR = "#FFD86D"


def colors_of(kinds, colors=KIND_COLORS):
    """Return ``{kind: colour}`` of ``kinds`` in the order in which they were made; with more of them, colours recur.

    >>> colors_of([7, 8, 9], ["blue", "red"])
    {7: 'blue', 8: 'red', 9: 'blue'}
    """
    return {kind: colors[place % len(colors)] for place, kind in enumerate(kinds)}
