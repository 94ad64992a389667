"""Build the sheet of definitions, without database access; ``env._`` translates."""

from ..models.figures.share_table import REFERENCE
from .sheets import PERCENT, TEXT, WRAPPED, Cell, Column, Sheet, Table

NONE = Cell("", TEXT)


def definitions_sheet(env, data):
    """Return the sheet of formulae, sources of reference figures and the classification."""
    return Sheet(env._("Definitions"), (formulae_table(env), types_table(env, data)))


def formulae_table(env):
    base = env._("Base: production and organisational purposes.")
    rows = [
        (env._("Share"), env._("Purposes of a kind ÷ all purposes, including unclassified ones."), NONE),
        (
            env._("Improvements / base"),
            env._("Improvements ÷ (production + organisational).") + " " + base,
            Cell(REFERENCE["improvement"], PERCENT),
        ),
        (
            env._("Additional services / base"),
            env._("Additional services ÷ (production + organisational).") + " " + base,
            Cell(REFERENCE["additional"], PERCENT),
        ),
        (
            env._("Range"),
            env._(
                "Values possible until the review is complete. At least: only confirmed purposes count. At most: "
                "all purposes to review count as well. Exact: the review is complete."
            ),
            NONE,
        ),
        (
            env._("Interaction, purpose"),
            env._(
                "An interaction counts once. Each of its purposes counts under its kind and type; shares and "
                "ratios are calculated from purposes."
            ),
            NONE,
        ),
        (
            env._("Measured Over"),
            env._(
                "Interactions are those of the report period; a target has its own measuring period, so values may "
                "differ. In monthly averages, an unfinished month, or one in which a contract begins or ends, "
                "counts by its days."
            ),
            NONE,
        ),
        (
            env._("Sample, all purposes"),
            env._(
                "Sample: what a target's value is calculated from, i.e. the base of a ratio, the confirmed purposes of "
                "a type, otherwise all. All purposes: those of the measuring period, by classification quality."
            ),
            NONE,
        ),
        (
            env._("Change"),
            env._("Share of this period minus the share of the previous period, in percentage points."),
            NONE,
        ),
        (
            env._("Classification Quality"),
            env._(
                "Confirmed: by a person or a rule. Suggested: still to review. "
                "Corrected: a person chose another type than suggested."
            ),
            NONE,
        ),
        (
            env._("Source of the references"),
            env._(
                "S. Pakhomov and E. Bulygina, “Classification of CRM processes for companies that provide "
                "accounting services”: figures of September–October 2012."
            ),
            NONE,
        ),
    ]
    columns = (
        Column(env._("Term"), width=34),
        Column(env._("Meaning"), WRAPPED, 60),
        Column(env._("Reference"), PERCENT),
    )
    return Table(columns, rows, title=env._("Formulae"))


def types_table(env, data):
    columns = (
        Column(env._("Type")),
        Column(env._("Description"), WRAPPED, 60),
        Column(env._("Direction"), width=14),
        Column(env._("Kind"), width=26),
        Column(env._("Full Name"), WRAPPED, 60),
    )
    rows = [(Cell(t.label, WRAPPED), t.description, t.direction, t.kind, t.name) for t in data.types]
    return Table(columns, rows, title=env._("Classification"))
