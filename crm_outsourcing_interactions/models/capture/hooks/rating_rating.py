from odoo import api, models

from odoo.addons.rating.models.rating_data import _rating_to_text

POLARITIES = {"top": "positive", "ok": "neutral", "ko": "negative"}


def polarity_of(value):
    """Return the polarity of a rating value, empty without a rating.

    >>> polarity_of(5), polarity_of(3), polarity_of(1), polarity_of(0)
    ('positive', 'neutral', 'negative', '')
    """
    return POLARITIES.get(_rating_to_text(value), "")


class RatingRating(models.Model):
    """Capture ratings, and their corrections by the same link."""

    _inherit = "rating.rating"

    @api.model_create_multi
    def create(self, vals_list):
        ratings = super().create(vals_list)
        self.env["crm.interaction.capture"]._ratings(ratings.filtered("consumed"))
        return ratings

    def write(self, vals):
        if not {"rating", "consumed"} & vals.keys():
            return super().write(vals)
        before = {rating: (rating.consumed, rating.rating) for rating in self}
        res = super().write(vals)
        given = self.filtered(lambda rating: rating.consumed and before[rating] != (True, rating.rating))
        self.env["crm.interaction.capture"]._ratings(given)
        return res
