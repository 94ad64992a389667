"""Build the sheets of shares, clients and classification quality, without database access; ``env._`` translates."""

from ..models.figures.kind_colors import UNCLASSIFIED_COLOR
from ..models.figures.share_table import REFERENCE, share_bounds
from ..models.totals.measures import share
from .figures import Figures, comparison, ratio
from .sheets import CHANGE, COUNT, PERCENT, PIE, STACKED, Chart, Column, Sheet, Table, change

BOUNDS = ("low", "high")


def shares_sheet(env, data):
    """Return the sheet of shares by kind, the two ratios, months and types, with a pie after figure 2 of the source."""
    kinds, months, types = kinds_table(env, data), months_table(env, data), types_table(env, data)
    by_kind = data.now.by("kind")
    shown = len(data.kinds) + bool(by_kind.get(0))
    colors = (*(kind.color for kind in data.kinds), UNCLASSIFIED_COLOR)
    charts = (
        Chart(PIE, env._("Shares by kind"), (1,), shown, colors=colors),
        Chart(STACKED, env._("Shares by month"), tuple(range(1, shown + 1)), len(months.rows), table=2, colors=colors),
    )
    lines = (
        env._(
            "Interactions: %(contacts)s, purposes: %(purposes)s. Shares are calculated from purposes.",
            contacts=data.now.contacts,
            purposes=data.now.total,
        ),
    )
    return Sheet(
        env._("Shares"), (kinds, ratios_table(env, data), months, types), charts if data.now.total else (), lines=lines
    )


def comparison_columns(env, data, first, width=34):
    return (
        Column(first, width=width),
        Column(data.now_label, COUNT),
        Column(env._("Share"), PERCENT),
        Column(data.before_label, COUNT),
        Column(env._("Share before"), PERCENT),
        Column(env._("Change"), CHANGE),
    )


def kinds_table(env, data):
    now, before = data.now.by("kind"), data.before.by("kind")
    names = [*((kind.id, kind.name) for kind in data.kinds), (0, env._("Unclassified"))]
    totals = data.now.total, data.before.total
    rows = [
        (*comparison(name, now.get(key, 0), before.get(key, 0), *totals), *kind_range(env, data, key))
        for key, name in names
    ]
    rows.append((*comparison(env._("All purposes"), *totals, *totals), None, None, "", data.now.open_n))
    columns = (*comparison_columns(env, data, env._("Kind")), *range_columns(env), Column(env._("To Review"), COUNT))
    return Table(columns, rows, title=env._("Kinds"), total=True)


def kind_range(env, data, kind):
    """Return lower and upper bound of a kind's share, its certainty, and the number of interactions to review."""
    n, to_review = (data.now.by("kind", number=number).get(kind, 0) for number in ("n", "open_n"))
    return share_range(env, data, n, to_review) if kind else (None, None, "", to_review)


def share_range(env, data, n, to_review):
    """Return lower and upper bound of the share of ``n`` purposes, its certainty, and the number to review."""
    if not data.now.total:
        return None, None, "", to_review
    bounds = share_bounds(n, to_review, data.now.open_n, data.now.total)
    return *bounds, word(env, data.now.open_n), to_review


def range_columns(env):
    return Column(env._("At Least"), PERCENT), Column(env._("At Most"), PERCENT), Column(env._("Range"), width=10)


def word(env, open_n):
    """Return the certainty of a value as text: exact if there is nothing to review."""
    return env._("bounds") if open_n else env._("exact")


def ratios_table(env, data):
    now, before = data.now.by("kind"), data.before.by("kind")
    names = {"improvement": env._("Improvements / base"), "additional": env._("Additional services / base")}
    rows, base = [], sum(now.get(kind.id, 0) for kind in data.kinds if kind.role == "base")
    for role, name in names.items():
        ratios = ratio(now, data.kinds, role), ratio(before, data.kinds, role)
        bounds = [ratio(now, data.kinds, role, data.now.by("kind", number="open_n"), which) for which in BOUNDS]
        sure = (*bounds, word(env, data.now.open_n)) if ratios[0] is not None else (None, None, "")
        rows.append((name, base, *ratios, change(*ratios), *sure, REFERENCE[role]))
    columns = (
        Column(env._("Ratio")),
        Column(env._("Base"), COUNT),
        Column(data.now_label, PERCENT),
        Column(data.before_label, PERCENT),
        Column(env._("Change"), CHANGE),
        *range_columns(env),
        Column(env._("Reference (2012)"), PERCENT),
    )
    note = env._(
        "A dash marks a ratio without a base. The range covers all values possible until the review is complete."
    )
    return Table(columns, rows, title=env._("Ratios"), note=note)


