from odoo import api, fields, models

from . import targets

BREACHES = [
    ("open", "Unresolved"),
    ("carried", "Carried over to the next month"),
    ("mended", "Back on target"),
    ("settled", "Closed by a person"),
    ("found", "Found at the first refresh"),
]


class CrmInteractionIndicator(models.Model):
    """Track breaches: red indicators open one activity per client for the responsible user.

    - The first evaluation of a target concerns the past and opens no activities, see ``_report_found``.
    - The verdict is that of the current month, or of the previous one while the current month has no data.
    - The activity is closed once all its indicators are green again; yellow neither opens nor closes one.
    - After a user has marked it done or deleted it, no new one opens in the same month.
    - It is on the client and assigned to its accountant; for the whole firm, on the target and assigned to the
      target's responsible.
    """

    _inherit = "crm.interaction.indicator"

    breach = fields.Selection(BREACHES, readonly=True, copy=False)
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )

    _open_breaches = models.Index("(company_id) WHERE breach = 'open'")

    @api.model
    def _update_breaches(self, company, this_month):
        """Open and close activities in batches according to the current verdicts."""
        current = self.search([("company_id", "=", company.id), ("month", "=", this_month)])
        carried = self._carry_breaches(company, current, this_month)
        verdicts = self._verdicts(company, current, this_month)
        states = {
            indicator: targets.next_breach(
                indicator.breach,
                verdicts[indicator],
                indicator.activity_id.active,
                is_first=not indicator.target_id.evaluated_since,
            )
            for indicator in current
        }
        changed = {state: [] for state in dict(BREACHES)}
        for indicator, state in states.items():
            if state != indicator.breach:
                changed[state].append(indicator)
        for state in ("settled", "found"):
            self.browse().union(*changed[state]).breach = state
        self.browse().union(*changed["mended"])._close_breaches(self.env._("The value is on target again."))
        opened = self.browse().union(*changed["open"])
        opened._open_breaches_now(current)
        self._describe_breaches((carried | opened).activity_id)

    def _subject_key(self):
        return (self.target_id.id, self.partner_id.id)

    @api.model
    def _carry_breaches(self, company, current, this_month):
        """Carry open breaches of earlier months over to this month; close those without an indicator now.

        :returns: the indicators of this month that took over a breach.
        """
        carried = self.browse()
        earlier = self.search([("company_id", "=", company.id), ("breach", "=", "open"), ("month", "<", this_month)])
        by_key = {indicator._subject_key(): indicator for indicator in current}
        for old in earlier:
            new, activity = by_key.get(old._subject_key()), old.activity_id
            if activity and not activity.active and activity.date_done < this_month:
                old.breach = "settled"
            elif new:
                new.write({"breach": "open", "activity_id": activity.id})
                old.breach = "carried"
                carried |= new
        earlier.filtered(lambda i: i.breach == "open")._close_breaches(self.env._("The target no longer applies."))
        return carried

    @api.model
    def _verdicts(self, company, current, this_month):
        """Return the decisive zone of each of the ``current`` indicators: ``{indicator: zone}``."""
        last_month = targets.months_back(this_month, 2)[-1]
        before = self.search([("company_id", "=", company.id), ("month", "=", last_month)])
        by_key = {i._subject_key(): i for i in before if i.breach not in ("settled", "found")}
        return {
            indicator: by_key.get(indicator._subject_key(), indicator).zone
            if indicator.zone == "none"
            else indicator.zone
            for indicator in current
        }
