from odoo import api, models
from odoo.exceptions import ValidationError

from . import norms


class CrmInteractionNorm(models.Model):
    """What makes no sense as a norm is refused, with the reason."""

    _inherit = "crm.interaction.norm"

    @api.constrains("measure", "kind_id", "type_id")
    def _check_subject(self):
        for norm in self:
            if norm.measure == "kind_share" and not norm.kind_id:
                raise ValidationError(self.env._("Say of which kind “%s” is the share.", norm.name))
            if norm.measure in norms.TYPE_MEASURES and not norm.type_id:
                raise ValidationError(self.env._("Say of which type of contact “%s” is.", norm.name))

    @api.constrains("measure", "bound", "low", "high", "tolerance")
    def _check_limits(self):
        for norm in self:
            if norm.measure == norms.INTERVAL and (norm.bound != "ceiling" or norm.high <= 0):
                raise ValidationError(self.env._("“%s” needs “At most” and a number of days.", norm.name))
            if norm.bound == "range" and norm.low > norm.high:
                raise ValidationError(self.env._("“%s”: the lower limit is above the upper one.", norm.name))
            norm._check_percent()

    def _check_percent(self):
        if self.measure == norms.INTERVAL and max(self.high, self.tolerance) > norms.DAYS_AT_MOST:
            raise ValidationError(
                self.env._("“%(norm)s”: at most %(days)s days.", norm=self.name, days=f"{norms.DAYS_AT_MOST:,}")
            )
        at_most = {**dict.fromkeys(norms.SHARES, 1.0), **dict.fromkeys(norms.RATIOS, norms.RATIO_AT_MOST)}
        limit = at_most.get(self.measure)
        if limit and max(self.low, self.high, self.tolerance) > limit:
            raise ValidationError(
                self.env._(
                    "“%(norm)s”: a percentage lies between 0 and %(limit)d %%.", norm=self.name, limit=100 * limit
                )
            )

    @api.constrains("partner_id")
    def _check_partner(self):
        for norm in self.filtered("partner_id"):
            client = norm.partner_id.commercial_partner_id
            if client != norm.partner_id:
                raise ValidationError(
                    self.env._(
                        "A norm is agreed with the client “%(client)s”, not with its contact “%(contact)s”.",
                        client=client.display_name,
                        contact=norm.partner_id.display_name,
                    )
                )

    @api.constrains("measure", "kind_id", "type_id", "partner_id", "company_id", "date_from", "date_to", "active")
    def _check_overlap(self):
        """One measure of one client has one norm at a time; else it would be judged twice."""
        # sudo: the norms of clients whom the user does not see count as well
        others = self.sudo().search(
            [("measure", "in", self.mapped("measure")), ("company_id", "in", self.company_id.ids)]
        )
        by_key = others.grouped(lambda norm: norm._subject_key())
        for norm in self.filtered("active").sudo():
            for other in by_key.get(norm._subject_key(), self.browse()) - norm:
                if norms.overlap((norm.date_from, norm.date_to), (other.date_from, other.date_to)):
                    raise ValidationError(
                        self.env._(
                            "“%(norm)s” and “%(other)s” are valid at the same time for the same measure. "
                            "End one of them before the other begins.",
                            norm=norm.name,
                            other=other.name,
                        )
                    )

    def _measure_key(self):
        """Return what is measured: norms with the same key take each other's place."""
        return (self.company_id.id, self.measure, self.kind_id.id, self.type_id.id)

    def _subject_key(self):
        return (*self._measure_key(), self.partner_id.id)
