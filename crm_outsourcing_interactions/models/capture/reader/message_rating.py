"""Reads the rating that came with a message."""

from functools import cached_property

from ..hooks.rating_rating import polarity_of


class RatingReader:
    """What a ``MessageReader`` says of ratings.

    Odoo takes for the customer of a rating the user who posts it, whoever wrote the message: for a visitor with a link
    nobody in particular. Such a rating is no contact; the message is, and has its number.
    """

    @cached_property
    def rating(self):
        """The rating (``rating.rating``, sudo) that was given with the message, possibly none."""
        # a message that leaves later, or is tried again, has no values
        id_ = self.msg_vals.get("rating_id") if self.msg_vals else self.message.rating_ids[:1].id
        # sudo: whoever holds the link may rate
        rating = self.env["rating.rating"].sudo().browse(id_ or ()).exists()
        is_of_record = (rating.res_model, rating.res_id) == (self.record._name, self.record.id)
        is_forged = self.is_by_visitor and not self.is_new(rating)
        return rating if is_of_record and not is_forged else rating.browse()

    def is_new(self, rating):
        """Say whether ``rating`` was made with the message itself: a visitor may name any other one."""
        return rating.create_date == self.env.cr.now() and rating.create_uid == self.env.user

    def rated(self):
        """Return the values of the event of a message whose rating nobody else's contact is."""
        if not self.rating.consumed or not self.is_new(self.rating):
            return {}
        value = self.rating.rating
        return {"polarity": polarity_of(value), "rating_value": value}
