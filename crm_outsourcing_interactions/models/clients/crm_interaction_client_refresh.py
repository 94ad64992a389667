from odoo import api, fields, models

from ..targets import targets
from .client_counts import ClientCounts

JOB = "cron_refresh_clients"
MEASURES = ("improvement_ratio", "additional_ratio", "open_share")


class CrmInteractionClient(models.Model):
    """Refresh the figures: nightly after the indicators, or by the button."""

    _inherit = "crm.interaction.client"

    @api.model
    def _cron_refresh(self):
        """Refresh each company; the job runs after that of the indicators."""
        companies = self.env["res.company"].search(fields.Domain.TRUE)
        self.env["crm.interaction.job"]._for_each_company(JOB, companies, self._refresh)

    def action_refresh(self):
        """Refresh indicators and clients of the user's active companies now.

        :raises AccessError: when the user is no manager.
        """
        indicators, rules = self.env["crm.interaction.indicator"], self.env["crm.interaction.target"]
        rules.check_access("write")
        first = rules.search([("evaluated_since", "=", False)])
        job = self.env["crm.interaction.job"]

        def refresh(company):
            indicators._refresh(company)
            self._refresh(company)

        return job._result_action(job._run_now(JOB, refresh), indicators._found_notification(first))

    @api.model
    def _refresh(self, company):
        """Refresh the rows of ``company``; the number of queries is fixed, whatever the number of clients."""
        # sudo: figures must not depend on the user, and no user may write them
        clients = self.sudo().with_company(company).with_context(allowed_company_ids=company.ids)
        rows = clients._sync_company(company)
        counts = ClientCounts(rows.env, company, company._interaction_today())
        rows._set_services(counts.services)
        now = fields.Datetime.now()
        for row in rows._by_code():
            row.write({**row._prepare_client_vals(counts), "refreshed_on": now})
        rows.flush_recordset()

    def _prepare_client_vals(self, counts):
        """Return the figures of one row. Extend it for more.

        :param counts: ``ClientCounts``
        """
        client = self.partner_id.id
        indicators = counts.indicators.get(client, self.env["crm.interaction.indicator"])
        off = indicators.filtered(lambda i: i.zone == "red")
        us, since = counts.matters.get((client, "us"), (0, False))
        hours, share, reference, cost = counts.hours.get(client, (0.0, None, None, 0.0))
        measured = {measure: self._measured(measure, indicators, counts) for measure in MEASURES}
        change, size = self._change(counts)
        return {
            "open_complaints": counts.complaints.get(client, 0),
            "targets_off": len(off),
            "oldest_unanswered": since,
            "interaction_count": counts.contacts(client),
            "improvement_ratio": measured["improvement_ratio"]["value"] or 0.0,
            "open_share": measured["open_share"]["value"] or 0.0,
            "waiting_us": us,
            "waiting_client": counts.matters.get((client, "client"), (0, False))[0],
            "last_answer": counts.feedback[client].answered,
            "contact_hours": hours or 0.0,
            "contact_share": share or 0.0,
            "cost": cost or 0.0,
            "change": size,
            "figures": {
                "months": counts.months(client),
                "first": counts.bars[-1].isoformat(),
                "window": len(counts.window),
                "marks": counts.marks(client),
                "kinds": self._kinds(counts),
                "measured": measured,
                "off": off.ids,
                "share": share,
                "reference": reference,
                "change": change,
            },
        }

    def _kinds(self, counts):
        """Return ``[[kind id, purposes], …]`` in the order of the kinds, unclassified last."""
        found = counts.kinds(self.partner_id.id)
        return [[kind or 0, found[kind]] for kind in [*counts.roles, False] if found[kind]]

    def _measured(self, measure, indicators, counts):
        """Return value and range of a measure, those of its indicator (with limits and verdict) if there is one."""
        indicator = indicators.filtered(lambda i: i.measure == measure)[:1]
        if not indicator:
            value = counts.value(self.partner_id.id, measure)
            found = {"value": value.amount, "low": value.low, "high": value.high, "n": value.n}
            found |= {"confirmed": value.sure.confirmed, "open": value.sure.open}
            return {**found, "last": counts.window[0].isoformat(), "length": len(counts.window)}
        limits = targets.Limits(indicator.bound, indicator.low, indicator.high)
        return {
            "value": indicator.value if indicator.has_value else None,
            "low": indicator.value_low,
            "high": indicator.value_high,
            "n": indicator.n,
            "confirmed": indicator.confirmed_n,
            "open": indicator.suggested_n + indicator.unclassified_n,
            "zone": indicator.zone,
            "from": limits.low if limits.has_low else None,
            "to": limits.high if limits.has_high else None,
            "indicator": indicator.id,
            "target": indicator.target_id.id,
            "last": indicator.month.isoformat(),
            "length": indicator.window_months,
        }

    def _change(self, counts):
        """Return what changed most (dict for ``figures``) and how much."""
        before, now, key, size = counts.change(self.partner_id.id)
        months = {"first": counts.full[-1].isoformat(), "last": counts.full[0].isoformat()}
        if key is None:
            return {**months, "code": "steady" if before["all"] else "new"}, 0.0
        found = {"before": before[key], "now": now[key]}
        return {**months, **found, "code": "all" if key == "all" else "kind", "kind": key}, size

    @api.model
    @api.readonly
    def refreshed_since(self):
        """Return the moment (UTC) of the oldest figures of the user's active companies, or ``False``.

        :raises AccessError: when the user may not read clients.
        """
        self.browse().check_access("read")
        domain = [("company_id", "in", self.env.companies.ids), ("refreshed_on", "!=", False)]
        return self.search(domain, order="refreshed_on", limit=1).refreshed_on
