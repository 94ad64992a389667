from math import ceil, floor

from odoo import api, models
from odoo.exceptions import UserError

from ..events.actions import addon_action
from . import targets
from .target_counts import TargetCounts
from .target_values import FIRM

FIRST_SAMPLE = 30
"""Confirmed interactions from which today's values say enough to become targets."""
FIRST_TARGETS = ("target_improvement_ratio", "target_additional_ratio", "target_organisational_share")
"""Predefined targets that a company without any gets a copy of."""
STEP = 100
"""Limits are rounded to whole percent, so that today's value is on target."""


class CrmInteractionTarget(models.Model):
    """Take today's values as the first targets, so that the firm need not guess its limits."""

    _inherit = "crm.interaction.target"

    @api.model
    def action_take_today_values(self):
        """Switch on the firm's targets for shares and ratios with today's values as limits; return their list.

        Targets already in use stay as they are.

        :raises AccessError: when the user is no manager.
        :raises UserError: when there are fewer than :data:`FIRST_SAMPLE` confirmed interactions.
        """
        self.browse().check_access("write")
        company = self.env.company
        if self._confirmed_count(company) < FIRST_SAMPLE:
            raise UserError(
                self.env._(
                    "Today's values become targets from %s confirmed interactions on. Confirm more interactions first.",
                    FIRST_SAMPLE,
                )
            )
        self._take_values(company, company._interaction_today())
        self.env["crm.interaction.indicator"].action_refresh()
        return addon_action(self.env, "crm_interaction_target_action")

    @api.model
    def _confirmed_count(self, company):
        """Return the number of confirmed interactions of ``company``, counted no further than needed."""
        domain = [("company_id", "=", company.id), ("state", "=", "confirmed")]
        return self.env["crm.interaction"].search_count(domain, limit=FIRST_SAMPLE)

    @api.model
    def _take_values(self, company, today):
        """Set the limits of the unused targets of the firm to the values of ``today`` (date) and switch them on."""
        rules, month = self._unused(company), targets.first_of(today)
        counts = TargetCounts(self.env["crm.interaction"], company, rules, [month], today)
        for rule in rules:
            value = counts.value(rule, FIRM, month)
            if value.amount is not None:
                rule.write({"active": True, "date_from": month, **today_limits(rule._limits(), value.amount)})

    @api.model
    def _unused(self, company):
        """Return the firm's targets for shares and ratios that are not in use; the first ones are copied."""
        domain = [("company_id", "=", company.id), ("partner_id", "=", False), ("measure", "in", targets.PERCENTS)]
        known = self.with_context(active_test=False).search(domain)
        if not known:
            known = self._copy_first(company)
        used = {rule._measure_key() for rule in known if rule.active}
        return known.filtered(lambda rule: rule._measure_key() not in used)

    @api.model
    def _copy_first(self, company):
        """Copy the predefined targets, not in use yet, to ``company``."""
        names = (f"crm_outsourcing_interactions.{name}" for name in FIRST_TARGETS)
        # sudo: the predefined ones belong to the first company, which the user may not see
        seeds = self.sudo().union(
            *filter(None, (self.sudo().env.ref(name, raise_if_not_found=False) for name in names))
        )
        own = {"company_id": company.id, "user_id": self.env.uid, "active": False}
        return self.union(*(seed.copy({**own, "name": seed.name}).sudo(False) for seed in seeds))


def today_limits(limits, amount):
    """Return the values of ``low`` and ``high`` (dict) that make ``amount`` (fraction) a target.

    >>> from .targets import Limits
    >>> today_limits(Limits("floor", low=0.5), 0.078), today_limits(Limits("ceiling", high=0.5), 0.212)
    ({'low': 0.07}, {'high': 0.22})
    >>> today_limits(Limits("range", 0.06, 0.1, 0.02), 0.3)
    {'low': 0.28, 'high': 0.32}
    """
    margin = limits.tolerance if limits.bound == "range" else 0
    low, high = (amount - margin) * STEP, (amount + margin) * STEP
    found = {"low": max(floor(low + targets.EPSILON), 0) / STEP, "high": ceil(high - targets.EPSILON) / STEP}
    return {name: found[name] for name in ("low", "high") if getattr(limits, f"has_{name}")}
