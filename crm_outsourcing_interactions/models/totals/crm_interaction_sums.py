from odoo import fields, models

from .plan import TOTALS
from .sums import unique

OF_CLIENT, OF_WORK, OF_HOURS = (f"({unique(total.keys)})" for total in TOTALS)


class BigInteger(fields.Integer):
    """Store an integer of 64 bits."""

    _column_type = ("int8", "int8")


class CrmInteractionSums(models.AbstractModel):
    """Define a table of sums of interactions, see ``sums.py``, written by triggers only.

    Keys are plain integers without foreign keys, which would change derived rows independently of their source.
    """

    _name = "crm.interaction.sums"
    _description = "Sums of Interactions"

    company_id = fields.Integer()
    month = fields.Date()
    n = fields.Integer("Purposes")
    contacts = fields.Integer("Interactions")
    timed = fields.Integer("With Duration")
    time = BigInteger("Duration")
    open_n = fields.Integer("To Review")
    open_contacts = fields.Integer("Interactions to Review")
    open_time = BigInteger("Duration To Review")


class CrmInteractionTotalClient(models.Model):
    """Hold sums by month, client and kind, for shares and ratios."""

    _name = "crm.interaction.total.client"
    _inherit = ["crm.interaction.sums"]
    _description = "Totals by Client"
    _log_access = False

    commercial_partner_id = fields.Integer("Client", index=True)
    kind_id = fields.Integer()

    _keys = models.UniqueIndex(OF_CLIENT)


class CrmInteractionTotalWork(models.Model):
    """Hold sums by all keys but the client, such as channel and responsible."""

    _name = "crm.interaction.total.work"
    _inherit = ["crm.interaction.sums"]
    _description = "Totals by Responsible"
    _log_access = False

    user_id = fields.Integer("Responsible", index=True)
    type_id = fields.Integer()
    kind_id = fields.Integer()
    direction = fields.Char()
    channel = fields.Char()
    event = fields.Char("Source")
    state = fields.Char("Status")
    quality = fields.Char("Classification Quality")

    _keys = models.UniqueIndex(OF_WORK)


class CrmInteractionTotalHours(models.Model):
    """Hold sums by month, client and responsible, for contact hours."""

    _name = "crm.interaction.total.hours"
    _inherit = ["crm.interaction.sums"]
    _description = "Totals of Contact Hours"
    _log_access = False

    commercial_partner_id = fields.Integer("Client", index=True)
    user_id = fields.Integer("Responsible")

    _month = models.Index("(month)")
    _keys = models.UniqueIndex(OF_HOURS)


class CrmInteractionTotalPending(models.Model):
    """Hold the changes not yet folded into the totals, by all their keys."""

    _name = "crm.interaction.total.pending"
    _inherit = ["crm.interaction.sums"]
    _description = "Pending Changes of Totals"
    _log_access = False

    commercial_partner_id = fields.Integer("Client")
    user_id = fields.Integer("Responsible")
    type_id = fields.Integer()
    kind_id = fields.Integer()
    direction = fields.Char()
    channel = fields.Char()
    event = fields.Char("Source")
    state = fields.Char("Status")
    quality = fields.Char("Classification Quality")
