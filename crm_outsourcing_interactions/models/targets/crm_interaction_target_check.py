from odoo import api, models
from odoo.exceptions import ValidationError

from . import targets


class CrmInteractionTarget(models.Model):
    """Reject inconsistent targets with an explanation."""

    _inherit = "crm.interaction.target"

    @api.constrains("measure", "kind_id", "type_id")
    def _check_subject(self):
        for target in self:
            if target.measure == "kind_share" and not target.kind_id:
                raise ValidationError(self.env._("Select the kind that “%s” measures.", target.name))
            if target.measure in targets.TYPE_MEASURES and not target.type_id:
                raise ValidationError(self.env._("Select the type that “%s” measures.", target.name))

    @api.constrains("measure", "bound", "low", "high", "tolerance")
    def _check_limits(self):
        for target in self:
            if target.measure == targets.INTERVAL and (target.bound != "ceiling" or target.high <= 0):
                raise ValidationError(self.env._("“%s” needs “At most” and a number of days.", target.name))
            if target.bound == "range" and target.low > target.high:
                raise ValidationError(self.env._("“%s”: the lower limit is above the upper one.", target.name))
            target._check_percent()

    def _check_percent(self):
        if self.measure == targets.INTERVAL and max(self.high, self.tolerance) > targets.DAYS_AT_MOST:
            raise ValidationError(
                self.env._(
                    "“%(target)s”: enter at most %(days)s days.", target=self.name, days=f"{targets.DAYS_AT_MOST:,}"
                )
            )
        at_most = {**dict.fromkeys(targets.SHARES, 1.0), **dict.fromkeys(targets.RATIOS, targets.RATIO_AT_MOST)}
        limit = at_most.get(self.measure)
        if limit and max(self.low, self.high, self.tolerance) > limit:
            raise ValidationError(
                self.env._(
                    "“%(target)s”: enter a percentage between 0 and %(limit)d %%.", target=self.name, limit=100 * limit
                )
            )

    @api.constrains("partner_id")
    def _check_partner(self):
        for target in self.filtered("partner_id"):
            client = target.partner_id.commercial_partner_id
            if client != target.partner_id:
                raise ValidationError(
                    self.env._(
                        "A target is agreed with the client “%(client)s”, not with its contact “%(contact)s”.",
                        client=client.display_name,
                        contact=target.partner_id.display_name,
                    )
                )

    @api.constrains("measure", "kind_id", "type_id", "partner_id", "company_id", "date_from", "date_to", "active")
    def _check_overlap(self):
        """Reject overlapping targets of one client and measure, which would be evaluated twice."""
        # sudo: targets of clients outside the user's access count as well
        others = self.sudo().search(
            [("measure", "in", self.mapped("measure")), ("company_id", "in", self.company_id.ids)]
        )
        by_key = others.grouped(lambda target: target._subject_key())
        for target in self.filtered("active").sudo():
            for other in by_key.get(target._subject_key(), self.browse()) - target:
                if targets.overlap((target.date_from, target.date_to), (other.date_from, other.date_to)):
                    raise ValidationError(
                        self.env._(
                            "“%(target)s” and “%(other)s” are valid at the same time for the same measure. "
                            "End one of them before the other begins.",
                            target=target.name,
                            other=other.name,
                        )
                    )

    @api.model
    def _merge_clients(self, sources, client):
        """Archive the targets of clients (``sources``) merged into ``client`` that overlap with one that stays."""
        found = self.search([("partner_id", "in", (sources | client).ids)])
        own_first = found.sorted(lambda target: (target.partner_id != client, target.id))
        for same in own_first.grouped(lambda target: target._measure_key()).values():
            kept = []
            for target in same:
                period = target.date_from, target.date_to
                if any(targets.overlap(period, other) for other in kept):
                    target.active = False
                else:
                    kept.append(period)

    def _measure_key(self):
        """Return the key of what is measured; targets with the same key replace each other."""
        return (self.company_id.id, self.measure, self.kind_id.id, self.type_id.id)

    def _subject_key(self):
        return (*self._measure_key(), self.partner_id.id)
