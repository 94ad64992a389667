from collections import defaultdict
from statistics import median

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..events.event import CHANNELS
from ..events.local_time import first_of_month
from ..matters.crm_interaction_matter import ASKED_BY

STATES = [
    ("received", "Received"),
    ("acknowledged", "In Work"),
    ("answered", "Answered, Please Confirm"),
    ("closed", "Closed"),
]
ROWS = """
    SELECT m.id, m.company_id, m.commercial_partner_id, m.partner_id, m.opened_on, m.asked_by,
           o.channel, CASE WHEN o.state = 'confirmed' THEN o.type_id END AS type_id,
           CASE WHEN m.waiting = 'us' THEN m.due END AS due,
           CASE WHEN m.is_open IS NOT TRUE THEN 'closed' WHEN m.waiting = 'client' THEN 'answered'
                WHEN m.acknowledged_on IS NOT NULL THEN 'acknowledged' ELSE 'received' END AS state,
           m.our_answered_on, m.our_hours, m.their_answered_on, m.their_hours
      FROM crm_interaction_matter m
      LEFT JOIN LATERAL (
           SELECT i.channel, i.state, i.type_id FROM crm_interaction i
            WHERE i.matter_id = m.id AND i.active ORDER BY i.date, i.id LIMIT 1) o ON TRUE
     WHERE m.active AND m.from_history IS NOT TRUE AND %s
"""


class CrmInteractionPortalMatter(models.Model):
    """Show a person the matters that this person opened, or that wait for this person: since when and until when.

    A matter has no text. Its name is the confirmed type's name for clients; suggestions are not shown.
    """

    _name = "crm.interaction.portal.matter"
    _inherit = "crm.interaction.portal.mixin"
    _description = "Matter in the Client's Account"
    _auto = False
    _order = "opened_on desc, id desc"
    _depends = {
        "crm.interaction": ["active", "channel", "date", "matter_id", "state", "type_id"],
        "crm.interaction.matter": [
            "acknowledged_on", "active", "asked_by", "commercial_partner_id", "company_id", "due", "from_history",
            "is_open", "opened_on", "our_answered_on", "our_hours", "partner_id",
            "their_answered_on", "their_hours", "waiting",
        ],
        "res.partner": ["active", "interaction_client_until"],
    }  # fmt: skip

    partner_id = fields.Many2one("res.partner", "Contact", readonly=True)
    type_id = fields.Many2one("crm.interaction.type", readonly=True, groups="base.group_user")
    label = fields.Char("Subject", compute="_compute_label", compute_sudo=True)
    channel = fields.Selection(CHANNELS, readonly=True)
    asked_by = fields.Selection(ASKED_BY, readonly=True)
    opened_on = fields.Datetime("Asked", readonly=True)
    due = fields.Datetime("Answer Due", readonly=True)
    state = fields.Selection(STATES, "Status", readonly=True)
    our_answered_on = fields.Datetime("We Answered", readonly=True)
    our_hours = fields.Float("Our Answer Time", readonly=True, aggregator=None)
    their_answered_on = fields.Datetime("You Answered", readonly=True)
    their_hours = fields.Float("Your Answer Time", readonly=True, aggregator=None)

    @property
    def _table_query(self):
        return SQL(ROWS, self._lasts_sql(SQL("m.commercial_partner_id")))

    @api.depends("type_id")
    @api.depends_context("lang")
    def _compute_label(self):
        for matter in self:
            matter.label = matter.type_id.client_name or self.env._("Your message")

    @api.model
    def _waiting_for_us(self):
        """Return the domain of what the user asked and is not closed."""
        return Domain("asked_by", "=", "client") & Domain("state", "!=", "closed")

    @api.model
    def _answer_times(self):
        """Return ``{month: [(side, number of answers, median working hours)]}`` of what the user sees, by answers."""
        zone = self.env.company._interaction_zone()
        found = defaultdict(lambda: defaultdict(list))
        for matter in self.search(Domain.TRUE):
            for side in ("our", "their"):
                if answered := matter[f"{side}_answered_on"]:
                    found[first_of_month(answered, zone)][side].append(matter[f"{side}_hours"])
        return {
            month: [(side, len(hours), median(hours)) for side, hours in sorted(sides.items())]
            for month, sides in found.items()
        }
