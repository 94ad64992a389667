from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date

from ..events.groups import USER
from ..events.local_time import local_day
from ..matters.turns import DECLINED as DECLINED_MARK
from . import feedback, targets
from .target_counts import ANSWERS, CONFIRMED

STATES = [
    (feedback.NEVER, "Never Asked"),
    (feedback.ASKED, "Asked"),
    (feedback.ANSWERED, "Feedback Given"),
    (feedback.DECLINED, "Declined"),
    (feedback.NO_ANSWER, "No Reply After 14 Days"),
]
STATE_SQL = """
    CASE WHEN %(declined)s >= COALESCE(%(asked)s, '-infinity') AND %(declined)s > COALESCE(%(answered)s, '-infinity')
         THEN 'declined'
         WHEN %(answered)s >= COALESCE(%(asked)s, '-infinity') THEN 'answered'
         WHEN %(asked)s IS NULL THEN 'never'
         WHEN %(asked)s >= %(since)s THEN 'asked'
         ELSE 'no_answer' END
"""
"""The same as ``Feedback.state``."""


class ResPartner(models.Model):
    """Show when a client was asked for feedback, what became of it, and when to ask again.

    Asked: the last confirmed request. Answered: the client's last confirmed word about our services, e.g. a rating, or
    a confirmed reply to the request. The state changes with the days and is not stored: like Odoo's
    ``activity_state``, it is computed in the query. All of it respects the reader's rights, and is that of the current
    company.
    """

    _inherit = "res.partner"

    interaction_last_feedback = fields.Date("Last Asked", compute="_compute_interaction_feedback", groups=USER)
    interaction_last_answer = fields.Date(
        "Last Answered", compute="_compute_interaction_feedback", groups=USER,
        help="The client's last rating, confirmed praise or complaint, or confirmed reply to a request for feedback.",
    )  # fmt: skip
    interaction_feedback_state = fields.Selection(
        STATES, "Feedback", compute="_compute_interaction_feedback", search="_search_interaction_feedback_state",
        groups=USER,
    )  # fmt: skip
    interaction_next_feedback = fields.Date(
        "Next Feedback", compute="_compute_interaction_feedback", groups=USER,
        help="First day to ask again: a full interval of the target after the last request or answer, outside "
        "reporting weeks.",
    )  # fmt: skip
    interaction_feedback_note = fields.Char("Why Not Earlier", compute="_compute_interaction_feedback", groups=USER)

    @api.depends_context("uid", "company", "allowed_company_ids", "lang")
    def _compute_interaction_feedback(self):
        today = self.env.company._interaction_today()
        found = self._interaction_feedback(Domain("commercial_partner_id", "in", self._origin.ids))
        intervals = self._interaction_feedback_intervals()
        weeks = self.env["crm.interaction.reporting.week"]._of_company(self.env.company, today)
        for partner in self:
            own = found[partner._origin.id]
            interval = intervals.get(partner._origin.id, intervals.get(False, 0))
            day, reason = feedback.next_day(own.last, interval, weeks, today)
            partner.interaction_last_feedback = own.asked
            partner.interaction_last_answer = own.answered
            partner.interaction_feedback_state = own.state(today)
            partner.interaction_next_feedback = day
            partner.interaction_feedback_note = partner._feedback_reason(reason, day)

    @api.model
    def _feedback_reason(self, reason, day):
        """Return why nobody is to be asked before ``day``; ``False`` without a reason."""
        if not reason:
            return False
        code, since = reason
        dates = {"day": format_date(self.env, day), "since": format_date(self.env, since)}
        if code == feedback.WEEKS:
            return self.env._("Reporting weeks until %(since)s; ask from %(day)s on.", **dates)
        return self.env._("Last request or answer on %(since)s; ask from %(day)s on.", **dates)

    @api.model
    def _interaction_feedback(self, domain=Domain.TRUE):
        """Return the ``Feedback`` of clients by id.

        :param domain: of their interactions.
        """
        zone, days = self.env.company._interaction_zone(), defaultdict(dict)
        for name, of_sort in self._feedback_domains().items():
            rows = self.env["crm.interaction"]._read_group(domain & of_sort, ["commercial_partner_id"], ["date:max"])
            for client, moment in rows:
                days[client.id][name] = local_day(moment, zone)
        found = defaultdict(feedback.Feedback)
        found.update({client: feedback.Feedback(**own) for client, own in days.items()})
        return found

    @api.model
    def _feedback_domains(self):
        """Return the domains of requests, answers and refusals by the names of the days in ``Feedback``."""
        declined = Domain("direction", "=", "incoming") & Domain("matter_mark", "=", DECLINED_MARK)
        asked = Domain([("type_id.role", "=", "feedback"), CONFIRMED])
        company = Domain("company_id", "=", self.env.company.id)
        return {name: company & own for name, own in (("asked", asked), ("answered", ANSWERS), ("declined", declined))}

    @api.model
    def _interaction_feedback_intervals(self):
        """Return ``{client id: days}`` of the targets for the interval of feedback; ``False``: for all others."""
        today = self.env.company._interaction_today()
        own = Domain("measure", "=", targets.INTERVAL) & Domain("type_id.role", "=", "feedback")
        valid = Domain("date_from", "=", False) | Domain("date_from", "<=", today)
        valid &= Domain("date_to", "=", False) | Domain("date_to", ">=", today)
        found = self.env["crm.interaction.target"].search(own & valid & Domain("company_id", "=", self.env.company.id))
        return {target.partner_id.id: round(target.high) for target in found}

    # --- search and group ---------------------------------------------------------------

    def _search_interaction_feedback_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(
            Domain("id", "not in" if state == feedback.NEVER else "in", ids)
            for state, ids in self._interaction_clients_by_feedback().items()
            if state in value
        )

    @api.model
    def _interaction_clients_by_feedback(self):
        """Return ``{state: ids of clients}``; for *never*: of all who are in another state."""
        today = self.env.company._interaction_today()
        found = {state: [] for state, _name in STATES}
        for client, own in self._interaction_feedback().items():
            found[own.state(today)].append(client)
        found[feedback.NEVER] = [client for ids in found.values() for client in ids]
        return found

    @api.model
    def _read_group_groupby(self, alias, groupby_spec, query):
        name = "interaction_feedback_state"
        if groupby_spec != name:
            return super()._read_group_groupby(alias, groupby_spec, query)
        self._check_field_access(self._fields[name], "read")
        id_ = self._field_to_sql(alias, "id", query)
        days = {name: self._last_day_sql(id_, domain) for name, domain in self._feedback_domains().items()}
        since = self.env.company._interaction_today() - feedback.WAITS
        return SQL(STATE_SQL, **days, since=since)

    @api.model
    def _last_day_sql(self, client_id, domain):
        """Return the day of a client's last interaction of a ``domain`` that the reader may see, as a subquery."""
        seen = self.env["crm.interaction"]._search(domain)
        zone = self.env.company._interaction_zone()
        return SQL(
            "(SELECT (MAX(i.date) AT TIME ZONE 'UTC' AT TIME ZONE %s)::date FROM crm_interaction i"
            " WHERE i.commercial_partner_id = %s AND i.id IN %s)",
            zone,
            client_id,
            seen.subselect(),
        )
