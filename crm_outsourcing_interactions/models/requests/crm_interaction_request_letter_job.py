from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

from .crm_interaction_request_letter_sending import CHUNK, Plan
from .crm_interaction_request_list_settling import JOB
from .letter_days import letter_day, week_due, week_of
from .res_partner_notify import WEEKLY

AHEAD = timedelta(hours=14)
"""How far the easternmost time zone is ahead of UTC."""
NEWS_DAY = 0
"""Day of the news where no letters go: Monday."""


class CrmInteractionRequestLetter(models.Model):
    """Send the letters of a week, each when its day has come in the time zone of the person.

    A week is done when the letters to all time zones have gone; what is requested later waits for the next week. News
    that people want weekly go also where letters are off, and in weeks in which reporting weeks leave no day for them.
    Each batch is committed, so that the next run goes on where a killed one was.
    """

    _inherit = "crm.interaction.request.letter"

    @api.model
    def _cron_send(self):
        """Send the letters that are due in all companies, as long as there is time."""
        companies = self.env["res.company"].search(Domain.TRUE)
        for number, company in enumerate(companies, 1):
            if not self._send_week(company, len(companies) - number):
                break

    @api.model
    def _send_week(self, company, more=0):
        """Send the letters of a company that are due.

        :param more: how many companies follow.
        :return: whether there is time left.
        """
        job, found, errors = self.env["crm.interaction.job"], [], []
        if error := job._error_of(JOB, company, lambda: found.extend(self._due(company))):
            job._report(JOB, company, [error])
            return self.env["ir.cron"]._commit_progress(remaining=more)
        plans, week = found or ([], None)
        left = len(plans)
        for chunk in split_every(CHUNK, plans, list):
            errors += self._send_chunk(company, chunk)
            left -= len(chunk)
            if not self.env["ir.cron"]._commit_progress(len(chunk), remaining=left + more + 1):
                job._report(JOB, company, errors)
                return False
        errors += filter(None, [job._error_of(JOB, company, lambda: self._finish(company, not errors and week))])
        lists = self.env["crm.interaction.request.list"]
        errors += job._errors_of(JOB, company, lambda: lists._settle_requests(company))
        job._report(JOB, company, errors)
        return self.env["ir.cron"]._commit_progress(1, remaining=more)

    @api.model
    def _send_chunk(self, company, plans):
        """Send letters at once, after an error one by one; return the errors.

        Where another worker is at it, the next run goes on: in this transaction each of them would fail.
        """
        job = self.env["crm.interaction.job"]
        error = job._error_of(JOB, company, lambda: self._send_new(company, plans))
        if not error or len(plans) == 1 or job._is_conflict(error):
            return [error] if error else []
        return [error for plan in plans for error in self._send_chunk(company, [plan])]

    @api.model
    def _send_new(self, company, plans):
        """Send letters at once, without those that a colleague has sent by hand since they were planned."""
        try:
            with self.env.cr.savepoint():
                self._send(company, plans)
        except UniqueViolation as error:
            if error.diag.constraint_name != f"{self._table}_one_a_week":
                raise
            for plan in plans if len(plans) > 1 else ():
                self._send_new(company, [plan])

    @api.model
    def _due(self, company):
        """Return ``(plans, week)`` of the letters that are due and have not gone, possibly nothing at all.

        :return: ``week`` is the one that is done with them, ``None`` when letters to other time zones will follow.
        """
        done = company.interaction_letter_week
        if done and week_of((fields.Datetime.now() + AHEAD).date()) <= done:
            return self._to_send_again(company), None
        plans = self._with_news(company, self._plans(company)[0] if company.interaction_letter_weekday else [])
        zones = {plan.person.id: plan.person._interaction_letter_zone(company) for plan in plans}
        weeks = {zone: self._week_due(company, zone, done) for zone in {company._interaction_zone(), *zones.values()}}
        for plan in plans:
            plan.week, is_paused = weeks[zones[plan.person.id]]
            if is_paused:
                plan.items = plan.items.browse()
        (week, is_paused), *others = {*weeks.values()}
        return self._unsent(company, [plan for plan in plans if plan.week]), not (others or is_paused) and week

    @api.model
    def _with_news(self, company, plans):
        """Return ``plans`` and those of people who get no letter, but news."""
        planned = {plan.person for plan in plans}
        news = self.env["crm.interaction.notice"]._to_send(company, WEEKLY)
        nothing = self.env["crm.interaction.matter.item"]
        return plans + [Plan(person, nothing, own) for person, own in news.items() if person not in planned]

    @api.model
    def _unsent(self, company, plans):
        """Return those of ``plans`` whose person has not had the letter of the week, without the items asked for often
        enough, and only with items or news."""
        sent = self._sent(company, plans)
        told = sent | self.env["crm.interaction.notice"]._sent_in(company, list({plan.week for plan in plans}))
        unsent = []
        for plan in plans:
            plan.items = plan.items.filtered(lambda item: not item._is_reminded_enough())
            if (plan.person, plan.week) not in (sent if plan.items else told) and (plan.items or plan.news):
                unsent.append(plan)
        return unsent

    @api.model
    def _sent(self, company, plans):
        """Return ``{(person, week), …}`` of the letters of a company in the weeks of ``plans``, without failed ones."""
        domain = Domain("company_id", "=", company.id) & Domain("week", "in", list({plan.week for plan in plans}))
        # sudo: a letter counts, whoever may see it
        letters = self.sudo().search_fetch(domain, ["partner_id", "week"])
        return {(letter.partner_id, letter.week) for letter in letters} - set(self._failed(domain))

    @api.model
    def _week_due(self, company, zone, done):
        """Return ``(week, is_paused)`` of a time zone.

        :param done: the last week (its Monday) of which all letters have gone, possibly none.
        :return: ``week`` (its Monday), the one that is due and not done, else ``None``; ``is_paused``: whether no
            letters go in it, only news.
        """
        local, weekday = self._local_now(zone), company.interaction_letter_weekday
        this, day = week_of(local.date()), int(weekday or NEWS_DAY)
        is_free = self._free_days(company, this)
        if is_paused := not weekday or not letter_day(this, day, is_free):
            is_free = self._working_days(company)
        week = week_due(local, day, is_free)
        return None if week and done and week <= done else week, is_paused

    @api.model
    def _local_now(self, zone):
        """Return the present moment in a time zone, without that zone."""
        now = fields.Datetime.context_timestamp(self.with_context(tz=zone), fields.Datetime.now())
        return now.replace(tzinfo=None)

    @api.model
    def _free_days(self, company, since):
        """Return a function of a day from ``since`` on: whether it is neither a holiday nor in a reporting week."""
        busy = self.env["crm.interaction.reporting.week"]._of_company(company, since)
        is_working = self._working_days(company)
        return lambda day: is_working(day) and not any(first <= day <= last for first, last in busy)

    @api.model
    def _working_days(self, company):
        """Return a function of a day: whether it is no holiday."""
        matters, nobody = self.env["crm.interaction.matter"], self.env["res.users"]
        return lambda day: matters._is_working_day(company, nobody, day)

    @api.model
    def _finish(self, company, week):
        """Record that the letters of a week have gone, if one is done, and tell accountants what is to check and what
        remains."""
        if week:
            company.interaction_letter_week = week
        self.env["crm.interaction.request.list"]._update_check_activities(company)
        self._escalate(company, bool(week))
