"""Read the rating of a message."""

from functools import cached_property

from ..hooks.rating_rating import polarity_of


class RatingReader:
    """Add the rating of a ``MessageReader``.

    Odoo sets the posting user as the customer of a rating, whoever wrote the message: for a visitor with a link the
    public user. Such a rating is not captured; its value is stored on the interaction of the message.
    """

    @cached_property
    def rating(self):
        """Return the rating (``rating.rating``, sudo) given with the message, possibly none."""
        # a postponed or retried message has no values
        id_ = self.msg_vals.get("rating_id") if self.msg_vals else self.message.rating_ids[:1].id
        # sudo: the link is enough to rate
        rating = self.env["rating.rating"].sudo().browse(id_ or ()).exists()
        is_of_record = (rating.res_model, rating.res_id) == (self.record._name, self.record.id)
        is_forged = self.is_by_visitor and not self.is_new(rating)
        return rating if is_of_record and not is_forged else rating.browse()

    def is_new(self, rating):
        """Return whether ``rating`` was created with the message; a visitor may refer to any other one."""
        return rating.create_date == self.env.cr.now() and rating.create_uid == self.env.user

    def rated(self):
        """Return the event values for the rating of a message that is not captured itself."""
        if not self.rating.consumed or not self.is_new(self.rating):
            return {}
        value = self.rating.rating
        return {"polarity": polarity_of(value), "rating_value": value}
