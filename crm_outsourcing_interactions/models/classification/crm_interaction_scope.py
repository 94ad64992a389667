import math
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..events.local_time import local_day
from ..events.reasons import because
from ..events.settled_cache import settled_cache
from .scope import OUTSIDE, PERHAPS, UNDECIDABLE, Requests, ScopeLine, decide, line_of

COVERAGES = [("included", "Included"), ("optional", "On Request"), ("excluded", "Excluded")]
UNLOGGED = 2**40
"""Above any id: requests of the batch sort after stored ones of the same second."""

DECIDED_BY_CODE = ("rule", "suggestion")


class CrmInteractionScope(models.Model):
    """Store how a client's contract (terms of reference, service-level agreement) covers one service.

    A request inside the scope is production; one that is outside, a paid option, or above the monthly limit is an
    additional service. The roles of types determine the types of both, see ``crm_interaction_type_role.py``.
    For a client without any scope the type set by the rules stays.
    """

    _name = "crm.interaction.scope"
    _inherit = ["crm.interaction.cached.mixin", "crm.interaction.ranges.mixin"]
    _ranges = {"monthly_limit": (0, 100_000)}
    _description = "Contract Scope"
    _order = "partner_id, service_id, date_from, id"
    _rec_name = "service_id"

    partner_id = fields.Many2one("res.partner", "Client", required=True, index=True, ondelete="cascade")
    service_id = fields.Many2one("crm.interaction.service", required=True, ondelete="restrict")
    coverage = fields.Selection(COVERAGES, required=True, default="included")
    monthly_limit = fields.Integer(
        "Requests a Month", help="Number of requests included per month, e.g. 5; 0 means no limit."
    )
    date_from = fields.Date("From", help="Empty: from the beginning.")
    date_to = fields.Date("To", help="Empty: until further notice.")
    note = fields.Char()

    _limit_not_negative = models.Constraint(
        "CHECK (monthly_limit >= 0)", "The number of requests cannot be negative. Enter 0 or more."
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "The contract scope cannot end before it begins. Correct the dates."
    )

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
                        "The contract scope of “%(client)s” lists “%(service)s” twice for the same days. Change "
                        "the dates.",
                        client=scope.partner_id.display_name,
                        service=scope.service_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        scopes = super().create(vals_list)
        # sudo: facts concern everybody, whatever the user may see
        self.env["crm.interaction.people"]._forget_customers(scopes.sudo().partner_id)
        return scopes

    def write(self, vals):
        if "partner_id" not in vals:
            return super().write(vals)
        before = self.sudo().partner_id  # sudo: as above
        res = super().write(vals)
        self.flush_recordset(["partner_id"])  # facts are read from the database
        self.env["crm.interaction.people"]._forget_customers(before | self.sudo().partner_id)
        return res

    def unlink(self):
        clients = self.sudo().partner_id  # sudo: as above
        res = super().unlink()
        self.env["crm.interaction.people"]._forget_customers(clients)
        return res

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
        # sudo: the poster may be a portal user; the cache must not depend on the first reader
        for scope in self.sudo().search(fields.Domain.TRUE):
            lines.setdefault(scope.partner_id.commercial_partner_id.id, []).append(scope._line())
        return {client_id: tuple(own) for client_id, own in lines.items()}

    @api.model
    def _scoped(self, events):
        """Correct the classification of clients' requests by their contracts.

        Requests of one batch count towards the limits of later ones in it.
        """
        made = {}
        for event in events:
            if event.direction == "incoming" and event.vals.get("classified_by") in DECIDED_BY_CODE:
                event.vals |= self._corrected(event, made)
        return events

    @api.model
    def _corrected(self, event, made):
        """Return the values that the client's contract changes on a classified request (dict, mostly empty).

        :param dict made: requests by client, service and month; those of the batch are added.
        """
        lines = event.for_all_alike("scope", lambda: self._lines_by_client().get(event.client_id))
        inside, outside = self._request_types()
        type_id = event.vals["type_id"]
        if not lines or (type_id not in inside and type_id != outside[0]):
            return {}
        service_id = self.env["crm.interaction.service"]._service_of(event)
        line = line_of(lines, service_id, local_day(event.date, event.settings["interaction_tz"]))
        requests = self._requests_before(event, service_id, made) if line and line.monthly_limit else Requests()
        decision = decide(service_id, line, requests)
        if decision == UNDECIDABLE:
            return {"state": "to_review", "why": because("scope_service")}
        if decision == OUTSIDE:
            type_vals = {"type_id": outside[0], "kind_id": outside[1]} if outside[0] else {"state": "to_review"}
            return {**type_vals, "service_id": service_id, "why": because("scope_outside")}
        doubt = self._doubt(line, requests) if decision == PERHAPS else None
        if type_id not in inside:
            doubt = doubt or because("scope_inside")
        vals = {"service_id": service_id, **({"state": "to_review", "why": doubt} if doubt else {})}
        if type_id in inside:
            self._count_in(event, service_id, {**event.vals, **vals}["state"] == "confirmed", made)
        return vals

    @api.model
    def _doubt(self, line, requests):
        return because(
            "scope_limit",
            limit=line.monthly_limit,
            confirmed=requests.confirmed,
            to_review=requests.to_review,
        )

    @api.model
    def _requests_before(self, event, service_id, made):
        """Return the client's ``Requests`` for a service in the month of ``event``, up to it."""
        place = event.client_id, service_id, event.month
        if place not in made:
            made[place] = event.requests(service_id, self._request_types()[0]) if event.requests else {}
        this = event.date, event.logged_id or math.inf
        before = [state for key, (*at, state) in made[place].items() if key != event.key and tuple(at) < this]
        return Requests(sum(before), len(before) - sum(before))

    @api.model
    def _count_in(self, event, service_id, is_confirmed, made):
        """Add a request of the batch to ``made``, so that it counts for later ones."""
        requests = made.get((event.client_id, service_id, event.month))
        if requests is not None:
            requests.setdefault(event.key, (event.date, UNLOGGED + len(requests), is_confirmed))

    @api.model
    @settled_cache()
    def _request_types(self):
        """Return the types of requests as ``({ids inside}, (id, kind id) outside)`` (cached)."""
        types = self.env["crm.interaction.type"].sudo()  # sudo: the poster may be a portal user
        outside = types._of_role("additional_request")
        return frozenset(types._of_role("request").ids), (outside.id, outside.kind_id.id)
