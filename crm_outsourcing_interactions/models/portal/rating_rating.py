from odoo import api, fields, models

from ..events.local_time import first_of_month
from ..requests.file_names import clean_text

LONGEST = 5_000
"""Maximum number of characters of a remark."""


class RatingRating(models.Model):
    """Let a person rate the firm once a month under *Rate Us*; rating again in that month corrects the rating."""

    _inherit = "rating.rating"

    interaction_slot = fields.Char(readonly=True, copy=False, groups="base.group_system")

    _interaction_slot_unique = models.UniqueIndex("(interaction_slot) WHERE interaction_slot IS NOT NULL")

    @api.model
    def _interaction_slot_of(self, person):
        month = first_of_month(fields.Datetime.now(), self.env.company._interaction_zone())
        return f"{person.id},{person.commercial_partner_id.id},{month}"

    @api.model
    def _interaction_of_month(self, person):
        """Return the rating (sudo mode, possibly none) that a ``person`` (``res.partner``) has given this month."""
        # sudo: clients have no access to ratings; the person is the user, whom the controller gives
        return self.sudo().search([("interaction_slot", "=", self._interaction_slot_of(person))])

    @api.model
    def _interaction_rate(self, person, value, text):
        """Store the rating of the firm by a ``person``, 1 to 5, with a remark; it is captured as one interaction."""
        given = {"rating": value, "feedback": clean_text(text)[:LONGEST], "consumed": True}
        if known := self._interaction_of_month(person):
            known.write(given)
            return known
        client = person.commercial_partner_id
        # sudo: as above
        return self.sudo().create(
            {
                **given,
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": client.id,
                "partner_id": person.id,
                "rated_partner_id": client.interaction_accountant_id.partner_id.id,
                "interaction_slot": self._interaction_slot_of(person),
            }
        )
