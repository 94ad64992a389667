from datetime import timedelta

import babel.dates

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.misc import babel_locale_parse

from ..events.local_time import midnight
from ..events.plurals import plural
from .letter_days import letter_day, week_of
from .res_partner_notify import AT_ONCE

MESSAGES = ("email", "messenger", "portal", "sms")
"""Channels of messages, in contrast to calls and documents."""
MANY = 3
"""From this message of a week on, the writer is told."""
WEEKS = 9
"""Weeks in which a day of letters is sought; reporting weeks last two months at most."""


class CrmInteractionRequestLetter(models.Model):
    """Say before a message is sent how many the person has had this week, and that it could go into the letter."""

    _inherit = "crm.interaction.request.letter"

    @api.model
    def _hint(self, company, persons, service):
        """Return ``(text, person)``: what to say before a message to ``persons``, and to whose list it can be added.

        Nothing is said of the first two messages of a week to somebody from whom nothing is outstanding. A message to
        several persons is added to no list: the others would not get it.

        :param persons: ``res.partner``, contacts of clients. :param service: of the document, possibly none.
        """
        sent = self._messages_this_week(company, persons)
        items = self.env["crm.interaction.matter.item"].search(self._outstanding(company, persons))
        asked = items.grouped("partner_id")
        person = max(persons, key=lambda one: (one in asked, sent.get(one, 0)), default=persons)
        number = sent.get(person, 0) + 1
        texts = [self._message_text(person, number)] if number >= MANY else []
        is_one_client = len(persons.commercial_partner_id) == 1
        reason = ""
        if is_one_client and (texts or asked):
            reason = self._no_letter_reason(company, person, service)
            texts.append(reason or self._letter_text(company, person, asked.get(person, items.browse())))
        return " ".join(texts), person if texts and len(persons) == 1 and not reason else persons.browse()

    @api.model
    def _messages_this_week(self, company, persons):
        """Return ``{person: number of our messages}`` of this week in the time zone of the company."""
        since = midnight(week_of(company._interaction_today()), company._interaction_zone())
        domain = Domain("partner_id", "in", persons.ids) & Domain("company_id", "=", company.id)
        domain &= Domain("date", ">=", since) & Domain("direction", "=", "outgoing")
        domain &= Domain("channel", "in", MESSAGES) & Domain("split_from_id", "=", False)
        return dict(self.env["crm.interaction"]._read_group(domain, ["partner_id"], ["__count"]))

    @api.model
    def _message_text(self, person, number):
        nths = self.env._("Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth").split("|")
        if number - MANY < len(nths):
            return self.env._("%(nth)s message to %(person)s this week.", nth=nths[number - MANY], person=person.name)
        return self.env._("%(person)s has had %(n)s messages this week.", person=person.name, n=number - 1)

    @api.model
    def _letter_text(self, company, person, items):
        """Return when the next letter goes, and how many of ``items``, those outstanding, are in it."""
        if not company.sudo().interaction_letter_weekday:  # sudo: a setting is no secret
            return self.env._("Letters go by hand only: the next one can be sent next week.")
        day = self._next_day(company, person)
        if not day:
            return self.env._("No letter goes out in the next weeks.")
        if not (items := items.filtered(lambda item: not item._is_reminded_enough())):
            return self.env._("The next letter goes on %s.", self._day_text(day))
        number = plural(self.env, self.env._("%(n)s item is|%(n)s items are"), len(items))
        return self.env._("%(items)s in the letter of %(day)s.", items=number, day=self._day_text(day))

    @api.model
    def _return_text(self, company, items):
        """Return when a person learns that ``items``, all of this person, are returned (str)."""
        person = items.partner_id
        if not person:
            return self.env._("Nobody is notified: an item has no contact.")
        if not company.sudo().interaction_letter_weekday:  # sudo: a setting is no secret
            return self._return_text_by_hand(company, person)
        if reason := self._no_letter_reason(company, person, items.service_id.browse()):
            return reason
        if person.sudo().interaction_notify == AT_ONCE:  # sudo: the choice is no secret
            return self.env._("%s is notified at once.", person.name)
        day = self._next_day(company, person)
        if not day or all(item._is_reminded_enough() for item in items):
            return self.env._("No letter will ask %s for it again: write or call.", person.name)
        return self.env._("%(person)s reads it in the letter of %(day)s.", person=person.name, day=self._day_text(day))

    @api.model
    def _day_text(self, day):
        locale = babel_locale_parse(self.env.lang)
        weekday = babel.dates.format_date(day, "cccc", locale=locale)
        return f"{weekday}, {babel.dates.format_skeleton('MMMMd', day, locale=locale)}"

    @api.model
    def _no_letter_reason(self, company, person, service):
        """Return why nothing can be added to a letter to a ``person`` (str), empty if it can."""
        if not company.sudo().interaction_letter_weekday:  # sudo: a setting is no secret
            return self.env._("Weekly letters are switched off.")
        if reason := self._unreachable_text(company, person):
            return reason
        list_ = self.env["crm.interaction.request.list"]._for_person(company, person)
        if list_.state == "draft":
            return self.env._("“%s” is a draft. Show it to the client first.", list_.name)
        if list_.audience == "client" and service.is_confidential:
            return self.env._("All contacts of the client see “%s”, and this is confidential.", list_.name)
        return ""

    @api.model
    def _next_day(self, company, person):
        """Return the day on which the next letter goes to a person, ``None`` if none is near."""
        today = person._interaction_local_day(company)
        weekday, done = company.sudo().interaction_letter_weekday, company.sudo().interaction_letter_week
        if not weekday:
            return None
        # sudo: a letter counts, whoever may see it
        last = self.sudo().search([("partner_id", "=", person.id), ("company_id", "=", company.id)], limit=1)
        this, is_free = week_of(today), self._free_days(company, week_of(today))
        is_again = last.week == this and last._mail_state() == "failed"
        had = None if is_again else max(filter(None, (done, last.week)), default=None)
        weeks = (this + timedelta(weeks=number) for number in range(WEEKS))
        first = {this: max(int(weekday), today.weekday())}  # those of a day that has passed follow on a later one
        days = (letter_day(week, first.get(week, int(weekday)), is_free) for week in weeks if not had or week > had)
        return next(filter(None, days), None)


class CrmInteractionRequestList(models.Model):
    """Find the list to which something for a person is added."""

    _inherit = "crm.interaction.request.list"

    @api.model
    def _for_person(self, company, person):
        """Return the open list from which the person has something outstanding, else any open list of the client, else
        the draft of this month; possibly none."""
        client, month = person.commercial_partner_id, company._interaction_today().replace(day=1)
        domain = Domain("commercial_partner_id", "=", client.id) & Domain("company_id", "=", company.id)
        lists = self.search(domain & Domain("state", "!=", "closed"))
        opened = lists.filtered(lambda list_: list_.state == "open")
        asking = opened.filtered(lambda list_: person in list_.item_ids.filtered("is_outstanding").partner_id)
        this_month = Domain("period", "=", month) & Domain("period_length", "=", "month")
        return (asking or opened or lists.filtered_domain(this_month))[:1]
