"""The sheet that says what is counted, and how. Pure; ``_`` translates, as ``env._`` does."""

from ..models.figures.share_table import REFERENCE
from .sheets import PERCENT, TEXT, WRAPPED, Cell, Column, Sheet, Table

NONE = Cell("", TEXT)


def definitions_sheet(_, data):
    """Formulae, the source of the reference figures, the classification."""
    return Sheet(_("Definitions"), (formulae_table(_), types_table(_, data)))


def formulae_table(_):
    base = _("Base: production and organisational purposes.")
    rows = [
        (_("Share"), _("Purposes of a kind ÷ all purposes, those still to classify included."), NONE),
        (
            _("Improvements / base"),
            _("Improvements ÷ (production + organisational).") + " " + base,
            Cell(REFERENCE["improvement"], PERCENT),
        ),
        (
            _("Additional services / base"),
            _("Additional services ÷ (production + organisational).") + " " + base,
            Cell(REFERENCE["additional"], PERCENT),
        ),
        (
            _("Range"),
            _(
                "What is possible until all is reviewed. At least: only what is confirmed counts. "
                "At most: everything to review belongs there. Exact: all was reviewed."
            ),
            NONE,
        ),
        (
            _("Contact, purpose"),
            _(
                "A contact counts once. Each of its purposes counts under its kind and type; shares and ratios are "
                "of these."
            ),
            NONE,
        ),
        (
            _("Measured Over"),
            _(
                "Contacts are those of the period; a target has a window of its own, so that the two may differ. In "
                "averages by month, a month that still runs, or in which a contract begins or ends, counts by its days."
            ),
            NONE,
        ),
        (_("Change"), _("Share of this period less the share of the one before, in percentage points."), NONE),
        (
            _("Classification Quality"),
            _(
                "Confirmed: by a person or a rule. Suggested: still to review. "
                "Corrected: a person chose another type than suggested."
            ),
            NONE,
        ),
        (
            _("Source of the references"),
            _(
                "S. Pakhomov and E. Bulygina, “Classification of CRM processes for companies that provide "
                "accounting services”: figures of September–October 2012."
            ),
            NONE,
        ),
    ]
    columns = (Column(_("Term"), width=34), Column(_("Meaning"), WRAPPED, 60), Column(_("Reference"), PERCENT))
    return Table(columns, rows, title=_("Formulae"))


def types_table(_, data):
    columns = (
        Column(_("Type")),
        Column(_("What belongs there"), WRAPPED, 60),
        Column(_("Direction"), width=14),
        Column(_("Kind"), width=26),
    )
    rows = [(Cell(f"{t.code} {t.name}", WRAPPED), t.description, t.direction, t.kind) for t in data.types]
    return Table(columns, rows, title=_("Classification"))
