"""Divide the time of a side among the persons responsible. Pure."""

from .turns import NOBODY


def divided(start, end, user_id, past=(), absences=None):
    """Return ``(start, end, user id)`` of the parts of a period, in order, each of one person.

    :param user_id: who is responsible at present.
    :param past: ``(until when, user id)`` of those before, in order of time.
    :param absences: ``{user id: [(first moment, end, deputy's id), …]}``.

    >>> divided(1, 9, "Anna", absences={"Anna": [(3, 5, "Boris"), (8, 20, "Vera")]})
    [(1, 3, 'Anna'), (3, 5, 'Boris'), (5, 8, 'Anna'), (8, 9, 'Vera')]
    >>> divided(1, 9, "Anna", [(4, "Vera"), (7, "Anna")], {"Vera": [(0, 2, "Boris")], "Anna": [(4, 5, "Boris")]})
    [(1, 2, 'Boris'), (2, 4, 'Vera'), (4, 5, 'Boris'), (5, 9, 'Anna')]
    """
    parts = []
    for first, last, of_id in successive(start, end, user_id, past):
        for begin, finish, who in deputised(first, last, of_id, (absences or {}).get(of_id, ())):
            is_same = parts and parts[-1][2] == who
            parts.append((parts.pop()[0] if is_same else begin, finish, who))
    return parts


def successive(start, end, user_id, past):
    """Yield the parts of a period by accountant, see ``divided``."""
    for until, former_id in past:
        if start < until:
            yield start, min(until, end), former_id
            start = until
        if start >= end:
            return
    yield start, end, user_id


def deputised(start, end, user_id, absences):
    """Yield the parts of a user's period, some of them a deputy's, see ``divided``."""
    for begin, finish, deputy_id in sorted(absences):
        first, last = max(begin, start), min(finish, end)
        if first < last:
            if start < first:
                yield start, first, user_id
            yield first, last, deputy_id
            start = last
    if start < end:
        yield start, end, user_id


def settled(stretches, pieces):
    """Return ``(kept, left, gone)``: stored ``pieces`` that still hold, parts of stretches without one, and the rest.

    A piece holds while its stretch still exists and contains it; it is never measured or attributed again.

    :param stretches: the ``Stretch`` objects of a matter.
    :param pieces: dicts with ``side``, ``start`` (of the stretch), ``date_from`` and ``date_to``, in order.
    :return: ``left`` as pairs of the stretch and the moment from which no piece covers it, of ended stretches only.

    >>> from odoo.addons.crm_outsourcing_interactions.models.matters.turns import US, Stretch
    >>> stored = {"side": US, "start": 1, "date_from": 1, "date_to": 4}
    >>> kept, left, gone = settled([Stretch(US, 1, 6)], [stored])
    >>> (kept == [stored], [start for _stretch, start in left], gone)
    (True, [4], [])
    >>> settled([Stretch(US, 1, 3)], [stored])[2] == [stored]
    True
    """
    kept, left, unmatched = [], [], list(pieces)
    for stretch in stretches:
        if stretch.side == NOBODY:
            continue
        own = [p for p in unmatched if (p["side"], p["start"]) == (stretch.side, stretch.start)]
        own = [p for p in own if stretch.end is None or p["date_to"] <= stretch.end]
        unmatched = [p for p in unmatched if p not in own]
        kept += own
        covered = own[-1]["date_to"] if own else stretch.start
        if stretch.end and covered < stretch.end:
            left.append((stretch, covered))
    return kept, left, unmatched
