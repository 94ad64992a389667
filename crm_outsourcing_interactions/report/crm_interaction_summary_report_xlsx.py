from babel.dates import format_date

from odoo import api, fields, models
from odoo.tools import babel_locale_parse

from ..models.events.plurals import plural
from .answer_sheet import answers_sheet
from .definitions import definitions_sheet
from .figures import Figures, Group, Kind, SummaryReportData, Type
from .indicators import Indicator, indicators_sheet
from .share_sheets import clients_sheet, quality_sheet, shares_sheet
from .sheets import SummaryReport

OF_TYPES = ["__count", "open_count:sum"]
OTHERS = -1
"""Stands for all users whose figures the setting *Names in Figures* hides from the reader."""


class CrmInteractionSummaryReportXlsx(models.AbstractModel):
    """Read the figures of a period and the one to compare with, with the reader's rights. ::

    period = Period(date(2026, 10, 1), date(2026, 10, 31))
    summary_report = env["crm.interaction.summary.report.xlsx"]._summary_report(company, period)
    write_summary_report("/tmp/summary_report.xlsx", summary_report)
    """

    _name = "crm.interaction.summary.report.xlsx"
    _description = "Summary Report"

    @api.model
    def _summary_report(self, company, period, clients=None, contacts=False, progress=None):
        """Return the ``SummaryReport`` of ``company`` and ``period`` in the language of the context.

        :param clients: ``res.partner`` to restrict it to; empty: all.
        :param bool contacts: include the list of interactions.
        :param progress: called with (interactions written, total interactions).
        """
        data = self._summary_report_data(company, period, clients)
        pages = (shares_sheet, clients_sheet, answers_sheet, indicators_sheet, quality_sheet, definitions_sheet)
        sheets = [page(self.env, data) for page in pages]
        if contacts:
            domain = self._summary_report_domain(company, period, clients)
            interactions = self.env["crm.interaction"].with_context(tz=company._interaction_zone())
            sheets.append(interactions._contact_sheet(domain, progress))
        subtitle = " · ".join(filter(None, (company.name, data.now_label, self._clients_label(clients))))
        return SummaryReport(self.env._("Client Interactions"), subtitle, tuple(sheets))

    def _clients_label(self, clients):
        if not clients:
            return ""
        names = clients.mapped("display_name")
        if len(names) <= 3:
            return ", ".join(names)
        return plural(self.env, self.env._("%(n)s client|%(n)s clients"), len(names))

    @api.model
    def _summary_report_domain(self, company, period, clients=None):
        """Return the domain of the interactions in the period, by months or days in the company's time zone."""
        domain = [("company_id", "=", company.id)]
        if period.is_whole_months:
            domain += [("month", ">=", period.start), ("month", "<=", period.end)]
        else:
            start, end = period.bounds(company._interaction_zone())
            domain += [("date", ">=", start), ("date", "<", end)]
        if clients:
            domain.append(("commercial_partner_id", "in", clients.commercial_partner_id.ids))
        return domain

    def _summary_report_data(self, company, period, clients):
        before = self._compared(company, period, clients)
        now_figures, before_figures = (self._figures(company, p, clients) for p in (period, before))
        answers = tuple(self._answers(company, p, clients) for p in (period, before))
        client_ids = {group.client for figures in (now_figures, before_figures) for group in figures.groups}
        client_ids |= {client for found in answers for client in found if client}
        user_ids = {user for user, _quality in now_figures.quality}
        return SummaryReportData(
            now=now_figures,
            before=before_figures,
            now_label=self._period_label(period),
            before_label=self._period_label(before),
            kinds=self._kinds(now_figures, before_figures),
            types=self._types(now_figures, before_figures),
            clients=self._names("res.partner", client_ids, self.env._("(no client)")),
            users=self._user_names(user_ids),
            months={month: self._month_label(month) for p in (before, period) for month in p.months()},
            qualities=dict(self.env["crm.interaction"]._fields["quality"]._description_selection(self.env)),
            indicators=tuple(self._indicators(company, period, clients)),
            answers=answers,
        )

    @api.model
    def _compared(self, company, period, clients):
        """Return the period to compare with: the same months a year ago if there is anything, else the one before."""
        year_ago = period.year_before()
        domain = self._summary_report_domain(company, year_ago, clients) if year_ago else fields.Domain.FALSE
        return year_ago if self.env["crm.interaction"].search_count(domain, limit=1) else period.predecessor()

    def _figures(self, company, period, clients):
        """Return the ``Figures`` of one period in three grouped queries."""
        domain = self._summary_report_domain(company, period, clients)
        interactions = self.env["crm.interaction"]
        keys = ["month:month", "commercial_partner_id", "kind_id"]
        groups = interactions._read_group(domain, keys, ["__count", "open_count:sum", "interaction_count:sum"])
        return Figures(
            groups=tuple(Group(month, client.id or 0, kind.id or 0, *n) for month, client, kind, *n in groups),
            types={type_.id or 0: n for type_, *n in interactions._read_group(domain, ["type_id"], OF_TYPES)},
            quality=self._quality(domain),
        )

    def _quality(self, domain):
        """Return ``{(user id, quality): number}``, those of users whose figures are hidden as of :data:`OTHERS`."""
        interactions = self.env["crm.interaction"]
        shown = self.env["res.users"]._interaction_shown_in_figures()
        own = [] if shown is None else [("user_id", "in", [*shown, False])]
        groups = interactions._read_group([*domain, *own], ["user_id", "quality"], ["__count"])
        found = {(user.id or 0, key): n for user, key, n in groups}
        if shown is None:
            return found
        hidden = dict(interactions._read_group(domain, ["quality"], ["__count"]))
        for (_user, key), n in found.items():
            hidden[key] -= n
        return found | {(OTHERS, key): n for key, n in hidden.items() if n}

    def _kinds(self, *figures):
        """Return the kinds in ``figures``, archived ones only if they have interactions."""
        return self._all_kinds({group.kind for figure in figures for group in figure.groups})

    @api.model
    def _all_kinds(self, used=()):
        """Return all kinds that are active or in ``used`` (ids)."""
        kinds = self.env["crm.interaction.kind"].with_context(active_test=False).search(fields.Domain.TRUE)
        return tuple(
            Kind(k.id, k.display_name, k.ratio_role, k.chart_color, k.active) for k in kinds if k.active or k.id in used
        )

    def _types(self, *figures):
        used = {type_ for figure in figures for type_ in figure.types}
        types = (
            self.env["crm.interaction.type"].with_context(active_test=False).search(fields.Domain.TRUE, order="code")
        )
        directions = dict(types._fields["direction"]._description_selection(self.env))
        return tuple(
            Type(
                t.id,
                t.display_name,
                t.name,
                t.kind_id.display_name,
                directions[t.direction],
                t.description or "",
                t.is_group,
            )
            for t in types
            if t.active or t.id in used
        )

    def _user_names(self, ids):
        """Return the names of the users in the table of quality, the hidden ones last under a common name."""
        others = {OTHERS: self.env._("Others")} if OTHERS in ids else {}
        return self._names("res.users", ids - {OTHERS}, self.env._("(no responsible)")) | others

    def _names(self, model, ids, nobody):
        """Return ``{id: name}``, sorted by name.

        :param str nobody: name for empty ids.
        """
        # sudo: a reader of a client's figures may see its name
        records = self.env[model].sudo().browse(ids - {0})
        names = sorted(((record.id, record.display_name or "") for record in records), key=lambda item: item[1])
        return dict([*names, (0, nobody)] if 0 in ids else names)

    def _period_label(self, period):
        months = period.months()
        if period.is_whole_months:
            labels = [self._month_label(month) for month in months]
            return labels[0] if len(labels) == 1 else f"{labels[0]} – {labels[-1]}"
        lang = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        return " – ".join(day.strftime(lang.date_format) for day in (period.start, period.end))

    def _month_label(self, month):
        return format_date(month, "LLLL yyyy", locale=babel_locale_parse(self.env.lang or "en_US")).capitalize()

    def _indicators(self, company, period, clients):
        """Yield the verdicts of the months in the period that the reader may see, the worst first."""
        domain = [("company_id", "=", company.id), ("month", "in", period.months())]
        if clients:
            domain.append(("partner_id", "in", clients.commercial_partner_id.ids))
        order = {"red": 0, "yellow": 1, "green": 2}
        for record in self.env["crm.interaction.indicator"].search(domain).sorted(lambda i: order.get(i.zone, 3)):
            yield self._indicator(record)

    def _indicator(self, record):
        selections = {n: dict(record._fields[n]._description_selection(self.env)) for n in ("zone", "trend")}
        return Indicator(
            month=self._month_label(record.month),
            window=record.window_text or self.env._("Since the last one"),
            client=record.partner_id.display_name or self.env._("Whole firm"),
            target=record.target_id.display_name,
            n=record.n,
            value=record.value if record.has_value else None,
            range=record.range_text or "",
            parts=record.parts_text,
            verdict=record.verdict_text or "",
            previous=record.previous_value if record.has_previous else None,
            limits=record.target_text,
            zone=record.zone,
            zone_label=selections["zone"][record.zone],
            trend=selections["trend"].get(record.trend, ""),
            corrective_actions=", ".join(record.corrective_action_ids.mapped("name")),
            percent=record.target_id.is_percent,
        )