def months_table(env, data):
    """Return the table with a row per month of both periods and a column per kind."""
    groups = Figures(groups=(*data.before.groups, *data.now.groups))
    counts, to_review = groups.nested("month", "kind"), groups.nested("month", "kind", number="open_n")
    contacts = groups.by("month", number="contacts")
    rows = [
        (label, *kind_cells(env, data, counts[month], to_review[month], contacts.get(month, 0)))
        for month, label in data.months.items()
    ]
    return Table((Column(env._("Month")), *kind_columns(env, data)), rows, title=env._("By month"))


def kind_columns(env, data):
    return (
        *(Column(kind.name, COUNT, 17) for kind in data.kinds),
        Column(env._("Unclassified"), COUNT, 17),
        Column(env._("Purposes"), COUNT),
        Column(env._("Interactions"), COUNT),
        Column(env._("To Review"), COUNT),
        Column(env._("Improvements / base"), PERCENT, 14),
        *range_columns(env),
        Column(env._("Additional services / base"), PERCENT, 16),
        *range_columns(env),
    )


def kind_cells(env, data, by_kind, to_review, contacts):
    counts = [by_kind.get(key, 0) for key in (*(kind.id for kind in data.kinds), 0)]
    open_n, ratios = sum(to_review.values()), []
    for role in ("improvement", "additional"):
        value, *bounds = (ratio(by_kind, data.kinds, role, to_review, which) for which in ("ratio", *BOUNDS))
        ratios += [value, *bounds, word(env, open_n)] if value is not None else [None, None, None, ""]
    return (*counts, sum(counts), contacts, open_n, *ratios)


def types_table(env, data):
    totals, rows = (data.now.total, data.before.total), []
    for type_ in data.types:
        if not type_.is_group:
            (n, to_review), (n_before, _open) = (f.types.get(type_.id, (0, 0)) for f in (data.now, data.before))
            row = comparison(type_.label, n, n_before, *totals)
            rows.append((*row, *share_range(env, data, n, to_review)))
    columns = (
        *comparison_columns(env, data, env._("Type"), 46),
        *range_columns(env),
        Column(env._("To Review"), COUNT),
    )
    return Table(columns, rows, title=env._("Types"))


def clients_sheet(env, data):
    """Return the sheet of clients × kinds, most purposes first."""
    before = data.before.by("client")
    by_client = data.now.nested("client", "kind")
    to_review = data.now.nested("client", "kind", number="open_n")
    contacts = data.now.by("client", number="contacts")
    rows = []
    for client in sorted({*by_client, *before}, key=lambda c: (-sum(by_client[c].values()), data.clients[c])):
        n = sum(by_client[client].values())
        shares = share(n, data.now.total), before.get(client, 0)
        cells = kind_cells(env, data, by_client[client], to_review[client], contacts.get(client, 0))
        rows.append((data.clients[client], data.now_label, *cells, *shares, n - shares[1]))
    all_ = data.now.by("kind"), data.now.by("kind", number="open_n"), data.now.contacts
    totals = data.now.total, data.before.total
    rows.append(
        (
            env._("All clients"),
            data.now_label,
            *kind_cells(env, data, *all_),
            share(totals[0], totals[0]),
            totals[1],
            totals[0] - totals[1],
        )
    )
    columns = (
        Column(env._("Client"), width=34),
        Column(env._("Measured Over"), width=18),
        *kind_columns(env, data),
        Column(env._("Share of all"), PERCENT),
        Column(data.before_label, COUNT),
        Column(env._("Change"), COUNT),
    )
    return Sheet(env._("Clients"), (Table(columns, rows, total=True),))


def quality_sheet(env, data):
    """Return the sheet of classification quality, in total and by responsible."""
    totals = sum(data.now.quality.values()), sum(data.before.quality.values())
    rows = []
    for key, label in data.qualities.items():
        counts = [sum(n for (_u, c), n in f.quality.items() if c == key) for f in (data.now, data.before)]
        rows.append(comparison(label, *counts, *totals))
    rows.append(comparison(env._("All purposes"), *totals, *totals))
    tables = (
        Table(
            comparison_columns(env, data, env._("Classification Quality")),
            rows,
            title=env._("Classification Quality"),
            total=True,
        ),
        Table(
            (
                Column(env._("Responsible")),
                *(Column(label, COUNT) for label in data.qualities.values()),
                Column(env._("All"), COUNT),
            ),
            [user_row(data, user, name) for user, name in data.users.items()],
            title=env._("By responsible"),
        ),
    )
    return Sheet(env._("Classification Quality"), tables)


def user_row(data, user, name):
    counts = [data.now.quality.get((user, key), 0) for key in data.qualities]
    return (name, *counts, sum(counts))
