from collections import defaultdict

from odoo import models
from odoo.tools.misc import format_date, format_time

from ..models.events.local_time import local_day
from .client_page import points

POINTS_AT_MOST = 10
REQUEST = [("kind_id.ratio_role", "=", "additional"), ("direction", "=", "incoming")]
COMPLAINT = [
    ("type_id.role", "=", "opinion"),
    ("polarity", "=", "negative"),
    ("state", "=", "confirmed"),
    ("matter_id.complaint_state", "=", "open"),
]
REVIEWED = [("state", "!=", "to_review")]
SHOWN = (
    "commercial_partner_id", "date", "message_id", "type_id", "direction", "channel", "res_model", "res_id",
)  # fmt: skip


class ClientReport(models.AbstractModel):
    """Add the open points for the review meeting by day and subject.

    They are reviewed interactions from the client: unanswered complaints of any time, and requests for additional
    services in the period. A subject is printed only if the client wrote it, on a document that the user may read;
    texts by the staff, e.g. the subject of a call, are internal. In their place stand time, the type's name for the
    client, channel and direction.
    """

    _inherit = "report.crm_outsourcing_interactions.client_page"

    def _points(self, company, period, clients):
        """Return ``{client: (Point, …)}``."""
        zone = company._interaction_zone()
        domain = self.env["crm.interaction.summary.report.xlsx"]._summary_report_domain(company, period, clients)
        until_now = [
            ("company_id", "=", company.id),
            ("commercial_partner_id", "in", clients.ids),
            ("date", "<", period.bounds(zone)[1]),
        ]
        requests = self._found([*domain, *REQUEST, *REVIEWED])
        with_offer, without_offer = self._by_offer(requests)
        sorts = {
            self.env._("Complaints not yet answered"): self._found([*until_now, *COMPLAINT]),
            self.env._("Requests for further services not yet answered by an offer"): without_offer,
            self.env._("Requests for further services under discussion"): with_offer,
        }
        by_client = defaultdict(lambda: {label: [] for label in sorts})
        for label, interactions in sorts.items():
            for interaction in interactions:
                by_client[interaction.commercial_partner_id.id][label].append(self._point_line(interaction, zone))
        return {client: points(groups, POINTS_AT_MOST) for client, groups in by_client.items()}

    def _found(self, domain):
        """Return the interactions matching ``domain``, the latest first, with the data of their lines, in one query."""
        return self.env["crm.interaction"].search_fetch(domain, SHOWN, order="date desc, id desc")

    def _by_offer(self, requests):
        """Return requests with a pending opportunity and those without any; won or lost ones are settled."""
        # sudo: only the status is read of opportunities
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        rows = leads._read_group([("interaction_id", "in", requests.ids)], ["interaction_id"], ["won_status:array_agg"])
        statuses = {interaction.id: states for interaction, states in rows}
        return (
            requests.filtered(lambda request: "pending" in statuses.get(request.id, ())),
            requests.filtered(lambda request: request.id not in statuses),
        )

    def _point_line(self, interaction, zone):
        """Return day and subject; without one, all that tells the interaction from another of its type."""
        day = format_date(self.env, local_day(interaction.date, zone))
        if subject := self._own_subject(interaction):
            return f"{day} · {subject}"
        time = format_time(self.env, interaction.date, tz=zone, time_format="short")
        way = self._names_of("channel")[interaction.channel]
        side = {"incoming": self.env._("from you"), "outgoing": self.env._("to you")}.get(interaction.direction)
        return " · ".join(filter(None, (f"{day} {time}", interaction.type_id.client_name, way, side)))

    def _names_of(self, name):
        return dict(self.env["crm.interaction"]._fields[name]._description_selection(self.env))

    def _own_subject(self, interaction):
        """Return the subject of the client's own message on a document that the user may read, else an empty string."""
        # sudo: only the subject of the client's own message
        message = interaction.message_id.sudo()
        author = message.author_id.commercial_partner_id
        is_own = author and author == interaction.commercial_partner_id and not interaction.is_document_hidden
        return (is_own and message.subject) or ""
