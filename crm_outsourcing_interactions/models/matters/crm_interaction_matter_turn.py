from odoo import fields, models
from odoo.tools import SQL

from ..roles.crm_interaction_persons_mixin import READER

SIDES = [("us", "Us"), ("client", "Client")]
ROWS = """
    SELECT id, create_uid, create_date, write_uid, write_date, matter_id, side, %(user)s AS user_id, start, date_from,
           date_to, hours, due, allowed
      FROM crm_interaction_matter_turn
     UNION ALL
    SELECT -m.id, m.create_uid, m.create_date, m.write_uid, m.write_date, m.id, m.waiting, %(runner)s,
           m.waiting_from, m.waiting_from, NULL, m.hours_running, m.due, m.allowed
      FROM crm_interaction_matter m LEFT JOIN res_partner p ON p.id = m.commercial_partner_id
     WHERE m.is_open IS TRUE AND m.active AND m.waiting_from IS NOT NULL AND m.waiting <> 'nobody'
"""


class CrmInteractionMatterTurn(models.Model):
    """Store how long each side, and which colleague, had to move in a matter.

    A row is written when a turn ends, divided at a change of the accountant and at the days of a deputy. It is never
    measured again, but deleted when a change of the interactions takes its turn away. Queries add the turn that runs,
    without an end, from its matter. Persons whose figures the reader may not see are left out.
    """

    _name = "crm.interaction.matter.turn"
    _inherit = ["crm.interaction.protected.mixin", "crm.interaction.persons.mixin"]
    _description = "Turn of a Matter"
    _order = "date_from, id"
    _protected_fields = frozenset(
        {"matter_id", "side", "user_id", "start", "date_from", "date_to", "hours", "due", "allowed"}
    )

    _depends = {
        "crm.interaction.matter": [
            "active", "allowed", "commercial_partner_id", "due", "hours_running", "is_open", "user_id", "waiting",
            "waiting_from",
        ],
        "res.partner": ["interaction_accountant_id"],
    }  # fmt: skip

    matter_id = fields.Many2one("crm.interaction.matter", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="matter_id.company_id")
    commercial_partner_id = fields.Many2one(related="matter_id.commercial_partner_id", string="Client")
    side = fields.Selection(SIDES, required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Responsible", readonly=True, depends_context=READER, index="btree_not_null", ondelete="set null",
        help="Accountant of the client, or the deputy, at that time.",
    )  # fmt: skip
    start = fields.Datetime("With This Side Since", required=True, readonly=True)
    date_from = fields.Datetime("From", required=True, readonly=True)
    date_to = fields.Datetime("To", required=True, readonly=True, help="Empty: the turn still runs.")
    hours = fields.Float("Working Hours", readonly=True)
    due = fields.Datetime(readonly=True)
    allowed = fields.Integer("Working Seconds Allowed", readonly=True, aggregator=None)

    @property
    def _table_query(self):
        runner = SQL("COALESCE(p.interaction_accountant_id, m.user_id)")
        return SQL(ROWS, user=self._person_to_sql(SQL("user_id")), runner=self._person_to_sql(runner))
