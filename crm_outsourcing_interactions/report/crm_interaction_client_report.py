from collections import defaultdict

from odoo import api, models

from ..models.figures.kind_colors import UNCLASSIFIED_COLOR
from ..models.figures.share_table import NO_DATA
from ..models.totals.measures import share
from .answer_sheet import Answers
from .client_page import Agreement, ClientPage, Line, bars
from .figures import Kind

TOP = 5
TREND_MONTHS = 6
NOT_SORTED = 0
"""Key of unreviewed interactions among kinds, whatever their suggested type."""


class ClientReport(models.AbstractModel):
    """Print one page per client for the review meeting, in terms meant for the client. ::

    report = env.ref("crm_outsourcing_interactions.report_client")
    report.report_action(clients, data={"date_from": "2026-10-01", "date_to": "2026-10-31", "client_ids": clients.ids})

    Codes, ratios, verdicts and notes of the staff are internal and not printed. The page contains the targets selected
    for clients, the types with a name for clients and the client texts of corrective actions. Unreviewed interactions
    are *not yet sorted*: the page shows no guesses.
    """

    _name = "report.crm_outsourcing_interactions.client_page"
    _description = "Client Report"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return the values of the report: one page per client.

        :param data: options; the period is by default the last full month.
        """
        data = data or {}
        clients, company = self._clients(docids, data), self._company(data)
        return {
            "doc_model": "res.partner",
            "docs": clients,
            "company": company,
            "pages": self._pages(clients, company, data),
        }

    def _pages(self, clients, company, data):
        """Return ``[ClientPage]``, each in the language of its client, in the order of ``clients``."""
        period = self._period(data, company)
        pages = {}
        for lang, group in clients.grouped(lambda client: client.lang or self.env.lang or "en_US").items():
            for page in self.with_context(lang=lang)._pages_in_language(group, company, period):
                pages[page.client.id] = page
        return [pages[client.id] for client in clients]

    def _pages_in_language(self, clients, company, period):
        summary_report = self.env["crm.interaction.summary.report.xlsx"]
        trend = period.trend(TREND_MONTHS)
        year_ago = period.year_before()
        past = [p for p in (year_ago, period.predecessor()) if p]
        figures = [self._by_client(company, p, clients) for p in (period, trend, *past)]
        shared = {
            "period": summary_report._period_label(period),
            "months": {month: summary_report._month_label(month) for month in trend.months()},
            "kinds": summary_report._all_kinds(
                {kind for by_client in figures for own in by_client.values() for _m, kind in own}
            ),
            "contacts": self._contacts(company, period, clients),
            "types": self._types_by_client(company, period, clients),
            "indicators": self._indicators(company, period, clients),
            "points": self._points(company, period, clients),
            "answers": summary_report._answers(company, period, clients),
        }
        for client in clients.with_env(self.env):
            now, over_months, *before = (figure[client.id] for figure in figures)
            at = next((i for i, figure in enumerate(before) if figure), -1)
            label = {"before": summary_report._period_label(past[at])}
            yield self._page(client, now, before[at], over_months, shared | label)

    def _by_client(self, company, period, clients):
        """Return ``{client: {(month, kind): purposes}}``."""
        domain = self.env["crm.interaction.summary.report.xlsx"]._summary_report_domain(company, period, clients)
        by_client = defaultdict(lambda: defaultdict(int))
        groups = self.env["crm.interaction"]._read_group(
            domain, ["commercial_partner_id", "month:month", "kind_id", "state"], ["__count"]
        )
        for client, month, kind, state, n in groups:
            by_client[client.id][month, NOT_SORTED if state == "to_review" else kind.id or NOT_SORTED] += n
        return by_client

    def _contacts(self, company, period, clients):
        """Return ``{client id: interactions}``, each counted once whatever its number of purposes."""
        domain = self.env["crm.interaction.summary.report.xlsx"]._summary_report_domain(company, period, clients)
        groups = self.env["crm.interaction"]._read_group(domain, ["commercial_partner_id"], ["interaction_count:sum"])
        return {client.id: n for client, n in groups}

    def _types_by_client(self, company, period, clients):
        """Return ``{client: lines}`` of the reviewed types that have a name for clients, most purposes first."""
        domain = self.env["crm.interaction.summary.report.xlsx"]._summary_report_domain(company, period, clients)
        by_client = defaultdict(list)
        groups = self.env["crm.interaction"]._read_group(
            [*domain, ("type_id", "!=", False), ("state", "!=", "to_review")],
            ["commercial_partner_id", "type_id"],
            ["__count"],
        )
        for client, type_, n in sorted(groups, key=lambda group: (-group[2], group[1].code)):
            if type_.client_name:
                by_client[client.id].append(Line(type_.client_name, n))
        return by_client

    def _indicators(self, company, period, clients):
        """Return ``{client: indicators}`` of the last month meant for clients, limited to the reader's rights."""
        domain = [
            ("company_id", "=", company.id),
            ("month", "=", period.months()[-1]),
            ("partner_id", "in", clients.ids),
        ]
        indicators = self.env["crm.interaction.indicator"].search(domain)
        return indicators.filtered(lambda i: i.target_id._is_for_client()).grouped(lambda i: i.partner_id.id)

    def _page(self, client, now, before, trend, shared):
        kinds = [
            *shared["kinds"],
            Kind(NOT_SORTED, self.env._("Not yet sorted"), "", UNCLASSIFIED_COLOR, active=False),
        ]
        indicators = shared["indicators"].get(client.id, self.env["crm.interaction.indicator"])
        counts = self._by_kind(now)
        return ClientPage(
            client=client,
            period=shared["period"],
            before=shared["before"],
            contacts=shared["contacts"].get(client.id, 0),
            purposes=sum(counts.values()),
            kinds=tuple(self._kind_lines(kinds, counts, self._by_kind(before))),
            agreements=tuple(map(self._agreement, indicators)),
            bars=bars(shared["months"], trend, {kind.id: kind.color for kind in kinds}),
            types=tuple(shared["types"].get(client.id, ())[:TOP]),
            points=tuple(shared["points"].get(client.id, ())),
            proposals=self._proposals(indicators),
            answers=self._answer_lines(shared["answers"].get(client.id, Answers())),
        )

    def _kind_lines(self, kinds, now, before):
        """Yield a line for each kind, archived ones only where they have purposes."""
        totals = sum(now.values()), sum(before.values())
        names = self._kind_names(kinds)
        for kind in kinds:
            if kind.active or now.get(kind.id):
                n = now.get(kind.id, 0)
                shares = share(n, totals[0]), share(before.get(kind.id, 0), totals[1])
                yield Line(names.get(kind.id, kind.name), n, *shares, kind.color)

    def _kind_names(self, kinds):
        """Return ``{kind: name for the client}``; the firm's own name where it has none."""
        records = self.env["crm.interaction.kind"].browse([kind.id for kind in kinds if kind.id != NOT_SORTED])
        return {kind.id: kind.client_name or kind.name for kind in records}

    def _proposals(self, indicators):
        """Return the client texts of the corrective actions for missed targets; actions without one are internal."""
        corrective_actions = indicators.filtered(
            lambda indicator: indicator.zone in ("red", "yellow")
        ).corrective_action_ids
        return tuple(text for text in corrective_actions.mapped("client_text") if text)

    def _by_kind(self, counts):
        by_kind = defaultdict(int)
        for (_month, kind), n in counts.items():
            by_kind[kind] += n
        return by_kind

    def _agreement(self, indicator):
        """Return the ``Agreement`` for an indicator; too small a sample counts as no data."""
        target = indicator.target_id
        is_known = indicator.has_value and not (target.is_percent and indicator.n < target.minimum_sample)
        return Agreement(
            target._client_text(),
            target._limits_in_words(target.bound, indicator.low, indicator.high),
            indicator.value_text if is_known else NO_DATA,
            indicator._bounds_text() if is_known and not indicator.is_exact else "",
            indicator.window_text or "",
        )
