"""Define the colours of kinds in badges, graphs, the dashboard, the workbook and the client report.

``setup/dashboard`` imports this file too and it must not import Odoo.
"""

PALETTE = (
    ("#4EA7F2", 4), ("#5752D1", 11), ("#43C5B1", 7), ("#F4A261", 2), ("#8481DD", 5),
    ("#3188E6", 8), ("#00A78D", 10), ("#9C755F", 6), ("#7A9A01", 3),
)  # fmt: skip
"""Chart colour and the most similar badge colour of Odoo, by position. The first ones are among Odoo's own colours of
pie slices, which the dashboard uses. Red is absent: it stands for *Off Target*, and no kind is bad in itself."""
KIND_COLORS, BADGE_COLORS = zip(*PALETTE, strict=True)
UNCLASSIFIED_COLOR = "#FFD86D"


def colors_of(kinds, colors=KIND_COLORS):
    """Return ``{kind: colour}`` for ``kinds`` in order of creation; colours repeat when there are more kinds.

    >>> colors_of([7, 8, 9], ["blue", "red"])
    {7: 'blue', 8: 'red', 9: 'blue'}
    """
    return {kind: colors[place % len(colors)] for place, kind in enumerate(kinds)}
