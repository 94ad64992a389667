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

        Targets already in use stay as they are; those without a useful limit stay switched off.

        :raises AccessError: when the user is no manager.
        :raises UserError: when there are too few confirmed interactions, or no value makes a useful limit.
        """
        self._check_today_values()
        company = self.env.company
        found = {rule: limits for rule, _value, limits, _reason in self._today_values(company) if limits}
        if not found:
            raise UserError(self.env._("No value makes a useful limit yet. Confirm more interactions first."))
        month = targets.first_of(company._interaction_today())
        for rule, limits in found.items():
            self._own(company, rule).write({"active": True, "date_from": month, **limits})
        self.env["crm.interaction.indicator"].action_refresh()
        return addon_action(self.env, "crm_interaction_target_action")

    @api.model
    def _check_today_values(self):
        """Check that the user may set targets, and that enough is confirmed in the company."""
        self.browse().check_access("write")
        if self._confirmed_count(self.env.company) < FIRST_SAMPLE:
            raise UserError(
                self.env._(
                    "Today's values become targets from %s confirmed interactions on. Confirm more interactions first.",
                    FIRST_SAMPLE,
                )
            )

    @api.model
    def _confirmed_count(self, company):
        """Return the number of confirmed interactions of ``company``, counted no further than needed."""
        domain = [("company_id", "=", company.id), ("state", "=", "confirmed")]
        return self.env["crm.interaction"].search_count(domain, limit=FIRST_SAMPLE)

    @api.model
    def _today_values(self, company):
        """Return ``[(target, ``Value``, its limits (dict) or nothing, why nothing (str)), …]``; change nothing.

        The targets are the firm's for shares and ratios that are not in use, see :meth:`_unused`.
        """
        today = company._interaction_today()
        rules, month = self._unused(company), targets.first_of(today)
        counts = TargetCounts(self.env["crm.interaction"], company, rules, [month], today)
        values = [(rule, counts.value(rule, FIRM, month)) for rule in rules]
        return [(rule, value, *rule._today_limits(value)) for rule, value in values]

    def _today_limits(self, value):
        """Return the limits (dict) that ``value`` makes, or nothing, and why nothing.

        A floor of 0 % is never missed, and a ceiling of 0 % by the first interaction.
        """
        if value.amount is None or value.n < self.minimum_sample:
            return {}, self.env._("Too few interactions: %(n)s of %(needed)s", n=value.n, needed=self.minimum_sample)
        found = today_limits(self._limits(), value.amount)
        if not any(found.values()):
            return {}, self.env._("%s is too small for a limit", self._value_text(value.amount))
        return found, ""

    @api.model
    def _unused(self, company):
        """Return the firm's targets for shares and ratios that are not in use, and predefined ones that it lacks."""
        domain = [("company_id", "=", company.id), ("partner_id", "=", False), ("measure", "in", targets.PERCENTS)]
        known = self.with_context(active_test=False).search(domain)
        keys = {rule._measure_key()[1:] for rule in known}
        used = {rule._measure_key() for rule in known if rule.active}
        # sudo: the predefined ones belong to the first company, which the user may not see
        ref, addon = self.sudo().env.ref, "crm_outsourcing_interactions"
        seeds = filter(None, (ref(f"{addon}.{name}", raise_if_not_found=False) for name in FIRST_TARGETS))
        lacking = self.sudo().union(*seeds).filtered(lambda seed: seed._measure_key()[1:] not in keys)
        return known.filtered(lambda rule: rule._measure_key() not in used).sudo() | lacking

    def _own(self, company, rule):
        """Return ``rule`` (sudo), or a copy for ``company`` of a predefined one of another company."""
        vals = {"company_id": company.id, "user_id": self.env.uid, "active": False, "name": rule.name}
        return (rule if rule.company_id == company else rule.copy(vals)).sudo(False)


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
