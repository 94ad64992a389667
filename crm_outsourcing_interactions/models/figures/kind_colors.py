"""The colours of kinds in charts: on the dashboard, in graphs, in the workbook and on the client's page."""

KIND_COLORS = (
    "#4EA7F2", "#EA6175", "#43C5B1", "#F4A261", "#8481DD", "#3188E6", "#00A78D", "#A64D79", "#9C755F", "#7A9A01",
)  # fmt: skip
"""Those of the dashboard come first: slices of its pie wear Odoo's own, by their places."""
UNCLASSIFIED_COLOR = "#FFD86D"


def colors_of(kinds, colors=KIND_COLORS):
    """Return ``{kind: colour}`` of ``kinds`` in the order in which they were made; with more of them, colours recur.

    >>> colors_of([7, 8, 9], ["blue", "red"])
    {7: 'blue', 8: 'red', 9: 'blue'}
    """
    return {kind: colors[place % len(colors)] for place, kind in enumerate(kinds)}
