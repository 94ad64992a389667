from odoo import api, models
from odoo.fields import Domain

from . import targets
from .target_counts import TargetCounts
from .target_values import FIRM

REFRESHED_MONTHS = 2
"""Number of months to refresh, current one included, so that late classification still counts."""


class CrmInteractionIndicator(models.Model):
    """Refresh indicators: compute all, write the differences; repeated runs change nothing."""

    _inherit = "crm.interaction.indicator"

    @api.model
    def _cron_refresh(self):
        """Refresh this month and the last one for each company with targets, one company at a time."""
        target_groups = self.env["crm.interaction.target"].sudo()._read_group([], ["company_id"], [])
        stale_groups = self.sudo()._read_group([("breach", "=", "open")], ["company_id"], [])
        companies = self.env["res.company"].union(*(company for [company] in target_groups + stale_groups))
        self.env["crm.interaction.job"]._for_each_company("cron_refresh_indicators", companies, self._refresh)

    def action_refresh(self):
        """Refresh the user's active companies now; notify of breaches found by newly activated targets."""
        self.env["crm.interaction.target"].check_access("write")
        first = self.env["crm.interaction.target"].search([("evaluated_since", "=", False)])
        job = self.env["crm.interaction.job"]
        failed = job._run_now("cron_refresh_indicators", self._refresh)
        has_targets = first.search_count([("company_id", "in", self.env.companies.ids)], limit=1)
        result = self._found_notification(first) if has_targets else self._no_target_notification()
        return job._result_action(failed, result)

    @api.model
    def _refresh(self, company, months=None):
        """Refresh the indicators of ``company``, then open and close breaches.

        The number of queries is fixed, whatever the number of clients.

        :param months: first days of the months; by default this month and the last one.

        :returns: the indicators of these months, in sudo mode.
        """
        today = company._interaction_today()
        months = sorted(months or targets.months_back(targets.first_of(today), REFRESHED_MONTHS))
        # sudo: figures must not depend on the user, and no user may write them
        indicators = self.sudo().with_company(company).with_context(allowed_company_ids=company.ids)
        values = indicators._values_by_key(company, months, today)
        fresh = indicators._store(company, months, values, targets.first_of(today))
        indicators._update_breaches(company, targets.first_of(today))
        if targets.first_of(today) in months:
            indicators._note_first(company, today)
        return fresh

    @api.model
    def _note_first(self, company, today):
        """Record which targets were evaluated for the first time now, and the breaches found."""
        unevaluated = self.env["crm.interaction.target"].search(
            [("company_id", "=", company.id), ("evaluated_since", "=", False)]
        )
        month = targets.first_of(today)
        unevaluated.filtered(lambda rule: targets.is_valid(month, rule.date_from, rule.date_to))._report_found(today)

    def _values_by_key(self, company, months, today):
        """Return ``{(target id, client id, month): values to write}``."""
        rules = self.env["crm.interaction.target"].search([("company_id", "=", company.id)])
        rules = rules.filtered(lambda r: any(targets.is_valid(m, r.date_from, r.date_to) for m in months))
        if not rules:
            return {}
        counts = TargetCounts(self.env["crm.interaction"], company, rules, months, today)
        return {
            (rule.id, client, month): self._prepare_indicator_vals(rule, client, month, counts)
            for month in months
            for rule, client in self._subjects(rules, month, counts)
        }

    def _subjects(self, rules, month, counts):
        """Yield ``(target, client id)`` for each indicator of a month.

        Archived clients are skipped, others evaluated if under contract on the last day of the month, or today.
        """
        valid = rules.filtered(lambda rule: targets.is_valid(month, rule.date_from, rule.date_to))
        under_contract = self.env["res.partner"]._interaction_under_contract(targets.last_day(month, counts.today))
        clients = (
            self.env["res.partner"].search(under_contract & Domain("id", "in", counts.clients(month)), order="id").ids
        )
        with_own = valid.partner_id.filtered("active").filtered_domain(under_contract)
        own = valid.grouped(lambda rule: rule._measure_key())
        for rule in valid.filtered(lambda rule: not rule.partner_id or rule.partner_id in with_own):
            with_own_target = set(own[rule._measure_key()].partner_id.ids)
            for client in targets.subjects(rule.partner_id.id, rule.measure, clients, with_own_target):
                yield rule, client

    def _prepare_indicator_vals(self, rule, client, month, counts):
        """Return the values of one indicator without its key."""
        value = counts.value(rule, client, month)
        previous = counts.value(rule, client, targets.months_back(month, 2)[-1])
        minimum_sample = rule.minimum_sample if rule.measure in targets.SAMPLED else 0
        zone = targets.zone_of_range(value, rule._limits(), value.n, minimum_sample)
        if rule.measure in targets.COUNTS and month == targets.first_of(counts.today):
            zone = targets.running_zone(zone, value.amount, value.least, rule._limits())
        return {
            "n": value.n,
            "has_value": value.amount is not None,
            "value": value.amount or 0.0,
            "value_low": value.low or 0.0,
            "value_high": (value.amount if value.is_never else value.high) or 0.0,
            "is_never": value.is_never,
            "window_months": len(counts.window(rule, client, month)),
            "is_exact": value.is_exact,
            "confirmed_n": value.sure.confirmed,
            "suggested_n": value.sure.suggested,
            "unclassified_n": value.sure.unclassified,
            "has_previous": previous.comparable is not None,
            "previous_value": previous.comparable or 0.0,
            "trend": targets.trend(value.comparable, previous.comparable),
            "zone": zone,
            "low": rule.low if rule._limits().has_low else 0.0,
            "high": rule.high if rule._limits().has_high else 0.0,
            "tolerance": rule.tolerance,
        }

    def _store(self, company, months, values, this_month):
        """Create, update and delete indicators to match ``values``; return the resulting ones."""
        stored = self.search([("company_id", "=", company.id), ("month", "in", months)])
        by_key = {(i.target_id.id, i.partner_id.id or FIRM, i.month): i for i in stored}
        for key in values.keys() & by_key.keys():
            indicator, vals = by_key[key], values[key]
            if changed := {name: value for name, value in vals.items() if indicator[name] != value}:
                indicator.write(changed)
        created = self.create(
            [
                {"target_id": target, "partner_id": client, "month": month, "company_id": company.id, **vals}
                for (target, client, month), vals in values.items()
                if (target, client, month) not in by_key
            ]
        )
        dead = self.browse().union(
            *(i for key, i in by_key.items() if key not in values and i._is_obsolete(this_month))
        )
        dead._close_breaches(self.env._("The target no longer applies."))
        dead.unlink()
        return (stored - dead) | created

    @api.model
    def _merge_clients(self, sources, client):
        """Keep one indicator of each target and month when ``sources`` are merged into ``client``: its own first."""
        found = self.search([("partner_id", "in", (sources | client).ids)])
        own_first = found.sorted(lambda indicator: (indicator.partner_id != client, indicator.id))
        double, taken = self.browse(), self.env["crm.interaction.taken.action"]
        for kept, *others in own_first.grouped(lambda indicator: (indicator.target_id, indicator.month)).values():
            if others:
                taken.search([("indicator_id", "in", [other.id for other in others])]).indicator_id = kept
                double = double.union(*others)
        double._close_breaches(self.env._("The client was merged with another contact."))
        double.unlink()

    def _is_obsolete(self, this_month):
        """Return whether to delete an indicator that was not recomputed.

        Past verdicts of archived clients and targets are kept.
        """
        return self.month >= this_month or (self.target_id.active and (not self.partner_id or self.partner_id.active))
