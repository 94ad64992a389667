from odoo import fields, models

SIDES = [("us", "Us"), ("client", "Client")]


class CrmInteractionMatterTurn(models.Model):
    """Store how long each side, and which colleague, had to move in a matter.

    A row is written when a turn ends, divided at a change of the accountant and at the days of a deputy. It is never
    measured again, but deleted when a change of the interactions takes its turn away.
    """

    _name = "crm.interaction.matter.turn"
    _inherit = ["crm.interaction.protected.mixin", "crm.interaction.persons.mixin"]
    _description = "Turn of a Matter"
    _order = "date_from, id"
    _protected_fields = frozenset(
        {"matter_id", "side", "user_id", "start", "date_from", "date_to", "hours", "due", "allowed"}
    )

    matter_id = fields.Many2one("crm.interaction.matter", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="matter_id.company_id")
    commercial_partner_id = fields.Many2one(related="matter_id.commercial_partner_id", string="Client")
    side = fields.Selection(SIDES, required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Responsible", readonly=True, index="btree_not_null", ondelete="set null",
        help="Accountant of the client, or the deputy, at that time.",
    )  # fmt: skip
    start = fields.Datetime("Turn Began", required=True, readonly=True)
    date_from = fields.Datetime("From", required=True, readonly=True)
    date_to = fields.Datetime("To", required=True, readonly=True)
    hours = fields.Float("Working Hours", readonly=True)
    due = fields.Datetime(readonly=True)
    allowed = fields.Integer("Working Seconds Allowed", readonly=True, aggregator=None)
