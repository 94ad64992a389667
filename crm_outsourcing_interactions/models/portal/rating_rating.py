from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError

from ..events.local_time import first_of_month
from ..requests.file_names import LONGEST_TEXT, clean_text


class RatingRating(models.Model):
    """Let a person rate the firm once a month under *Rate us*; rating again in that month corrects the rating."""

    _inherit = "rating.rating"

    interaction_slot = fields.Char(readonly=True, copy=False, groups="base.group_system", prefetch=False)

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
        """Store the rating of the firm by a ``person``, 1 to 5, with a remark; it is captured as one interaction.

        :raises ConcurrencyError: when the person rates for the first time by two requests at once; Odoo then runs the
            second one again, which corrects the first.
        """
        given = {"rating": value, "feedback": clean_text(text)[:LONGEST_TEXT], "consumed": True}
        if known := self._interaction_of_month(person):
            known.write(given)
            return known
        try:
            with self.env.cr.savepoint():
                # sudo: as above
                return self.sudo().create({**given, **self._prepare_interaction_rating_vals(person)})
        except UniqueViolation as error:
            raise ConcurrencyError(str(error)) from error

    @api.model
    def _prepare_interaction_rating_vals(self, person):
        """Return the values of a rating of the firm by a ``person``, without what the person says."""
        client = person.commercial_partner_id.sudo()  # sudo: who looks after them is not for clients
        return {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "res_id": client.id,
            "partner_id": person.id,
            "rated_partner_id": client.interaction_accountant_id.partner_id.id,
            "interaction_slot": self._interaction_slot_of(person),
        }
