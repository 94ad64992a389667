import math
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..events.local_time import local_day
from ..events.marks import mark
from ..events.settled_cache import settled_cache
from .scope import OUTSIDE, PERHAPS, UNDECIDABLE, Requests, ScopeLine, decide, line_of

COVERAGES = [("included", "Included"), ("optional", "On Request"), ("excluded", "Excluded")]
REQUESTS_INSIDE = ("1.1.2", "1.1.3")
REQUEST_OUTSIDE = "3.1.1"
UNLOGGED = 2**40
"""More than any id: in the order of requests at the same second, those of the batch come last."""


class CrmInteractionScope(models.Model):
    """What a client's contract (terms of reference, service-level agreement) says of one service.

    A request inside the scope is production (1.1.2, 1.1.3); one that is outside, a paid option,
    or over the agreed number a month is an additional service (3.1.1). For a client without any
    scope the rules alone decide.

    Only confirmed requests use up the number: what waits for review may turn out to be anything. A request with which
    it would be exceeded if they were all confirmed is asked of a person, and *Why* gives the numbers.
    """

    _name = "crm.interaction.scope"
    _inherit = ["crm.interaction.cached.mixin", "crm.interaction.ranges.mixin"]
    _ranges = {"monthly_limit": (0, 100_000)}
    _description = "Contract Scope"
    _order = "partner_id, service_id, date_from, id"
    _rec_name = "service_id"

    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="cascade")
    service_id = fields.Many2one("crm.interaction.service", required=True, ondelete="restrict")
    coverage = fields.Selection(COVERAGES, required=True, default="included")
    monthly_limit = fields.Integer("Requests a Month", help="How many requests a month are included; 0: no limit.")
    date_from = fields.Date("From", help="Empty: from the beginning.")
    date_to = fields.Date("To", help="Empty: until further notice.")
    note = fields.Char()

    _limit_not_negative = models.Constraint("CHECK (monthly_limit >= 0)", "The number of requests cannot be negative.")
    _dates_in_order = models.Constraint("CHECK (date_from <= date_to)", "The scope cannot end before it begins.")

    @api.constrains("partner_id", "service_id", "date_from", "date_to")
    def _check_no_overlap(self):
        for scope in self:
            others = self.search(
                [
                    ("partner_id", "=", scope.partner_id.id),
                    ("service_id", "=", scope.service_id.id),
                    ("id", "!=", scope.id),
                ]
            )
            line = scope._line()
            if any(
                o.date_from <= line.date_to and line.date_from <= o.date_to
                for o in map(CrmInteractionScope._line, others)
            ):
                raise ValidationError(
                    self.env._(
                        "The scope of “%(client)s” says two things of “%(service)s” for the same days. "
                        "Change the dates.",
                        client=scope.partner_id.display_name,
                        service=scope.service_id.name,
                    )
                )

    def _line(self):
        """Return this record as the pure ``ScopeLine``."""
        return ScopeLine(
            self.service_id.id, self.coverage, self.monthly_limit, self.date_from or date.min, self.date_to or date.max
        )

    @api.model
    @settled_cache()
    def _lines_by_client(self):
        """Return all scopes as ``{commercial partner id: (ScopeLine, …)}`` (cached)."""
        lines = {}
        # sudo: the poster may be a portal user; the cache must not depend on who asks first
        for scope in self.sudo().search(fields.Domain.TRUE):
            lines.setdefault(scope.partner_id.commercial_partner_id.id, []).append(scope._line())
        return {client_id: tuple(own) for client_id, own in lines.items()}

    @api.model
    def _decide(self, event, lines):
        """Return ``(decision, service id, reason of a doubt)`` for the request of a client whose scope is ``lines``."""
        service_id = self.env["crm.interaction.service"]._service_of(event)
        line = line_of(lines, service_id, local_day(event.date, event.settings["interaction_tz"]))
        requests = self._requests_before(event, service_id) if line and line.monthly_limit else Requests()
        decision = decide(service_id, line, requests)
        return decision, service_id, self._doubt(line, requests) if decision == PERHAPS else ""

    @api.model
    def _doubt(self, line, requests):
        return self.env._(
            "May exceed the limit of %(limit)s a month: %(confirmed)s confirmed and %(to_review)s to review before it",
            limit=line.monthly_limit,
            confirmed=requests.confirmed,
            to_review=requests.to_review,
        )

    @api.model
    def _requests_before(self, event, service_id):
        """Return the ``Requests`` for a service that the client made in the month before ``event``."""
        requests = self._requests_of_month(event.client_id, service_id, event.month)
        this = event.date, event.logged_id or math.inf
        are_confirmed = [
            is_confirmed for key, (*other, is_confirmed) in requests.items() if key != event.key and tuple(other) < this
        ]
        return Requests(sum(are_confirmed), len(are_confirmed) - sum(are_confirmed))

    @api.model
    def _requests_of_month(self, client_id, service_id, month):
        """Return ``{key: (date, id, whether confirmed)}`` of the requests of a month inside the contract; of a batch,
        read once."""
        known = mark(self.env, "interaction_requests", {})
        if (client_id, service_id, month) not in known:
            domain = [
                ("commercial_partner_id", "=", client_id),
                ("service_id", "=", service_id),
                ("type_id.code", "in", REQUESTS_INSIDE),
                ("month", "=", month),
            ]
            found = self.env["crm.interaction"].search_fetch(domain, ["date", "origin_key", "state"])
            known[client_id, service_id, month] = {
                r.origin_key or r.id: (r.date, r.id, r.state == "confirmed") for r in found
            }
        return known[client_id, service_id, month]

    @api.model
    def _note_inside(self, event, service_id, is_confirmed):
        """Count a request of the batch before those that come after it."""
        requests = mark(self.env, "interaction_requests", {}).get((event.client_id, service_id, event.month))
        if requests is not None:
            requests.setdefault(event.key, (event.date, UNLOGGED + len(requests), is_confirmed))

    @api.model
    @settled_cache()
    def _request_types(self):
        """Return ``({ids inside}, (id, kind id) outside)`` of the types of requests (cached)."""
        types = self.env["crm.interaction.type"].sudo()
        inside = [types._by_code(code).id for code in REQUESTS_INSIDE]
        outside = types._by_code(REQUEST_OUTSIDE)
        return frozenset(filter(None, inside)), (outside.id, outside.kind_id.id)

    @api.model
    def _apply(self, event, vals):
        """Return the type values that rules gave to a client's request, corrected by the client's scope."""
        if event.direction != "incoming":
            return vals
        lines = event.for_all_alike("scope", lambda: self._lines_by_client().get(event.client_id))
        if not lines:
            return vals
        inside, outside = self._request_types()
        if vals.get("type_id") not in inside and vals.get("type_id") != outside[0]:
            return vals
        decision, service_id, doubt = self._decide(event, lines)
        if decision == UNDECIDABLE:
            return {**vals, "state": "to_review", "reason": self.env._("Which service of the scope is it about?")}
        if decision == OUTSIDE:
            reason = self.env._("Outside the scope of the contract")
            return {**vals, "type_id": outside[0], "kind_id": outside[1], "service_id": service_id, "reason": reason}
        return self._inside(event, vals, service_id, doubt)

    @api.model
    def _inside(self, event, vals, service_id, doubt):
        """Keep a production type; what a rule took for an additional service, or may exceed the limit, is asked of a
        person."""
        vals = {**vals, "service_id": service_id}
        is_production = vals["type_id"] in self._request_types()[0]
        if not is_production:
            doubt = doubt or self.env._("Inside the scope of the contract, though a rule says otherwise")
        if doubt:
            vals = {**vals, "state": "to_review", "reason": doubt}
        if is_production:
            self._note_inside(event, service_id, vals["state"] == "confirmed")
        return vals
