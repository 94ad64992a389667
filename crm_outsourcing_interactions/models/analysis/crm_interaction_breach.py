from odoo import api, fields, models

from . import norms

BREACHES = [
    ("open", "Unresolved"),
    ("carried", "Carried over to the next month"),
    ("mended", "Mended"),
    ("settled", "Settled by a person"),
]


class CrmInteractionIndicator(models.Model):
    """A breach: a red indicator opens one activity for whoever is responsible.

    The activity says no more than what is outside its norm, and leads to the indicator: whoever may read the client
    reads the activities on it, before and after they are done, while norm, value and evidence are for those who may
    see the client's contacts. The norm's name is part of what was agreed: it may hold a figure.

    - The verdict is that of the running month, of the month before while the running one has no data.
    - The activity closes itself when the indicator is green again; yellow neither opens nor closes one.
    - When a person marked it done, or deleted it, no other one opens in the same month.
    - It is on the client, for its salesperson; of the whole firm it is on the norm, for the norm's responsible.
    """

    _inherit = "crm.interaction.indicator"

    breach = fields.Selection(BREACHES, readonly=True, copy=False)
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )

    _open_breaches = models.Index("(company_id) WHERE breach = 'open'")

    @api.model
    def _update_breaches(self, company, this_month):
        """Open and close activities, in batches, by the verdicts that stand."""
        current = self.search([("company_id", "=", company.id), ("month", "=", this_month)])
        self._carry_breaches(company, current, this_month)
        verdicts = self._verdicts(company, current, this_month)
        states = {
            indicator: norms.next_breach(indicator.breach, verdicts[indicator], indicator.activity_id.active)
            for indicator in current
        }
        changed = {state: [] for state in dict(BREACHES)}
        for indicator, state in states.items():
            if state != indicator.breach:
                changed[state].append(indicator)
        self.union(*changed["settled"]).breach = "settled"
        self.union(*changed["mended"])._close_breaches(self.env._("The value is within the norm again."))
        self.union(*changed["open"])._open_breaches_now(company)

    def _subject_key(self):
        return (self.norm_id.id, self.partner_id.id)

    @api.model
    def _carry_breaches(self, company, current, this_month):
        """Hand breaches of earlier months on to this month; those of which nothing is judged now are over."""
        earlier = self.search([("company_id", "=", company.id), ("breach", "=", "open"), ("month", "<", this_month)])
        by_key = {indicator._subject_key(): indicator for indicator in current}
        for old in earlier:
            new, activity = by_key.get(old._subject_key()), old.activity_id
            if activity and not activity.active and activity.date_done < this_month:
                old.breach = "settled"
            elif new:
                new.write({"breach": "open", "activity_id": activity.id})
                old.breach = "carried"
        earlier.filtered(lambda i: i.breach == "open")._close_breaches(self.env._("The norm is judged no more."))

    @api.model
    def _verdicts(self, company, current, this_month):
        """Return the zone that counts for each of the ``current`` indicators: ``{indicator: zone}``."""
        last_month = norms.months_back(this_month, 2)[-1]
        before = self.search([("company_id", "=", company.id), ("month", "=", last_month)])
        by_key = {indicator._subject_key(): indicator for indicator in before if indicator.breach != "settled"}
        return {
            indicator: by_key.get(indicator._subject_key(), indicator).zone
            if indicator.zone == "none"
            else indicator.zone
            for indicator in current
        }

    def _open_breaches_now(self, company):
        """Open an activity for each of these indicators, in one batch."""
        if not self:
            return
        activities = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        opened = activities.create([self._prepare_breach_activity(i) for i in self])
        for indicator, activity in zip(self, opened, strict=True):
            indicator.write({"breach": "open", "activity_id": activity.id})

    @api.model
    def _prepare_breach_activity(self, indicator):
        """Return the values of the activity for one indicator; extend it to inform others."""
        user = indicator._breach_responsible()
        indicator = indicator.with_context(lang=user.lang)
        document = indicator.partner_id or indicator.norm_id
        company = indicator.company_id
        here = self.with_context(tz=company._interaction_zone())
        activity_type = here.env.ref("crm_outsourcing_interactions.activity_type_breach", raise_if_not_found=False)
        return {
            "res_model_id": self.env["ir.model"]._get_id(document._name),
            "res_id": document.id,
            "activity_type_id": activity_type.id if activity_type else False,
            "automated": True,
            "user_id": user.id,
            "date_deadline": activity_type._get_date_deadline() if activity_type else company._interaction_today(),
            "summary": indicator.env._("Outside the norm: %s", indicator.norm_id._measure_text()),
            "note": indicator.env["ir.qweb"]._render(
                "crm_outsourcing_interactions.breach_note", {"indicator": indicator}
            ),
        }

    def _breach_responsible(self):
        """Return who gets the activity: the client's salesperson, else the norm's responsible, else a manager; each
        only if he or she may see the indicator."""
        for user in self.partner_id.user_id | self.norm_id.user_id:
            if user.active and self.company_id in user.company_ids and self._is_shown_to(user):
                return user
        return self.company_id._interaction_manager()

    def _is_shown_to(self, user):
        """Say whether ``user`` may see the indicator: one of an own client, or any as a manager."""
        own = self.partner_id and self.partner_id.user_id == user
        return user.has_group(f"crm_outsourcing_interactions.{'group_user' if own else 'group_manager'}")

    def _close_breaches(self, feedback):
        """Mark the open activities of these indicators done, with ``feedback`` for who reads the history."""
        is_open = self.filtered(lambda indicator: indicator.breach == "open")
        if activities := is_open.activity_id.filtered("active"):
            activities.action_feedback(feedback=feedback)
        is_open.breach = "mended"
