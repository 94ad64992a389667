from datetime import timedelta

from odoo import api, models

from .crm_interaction_request_letter_hint import WEEKS
from .crm_interaction_request_letter_job import NEWS_DAY
from .crm_interaction_request_letter_sending import Plan
from .letter_days import letter_day, week_of
from .res_partner_letters import ARCHIVED
from .res_partner_notify import AT_ONCE, WEEKLY


class CrmInteractionRequestLetter(models.Model):
    """Say when a person learns of something where letters go by hand only: news goes by itself even so."""

    _inherit = "crm.interaction.request.letter"

    @api.model
    def _return_text_by_hand(self, company, person):
        """Return when a ``person`` learns that something is returned (str), see ``_return_text``."""
        if reason := self._unreachable_text(company, person):
            return reason
        choice = person.sudo().interaction_notify  # sudo: the choice is no secret
        if choice == AT_ONCE:
            return self.env._("%s is notified at once.", person.name)
        week = week_of(person._interaction_local_day(company))
        had = self._had(company, person, week)
        if day := choice == WEEKLY and self._news_day(company, person, had):
            text = self.env._(
                "Letters go by hand only. %(person)s learns of it by e-mail on %(day)s.",
                person=person.name,
                day=self._day_text(day),
            )
        else:
            text = self.env._("Letters go by hand only, and %s wants no notifications.", person.name)
        if "letter" in had:
            return f"{text} {self.env._('The letter of this week has gone: write or call if it is urgent.')}"
        return f"{text} {self.env._('Send Letter Now on the list tells it at once.')}"

    @api.model
    def _unreachable_text(self, company, person):
        """Return why no mail goes to a ``person`` by itself (str), empty if it does."""
        client = person.commercial_partner_id
        if code := person._interaction_letter_obstacles().get(person):
            return self.env._("No letter goes to %s.", person._interaction_obstacle_text(code))
        if not client.active:
            return self.env._("No letter goes to %s.", client._interaction_obstacle_text(ARCHIVED))
        return client._interaction_former_text() if client._interaction_is_former(company) else ""

    @api.model
    def _had(self, company, person, week):
        """Return which of ``"letter", "news"`` this person has had in a ``week`` (its Monday), as a set."""
        notices = self.env["crm.interaction.notice"]
        letters = self._sent(company, [Plan(person, self.item_ids, notices, week)])
        found = {"letter": letters, "news": notices._sent_in(company, [week])}
        return {kind for kind, sent in found.items() if (person, week) in sent}

    @api.model
    def _news_day(self, company, person, had):
        """Return the day on which the next news goes to a person: once a week, on Monday or as soon as there is some.

        :param had: what the person has had this week, see ``_had``.
        """
        today, done = person._interaction_local_day(company), company.sudo().interaction_letter_week
        this, is_free = week_of(today), self._working_days(company)
        weeks = [this + timedelta(weeks=number) for number in range(1 if had else 0, WEEKS)]
        first = {this: today.weekday()}  # what is there after Monday does not wait
        days = (letter_day(week, first.get(week, NEWS_DAY), is_free) for week in weeks if not done or week > done)
        return next(filter(None, days), None)
