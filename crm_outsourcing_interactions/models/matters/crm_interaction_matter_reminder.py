from collections import defaultdict
from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_datetime

from ..events.groups import USER
from ..events.local_time import midnight
from ..events.plurals import plural
from .crm_interaction_matter import LIVE

JOB = "cron_matter_reminders"
ACTIVITY = "crm_outsourcing_interactions.activity_type_matters"
DUE, LATE = "due", "late"
SHOWN = 20
"""Greatest number of matters that an activity names."""


class MailActivity(models.Model):
    """Mark the activities that list matters."""

    _inherit = "mail.activity"

    interaction_reminder = fields.Char(
        "List of Matters", readonly=True, copy=False, index="btree_not_null",
        help="What the activity lists, e.g. answers due or late, and the ID of the company.",
    )  # fmt: skip
    interaction_reminded_until = fields.Datetime(
        "Lists Until",
        readonly=True,
        copy=False,
        help="Matters that become late after this time are listed in the next activity.",
    )


class CrmInteractionMatter(models.Model):
    """Remind accountants of answers due, and supervisors of those that have become late.

    Each has at most one such activity in a company. It belongs to no document, so that nobody else may read it. The
    hourly job updates it, deletes it when nothing is left to list, and after it was done makes a new one on the next
    working day. Deputies get those of the users they represent. Complaints have an activity of their own.
    """

    _inherit = "crm.interaction.matter"

    @api.model
    def _cron_remind(self):
        """Update the activities of all companies."""
        companies = self.env["res.company"].search(Domain.TRUE)
        for done, company in enumerate(companies, 1):
            self._remind_company(company)
            self.env["ir.cron"]._commit_progress(1, remaining=len(companies) - done)

    @api.model
    def _remind_company(self, company):
        """Update the activities of a company, those of each user in a savepoint of its own."""
        job, found = self.env["crm.interaction.job"], {}

        def read():
            found.update(self._reminders(company))

        error = job._error_of(JOB, company, read)
        works = [partial(self._remind, company, user, kind, matters) for (user, kind), matters in found.items()]
        job._attempt(JOB, company, [read] if error else works)

    @api.model
    def _reminders(self, company):
        """Return ``{(user, kind): matters}``; without matters for users who have an activity to delete."""
        ids = defaultdict(list)
        for activity in self._reminders_of(company, DUE, LATE).filtered("active"):
            ids[activity.user_id, activity.interaction_reminder.split(",")[0]] = []
        people = self._reminded_people(company)
        for matter in self.search(self._due_today_domain(company), order="due, id"):
            for user, kind in matter._reminded():
                if user := people(user):
                    ids[user, kind].append(matter.id)
        return {key: self.browse(found) for key, found in ids.items()}

    @api.model
    def _due_today_domain(self, company):
        """Return the domain of matters that wait for us and are due today or late."""
        end = midnight(company._interaction_today() + timedelta(days=1), company._interaction_zone())
        return LIVE & Domain("waiting", "=", "us") & Domain("company_id", "=", company.id) & Domain("due", "<", end)

    def _reminded(self):
        """Return the pairs of user and kind of activity that list one matter. Extend it to remind others."""
        accountant = self.accountant_id or self.user_id
        found = [] if self.is_complaint else [(accountant, DUE)]
        return [*found, (self.supervisor_id, LATE)] if self.due <= fields.Datetime.now() else found

    @api.model
    def _reminded_people(self, company):
        """Return a function of a user that returns who is to be reminded today: the user, the deputy, or nobody."""
        known = {}

        def person(user):
            if user not in known:
                acting = user and user._interaction_stand_in()
                fits = acting and acting.active and company in acting.company_ids and acting.has_group(USER)
                known[user] = acting if fits else None
            return known[user]

        return person

    @api.model
    def _reminder_key(self, company, kind):
        """Return the mark (str) of activities of a ``kind`` (str) in a company."""
        return f"{kind},{company.id}"

    @api.model
    def _reminders_of(self, company, *kinds):
        """Return the activities of a company, also those done, the last one first."""
        names = [self._reminder_key(company, kind) for kind in kinds]
        activities = self.env["mail.activity"].with_context(active_test=False, mail_activity_quick_update=True)
        return activities.search([("interaction_reminder", "in", names)], order="id desc")

    @api.model
    def _remind(self, company, user, kind, matters):
        """Update, create or delete the activity of a user."""
        activities = self._reminders_of(company, kind).filtered(lambda activity: activity.user_id == user)
        current = activities.filtered("active")[:1]
        done = (activities - current)[:1]
        if kind == LATE and done.interaction_reminded_until:
            matters = matters.filtered(lambda matter: matter.due > done.interaction_reminded_until)
        today = company._interaction_today()
        if not matters:
            current.unlink()
        elif self._is_working_day(company, user, today):
            vals = matters._prepare_reminder(company, user, kind)
            if current:
                current.write({name: value for name, value in vals.items() if current[name] != value})
            elif not done or done.date_deadline < today:
                current.create(self._prepare_reminder_frame(company, user, kind) | vals)

    @api.model
    def _is_working_day(self, company, user, day):
        zone = company._interaction_zone()
        time = self.env["crm.interaction.working.hours"]._of(company, user)
        return time.between(midnight(day, zone), midnight(day + timedelta(days=1), zone)) > 0

    @api.model
    def _prepare_reminder_frame(self, company, user, kind, type_id=ACTIVITY):
        """Return the values of a new activity that never change.

        :param type_id: external ID of its type.
        """
        type_ = self.env.ref(type_id, raise_if_not_found=False)
        return {
            "activity_type_id": type_.id if type_ else False,
            "automated": True,
            "user_id": user.id,
            "interaction_reminder": self._reminder_key(company, kind),
        }

    def _prepare_reminder(self, company, user, kind):
        """Return the values of the activity that lists these matters, in the language of ``user``."""
        matters = self.with_context(lang=user.lang, tz=company._interaction_zone())
        now = fields.Datetime.now()
        late = matters.filtered(lambda matter: matter.due <= now)
        parts = [(matters.env._("Late"), late), (matters.env._("Due Today"), matters - late)]
        lines = [(title, [part._reminder_line() for part in some[:SHOWN]]) for title, some in parts if some]
        more = len(matters) - sum(len(some) for _title, some in lines)
        values = {"parts": lines, "more": more, "company": len(user.company_ids) > 1 and company.name}
        return {
            "summary": matters._reminder_summary(kind, len(late)),
            "note": matters.env["ir.qweb"]._render("crm_outsourcing_interactions.matter_reminder_note", values),
            "date_deadline": company._interaction_today(),
            "interaction_reminded_until": now,
        }

    def _reminder_summary(self, kind, late):
        forms = self.env._("%(n)s matter|%(n)s matters")
        if kind == LATE:
            return self.env._("Became late: %s", plural(self.env, forms, late))
        due = plural(self.env, forms, len(self))
        return self.env._("Awaiting an answer today: %(due)s, late: %(late)s", due=due, late=late)

    def _reminder_line(self):
        """Return id, name, type and due moment of one matter as texts."""
        due = format_datetime(self.env, self.due, dt_format="short")
        is_person = self.partner_id != self.commercial_partner_id
        return {"id": self.id, "name": self.display_name, "person": is_person and self.person_name, "due": due}
