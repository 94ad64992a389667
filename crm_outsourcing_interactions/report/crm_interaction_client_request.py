from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError, UserError

from ..models.events.crm_interaction_ranges_mixin import DAYS, is_day_within
from .period import Period

MOST_CLIENTS = 10_000
MOST_ID = 2**31 - 1


class ClientReport(models.AbstractModel):
    """Validate the request for a client report, whose parameters any user may put in the address."""

    _inherit = "report.crm_outsourcing_interactions.client_page"

    @api.model
    def _options(self, clients, company, period):
        """Return the options (dict) of the report for ``clients`` of a company in a ``Period``."""
        days = {"date_from": period.start.isoformat(), "date_to": period.end.isoformat()}
        return {**days, "client_ids": clients.ids, "company_id": company.id}

    @api.model
    def _clients(self, docids, data):
        """Return the clients with the ids ``docids``, or else those in ``data``.

        :raises UserError: for invalid ids, and for too many of them.
        :raises MissingError: when none of them exists.
        """
        ids = docids or data.get("client_ids") or []
        if not are_ids(ids):
            raise UserError(self.env._("“%s” is not a list of clients. Select the clients again.", "client_ids"))
        if len(ids) > MOST_CLIENTS:
            raise UserError(self.env._("Select at most %s clients.", f"{MOST_CLIENTS:,}"))
        clients = self.env["res.partner"].browse(ids).exists().commercial_partner_id
        if not clients:
            raise MissingError(self.env._("The client does not exist any more. Select another one."))
        return clients

    @api.model
    def _company(self, data):
        """Return the company in ``data``, by default the current one.

        :raises AccessError: when the reader has no access to it.
        """
        id_ = data.get("company_id")
        if id_ and id_ not in self.env.companies.ids:
            raise AccessError(self.env._("You have no access to this company. Switch to it first."))
        return self.env["res.company"].browse(id_) or self.env.company

    @api.model
    def _period(self, data, company):
        """Return the ``Period`` in ``data``, by default the last full month.

        :raises UserError: when it is invalid.
        """
        days = [data.get(name) for name in ("date_from", "date_to")]
        if not any(days):
            return Period.last_month(company._interaction_today())
        if not all(days) or not all(is_day_within(day, *DAYS) for day in days):
            first, last = map(self.env["crm.interaction.summary.report"]._bound_text, DAYS)
            raise UserError(self.env._("Enter a period between %(first)s and %(last)s.", first=first, last=last))
        period = Period(*map(fields.Date.to_date, days))
        if period.end < period.start:
            raise UserError(self.env._("The period cannot end before it begins. Correct the dates."))
        return period


def are_ids(value):
    """Return whether ``value`` is a list of record ids.

    >>> are_ids([7, 8]), are_ids("x"), are_ids([True]), are_ids([10**30]), are_ids({"a": 1})
    (True, False, False, False, False)
    """
    return isinstance(value, list | tuple) and all(type(id_) is int and 0 < id_ <= MOST_ID for id_ in value)
