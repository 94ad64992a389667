from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, models

from ..models.events.marks import marked
from ..models.requests.letter_days import letter_day, week_of
from .answers import later
from .crm_interaction_demo import MODULE

LATE, IN_WORK, CLOSED = "sever", "vector", "lotus"
"""Clients with a request list: one that has sent nothing, one in work, one that has sent everything."""
LETTERS = 3
"""Letters to the late client: the first one and the usual number of reminders."""
SENT_AT = time(8, 5)
REASON = (
    "The second half of the month is missing. Please send the statements for the whole month.",
    "Не хватает второй половины месяца. Пришлите, пожалуйста, выписки за весь месяц.",
)
NONE = ("There was nobody new this month.", "В этом месяце новых сотрудников не было.")


class CrmInteraction(models.Model):
    """Create demo data: request lists of three clients, their letters of past weeks, and what came through the account.

    Letters and hand-overs are dated by the mark ``interaction_date``; the mails count as sent, so none goes out.
    """

    _inherit = "crm.interaction"

    @api.model
    def _demo_finish(self, last_mail_id):
        res = super()._demo_finish(last_mail_id)
        self._demo_requests()
        self.env["mail.mail"].sudo().search([("id", ">", last_mail_id)]).state = "sent"
        return res

    @api.model
    def _demo_requests(self):
        template = self.env.ref(f"{MODULE}.request_template_month", raise_if_not_found=False)
        if not template:
            return
        for name in (LATE, IN_WORK, CLOSED):
            self._demo_ref(name).interaction_request_partner_id = self._demo_ref(f"{name}_contact")
        company = self.env.company
        first, second, third = self._demo_letter_days()
        month, next_month = (day.replace(day=1) - relativedelta(months=1) for day in (first, second))
        template._make(self._demo_ref(LATE), month, company)
        self._demo_letters(first)
        in_work, closed = (template._make(self._demo_ref(name), next_month, company) for name in (IN_WORK, CLOSED))
        sent = self._demo_letters(second)
        self._demo_in_work(in_work, sent)
        self._demo_closed(closed, sent)
        self._demo_letters(third)
        letters = self.env["crm.interaction.request.letter"]
        letters._finish(company, week_of(company._interaction_today()))

    @api.model
    def _demo_letter_days(self):
        """Return the days (dates) of the last letters before this week, the earliest first."""
        company = self.env.company
        this, weekday = week_of(company._interaction_today()), int(company.interaction_letter_weekday or 0)
        weeks = [this - timedelta(weeks=number) for number in range(1, 9)]
        is_free = self.env["crm.interaction.request.letter"]._free_days(company, weeks[-1])
        days = filter(None, (letter_day(week, weekday, is_free) for week in weeks))
        return sorted(list(days)[:LETTERS])

    @api.model
    def _demo_letters(self, day):
        """Send the letters of a day; return when."""
        moment = datetime.combine(day, SENT_AT)
        letters, company = self._demo_at(moment, self.env["crm.interaction.request.letter"]), self.env.company
        plans = letters._with_news(company, letters._plans(company)[0])
        for plan in plans:
            plan.week = week_of(day)
        letters._send(company, letters._unsent(company, plans))
        return moment

    @api.model
    def _demo_at(self, moment, records):
        return marked(records, "interaction_date", moment)

    @api.model
    def _demo_in_work(self, list_, sent):
        """Hand over half of the items: one is returned, one accepted, as is the time sheet, which came on paper."""
        items = list_.item_ids[:3]
        self._demo_hand_over(items, later(sent, 11), "login")
        checked = later(sent, 14)
        self._demo_at(checked, items[1] | list_.item_ids[4]).action_accept()
        self._demo_at(checked, items[0])._return(self._demo_text(REASON))

    @api.model
    def _demo_closed(self, list_, sent):
        """Hand over everything: by the link of the letter, and after the first part was accepted by login."""
        *items, time_sheet, orders = list_.item_ids
        items = self.env["crm.interaction.matter.item"].union(*items)
        self._demo_hand_over(items, later(sent, 3), "link")
        self._demo_at(later(sent, 7), items).action_accept()
        none = {orders.id: {"not_applicable": self._demo_text(NONE)}}
        self._demo_hand_over(time_sheet | orders, later(sent, 12), "login", none)
        self._demo_at(later(sent, 15), time_sheet | orders).action_accept()

    @api.model
    def _demo_hand_over(self, items, moment, how, answers=None):
        """Hand over a file for each of ``items`` (of one list) or, by its id, one of the ``answers``."""
        files = {item.id: {"files": [(f"{item.name}.csv", f"{item.name};1\n".encode())]} for item in items}
        self._demo_at(moment, items)._hand_over(items.partner_id, {**files, **(answers or {})}, how=how)
