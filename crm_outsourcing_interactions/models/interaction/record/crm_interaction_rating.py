from odoo import api, fields, models

from ...capture.hooks.rating_rating import polarity_of


class CrmInteraction(models.Model):
    """The number of a rating, beside what it says of our services."""

    _inherit = "crm.interaction"

    rating_value = fields.Float(
        "Rating",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="The client's rating from 1 to 5, the mean in groups; empty for everything but ratings.",
    )

    @api.model
    def _prepare_interaction_vals(self, event):
        vals = super()._prepare_interaction_vals(event)
        return {**vals, "rating_value": event.rating_value} if event.rating_value else vals

    @api.model
    def _correct_ratings(self, events, new):
        """Have ratings that are logged already say what their client says now.

        :param list events: ``Event`` objects of ratings, as they are now.
        :param new: those interactions that were logged for them just now.
        """
        by_key = {event.key: event for event in events}
        keys = by_key.keys() - set(new.mapped("origin_key"))
        if not keys:
            return
        # sudo: whoever holds the link of the mail may rate
        logged = self.sudo().with_context(active_test=False)._by_code().search([("origin_key", "in", list(keys))])
        for interaction in logged:
            interaction._correct_rating(by_key[interaction.origin_key])

    def _correct_rating(self, event):
        """Take over the number, and what it says unless a person has said something else than the number did."""
        before = self.rating_value
        if before == event.rating_value:
            return
        vals = {"rating_value": event.rating_value}
        if (self.polarity or "") == polarity_of(before):
            vals["polarity"] = event.polarity
        if self.classified_by != "person":
            vals["reason"] = self.env._(
                "The client corrected the rating from %(before)g to %(now)g", before=before, now=event.rating_value
            )
        self.write(vals)
