from odoo import fields, models


class CrmInteractionMatterShare(models.Model):
    """Store the hours of others than the person to whom the answer of a matter is attributed.

    Most matters have no such rows. They are derived with the matter, and never outlast it. Nobody has
    access to them.
    """

    _name = "crm.interaction.matter.share"
    _description = "Person's Share of a Matter"

    matter_id = fields.Many2one("crm.interaction.matter", required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", "Person", index="btree_not_null", ondelete="set null")
    hours = fields.Float("Working Hours")
    is_answerer = fields.Boolean("Answered", help="Was responsible when the answer was given.")

    _by_person_id = models.Index("((2 * id + 1))")
