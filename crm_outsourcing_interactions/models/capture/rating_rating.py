from odoo import api, models


class RatingRating(models.Model):
    """Tells capture of ratings given."""

    _inherit = "rating.rating"

    @api.model_create_multi
    def create(self, vals_list):
        ratings = super().create(vals_list)
        self.env["crm.interaction.capture"]._ratings(ratings.filtered("consumed"))
        return ratings

    def write(self, vals):
        given = self.filtered(lambda rating: not rating.consumed) if vals.get("consumed") else self.browse()
        res = super().write(vals)
        self.env["crm.interaction.capture"]._ratings(given)
        return res
