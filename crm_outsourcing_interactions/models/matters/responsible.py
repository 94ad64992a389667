"""Divide the time of a side among the persons responsible. Pure."""

from .turns import NOBODY


def divided(start, end, user_id, absences):
    """Return ``(start, end, user id)`` of the parts of a period, in order.

    :param absences: ``(first moment, end, deputy's id)`` of the user's absences, without overlaps.

    >>> divided(1, 9, "Anna", [(3, 5, "Boris"), (8, 20, "Vera")])
    [(1, 3, 'Anna'), (3, 5, 'Boris'), (5, 8, 'Anna'), (8, 9, 'Vera')]
    >>> divided(1, 2, "Anna", [(3, 5, "Boris")])
    [(1, 2, 'Anna')]
    """
    parts, at = [], start
    for begin, finish, deputy_id in sorted(absences):
        first, last = max(begin, at), min(finish, end)
        if first < last:
            parts += [(at, first, user_id)] if at < first else []
            parts.append((first, last, deputy_id))
            at = last
    return parts + ([(at, end, user_id)] if at < end else [])


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
