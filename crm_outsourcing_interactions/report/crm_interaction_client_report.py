from collections import defaultdict

from odoo import api, fields, models

from ..models.analysis.kind_colors import UNCLASSIFIED_COLOR
from ..models.analysis.measures import share
from .client_page import ClientPage, Line, Verdict, bars
from .figures import Kind, ratio
from .period import Period

TOP = 5
TREND_MONTHS = 6


class ClientReport(models.AbstractModel):
    """One page for each client, for the review meeting: figures only, no note and no remark of the staff. ::

    report = env.ref("crm_outsourcing_interactions.report_client")
    report.report_action(clients, data={"date_from": "2026-10-01", "date_to": "2026-10-31", "client_ids": clients.ids})
    """

    _name = "report.crm_outsourcing_interactions.client_page"
    _description = "Page for the Review Meeting with a Client"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return a page for each client; the period is in ``data``, by default the last full month."""
        data = data or {}
        partners = self.env["res.partner"].browse(docids or data.get("client_ids") or []).exists()
        clients = partners.commercial_partner_id
        company = self.env["res.company"].browse(data.get("company_id")) or self.env.company
        return {
            "doc_model": "res.partner",
            "docs": clients,
            "company": company,
            "pages": self._pages(clients, company, data),
        }

    def _pages(self, clients, company, data):
        """Return ``[ClientPage]``, each in the language of its client, in the order of ``clients``."""
        period = Period.last_month(fields.Date.context_today(self))
        if data.get("date_from"):
            period = Period(*(fields.Date.to_date(data[name]) for name in ("date_from", "date_to")))
        pages = {}
        for lang, group in clients.grouped(lambda client: client.lang or self.env.lang or "en_US").items():
            for page in self.with_context(lang=lang)._pages_in_language(group, company, period):
                pages[page.client.id] = page
        return [pages[client.id] for client in clients]

    def _pages_in_language(self, clients, company, period):
        book = self.env["crm.interaction.book.report"]
        trend = period.trend(TREND_MONTHS)
        figures = [self._by_client(company, p, clients) for p in (period, period.predecessor(), trend)]
        shared = {
            "period": book._period_label(period),
            "before": book._period_label(period.predecessor()),
            "months": {month: book._month_label(month) for month in trend.months()},
            "kinds": book._all_kinds({kind for by_client in figures for own in by_client.values() for _m, kind in own}),
            "types": self._types_by_client(company, period, clients),
            "verdicts": self._verdicts(company, period, clients),
            "points": self._points(company, period, clients),
        }
        for client in clients.with_env(self.env):
            yield self._page(client, *(figure[client.id] for figure in figures), shared)

    def _by_client(self, company, period, clients):
        """Return ``{client: {(month, kind): n}}``."""
        domain = self.env["crm.interaction.book.report"]._book_domain(company, period, clients)
        by_client = defaultdict(dict)
        groups = self.env["crm.interaction"]._read_group(
            domain, ["commercial_partner_id", "month:month", "kind_id"], ["__count"]
        )
        for client, month, kind, n in groups:
            by_client[client.id][month, kind.id or 0] = n
        return by_client

    def _types_by_client(self, company, period, clients):
        domain = self.env["crm.interaction.book.report"]._book_domain(company, period, clients)
        by_client = defaultdict(list)
        groups = self.env["crm.interaction"]._read_group(
            [*domain, ("type_id", "!=", False)], ["commercial_partner_id", "type_id"], ["__count"]
        )
        for client, type_, n in sorted(groups, key=lambda group: (-group[2], group[1].code)):
            by_client[client.id].append(Line(type_.display_name, n))
        return by_client

    def _verdicts(self, company, period, clients):
        """Return ``{client: indicators of the last month of the period}``, as far as the reader may see them."""
        domain = [
            ("company_id", "=", company.id),
            ("month", "=", period.months()[-1]),
            ("partner_id", "in", clients.ids),
        ]
        return self.env["crm.interaction.indicator"].search(domain).grouped(lambda i: i.partner_id.id)

    def _page(self, client, now, before, trend, shared):
        counts, earlier = self._by_kind(now), self._by_kind(before)
        totals, kinds = (sum(counts.values()), sum(earlier.values())), shared["kinds"]
        shown = [*kinds, Kind(0, self.env._("To classify"), "", UNCLASSIFIED_COLOR, active=False)]
        indicators = shared["verdicts"].get(client.id, self.env["crm.interaction.indicator"])
        return ClientPage(
            client=client,
            period=shared["period"],
            before=shared["before"],
            n=totals[0],
            kinds=tuple(
                Line(
                    kind.name,
                    counts.get(kind.id, 0),
                    share(counts.get(kind.id, 0), totals[0]),
                    share(earlier.get(kind.id, 0), totals[1]),
                    kind.color,
                )
                for kind in shown
                if kind.active or counts.get(kind.id)
            ),
            ratios=tuple(self._ratio_lines(counts, earlier, kinds, set(indicators.mapped("measure")))),
            verdicts=tuple(map(self._verdict, indicators)),
            bars=bars(shared["months"], trend, {kind.id: kind.color for kind in shown}),
            types=tuple(shared["types"].get(client.id, ())[:TOP]),
            points=tuple(shared["points"].get(client.id, ())),
            proposals=self._proposals(indicators),
        )

    def _proposals(self, indicators):
        """Return what the client reads of the levers of missed norms; those without such a text are for the staff."""
        levers = indicators.filtered(lambda indicator: indicator.zone in ("red", "yellow")).lever_ids
        return tuple(text for text in levers.mapped("client_text") if text)

    def _by_kind(self, counts):
        by_kind = defaultdict(int)
        for (_month, kind), n in counts.items():
            by_kind[kind] += n
        return by_kind

    def _ratio_lines(self, now, before, kinds, judged):
        """Yield the two ratios of the period, each beside the size of its base, but those ``judged`` by a norm."""
        labels = {
            "improvement": self.env._("Improvements / base"),
            "additional": self.env._("Additional services / base"),
        }
        base = sum(now.get(kind.id, 0) for kind in kinds if kind.role == "base")
        for role, label in labels.items():
            if f"{role}_ratio" not in judged:
                yield Line(label, base, ratio(now, kinds, role), ratio(before, kinds, role))

    def _verdict(self, indicator):
        zones = dict(indicator._fields["zone"]._description_selection(self.env))
        return Verdict(
            indicator.norm_id.name,
            indicator.n,
            indicator.value_text,
            indicator.norm_text,
            indicator.zone,
            zones[indicator.zone],
        )
