"""Read what *Clients* shows, for all clients of one company; one grouped query each."""

from collections import Counter
from functools import cached_property

from odoo.fields import Domain

from ..matters.crm_interaction_matter import LIVE
from ..matters.crm_interaction_matter_complaint import OPEN_COMPLAINTS
from ..targets import targets
from ..targets.target_counts import MONTH
from ..targets.target_values import Counts, open_share, ratio
from .change import ALL, biggest_change

BARS = 12
"""Months of the small graph."""
WINDOW = 3
"""Months of the figures, the running one included."""
YEAR = 12
COMPLAINTS = OPEN_COMPLAINTS & Domain("from_history", "=", False)
"""Complaints that the client has not yet called settled, without those built from the past."""


class ClientCounts:
    """Read the figures of the clients of ``company`` on the day ``today``.

    :param env: environment in sudo mode and in ``company``: figures do not depend on the user who refreshes them.
    """

    def __init__(self, env, company, today):
        self.env = env
        self.company = company
        self.today = today
        months = targets.months_back(targets.first_of(today), 2 * YEAR)
        self.bars, self.window, self.full = months[:BARS], months[:WINDOW], months[1 : 1 + WINDOW]
        self.year_before = months[1 + YEAR : 1 + WINDOW + YEAR]

    def kinds(self, client):
        """Return the purposes of a client (id) in the window by kind."""
        return self._purposes.sum(client, self.window)

    def months(self, client):
        """Return the interactions of the twelve months, the oldest first."""
        return [self._contacts.sum(client, [month]).total() for month in reversed(self.bars)]

    def marks(self, client):
        """Return ``[[place among the months, ids of the corrective actions taken then], …]``."""
        months = reversed(self.bars)
        return [[i, self.taken[client, month]] for i, month in enumerate(months) if (client, month) in self.taken]

    def contacts(self, client):
        """Return the number of interactions in the window."""
        return self._contacts.sum(client, self.window).total()

    def value(self, client, measure):
        """Return the ``Value`` of a ratio, or of the share to review, over the window."""
        counts = self.kinds(client), self._to_review.sum(client, self.window)
        return open_share(*counts) if measure == "open_share" else ratio(*counts, measure[:-6], self.roles)

    def change(self, client):
        """Return ``(before, now, key, strength)``: counts by kind, and of all, and the key that changed most."""
        before, now = self._with_all(client, self.year_before), self._with_all(client, self.full)
        key, size = biggest_change(before, now) if before[ALL] else (None, 0.0)
        return before, now, key, size

    def _with_all(self, client, months):
        counts = Counter({kind or 0: n for kind, n in self._purposes.sum(client, months).items()})
        return counts | Counter({ALL: self._contacts.sum(client, months).total()})

    # --- one query each ---------------------------------------------------------------

    @cached_property
    def _rows(self):
        interactions = self.env["crm.interaction"]
        wanted = {*self.bars, *self.year_before}
        domain = [("company_id", "=", self.company.id), ("month", ">=", min(wanted)), ("month", "<=", max(wanted))]
        return interactions._read_group(
            domain,
            ["commercial_partner_id", MONTH, "kind_id"],
            ["__count", "open_count:sum", "interaction_count:sum"],
        )

    @cached_property
    def _purposes(self):
        return Counts((client.id, month, kind.id, n) for client, month, kind, n, *_more in self._rows)

    @cached_property
    def _to_review(self):
        return Counts((client.id, month, kind.id, n) for client, month, kind, _n, n, _contacts in self._rows)

    @cached_property
    def _contacts(self):
        return Counts((client.id, month, None, n) for client, month, _kind, _n, _open, n in self._rows)

    @cached_property
    def roles(self):
        """Return ``{kind id: ratio role}``, archived kinds included."""
        kinds = self.env["crm.interaction.kind"].with_context(active_test=False).search(Domain.TRUE)
        return {kind.id: kind.ratio_role for kind in kinds}

    @cached_property
    def matters(self):
        """Return ``{(client id, side): (open matters, moment since when the oldest waits)}``."""
        rows = self._of_matters(LIVE, ["commercial_partner_id", "waiting"], ["__count", "waiting_since:min"])
        return {(client.id, side): found for client, side, *found in rows}

    @cached_property
    def complaints(self):
        """Return ``{client id: open complaints}``."""
        return {client.id: n for client, n in self._of_matters(COMPLAINTS, ["commercial_partner_id"], ["__count"])}

    def _of_matters(self, domain, groupby, aggregates):
        own = Domain("company_id", "=", self.company.id) & Domain("commercial_partner_id", "!=", False)
        return self.env["crm.interaction.matter"]._read_group(domain & own, groupby, aggregates)

    @cached_property
    def indicators(self):
        """Return ``{client id: indicators}``, one for each target, of this month or else of the last one."""
        own = Domain("company_id", "=", self.company.id) & Domain("partner_id", "!=", False)
        clients = self.env["crm.interaction.indicator"]._read_group(own, ["partner_id"])
        found = self.env["res.partner"].union(*(client for [client] in clients))._latest_indicators(self.window[0])
        return found.filtered(lambda i: i.company_id == self.company).grouped(lambda i: i.partner_id.id)

    @cached_property
    def taken(self):
        """Return the corrective actions taken in the twelve months: ``{(client id, first of the month): ids}``."""
        domain = Domain("company_id", "=", self.company.id) & Domain("date", ">=", self.bars[-1])
        taken = self.env["crm.interaction.taken.action"].search(domain & Domain("partner_id", "!=", False))
        return {
            key: rows.ids for key, rows in taken.grouped(lambda t: (t.partner_id.id, t.date.replace(day=1))).items()
        }

    @cached_property
    def feedback(self):
        """Return ``{client id: Feedback}``."""
        return self.env["res.partner"]._interaction_feedback()

    @cached_property
    def hours(self):
        """Return ``{client id: [contact hours, their share, the expected share, cost]}`` of the window, ``None`` where
        unknown."""
        domain = [("company_id", "=", self.company.id), ("month", "in", self.window), ("partner_id", "!=", False)]
        aggregates = ["contact_hours:sum", "contact_share:avg", "reference:avg", "cost:sum"]
        rows = self.env["crm.interaction.hours"]._read_group(domain, ["partner_id"], aggregates)
        return {client.id: [None if n is False else n for n in found] for client, *found in rows}

    @cached_property
    def services(self):
        """Return ``{client id: ids of the services that its contract includes today}``."""
        begun = Domain("date_from", "=", False) | Domain("date_from", "<=", self.today)
        lasts = Domain("date_to", "=", False) | Domain("date_to", ">=", self.today)
        domain = Domain("coverage", "=", "included") & begun & lasts
        rows = self.env["crm.interaction.scope"]._read_group(domain, ["partner_id"], ["service_id:array_agg"])
        return {client.id: ids for client, ids in rows}
