import logging

from markupsafe import Markup

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .actions import RELOAD, notification_action

_logger = logging.getLogger(__name__)

MODULE = "crm_outsourcing_interactions"
WARNING = "mail.mail_activity_data_warning"
LONGEST_ERROR = 500


class CrmInteractionJob(models.AbstractModel):
    """Run scheduled work for several companies, one at a time.

    Odoo stops a scheduled action at the first error and deactivates it after repeated failures. Here a failure is
    rolled back, logged and reported to a manager in an activity, and the other companies are still processed::

        self.env["crm.interaction.job"]._for_each_company("cron_recommendations", companies, self._refresh)

    The next successful run closes the activity. That two workers changed the same record is no failure: what one of
    them did is rolled back and left to the next run, and nobody is told.
    """

    _name = "crm.interaction.job"
    _description = "Scheduled Work"

    @api.model
    def _for_each_company(self, job, companies, work):
        """Call ``work(company)`` for each of ``companies``, committing after each.

        :param str job: the scheduled action's external name, without the module.
        """
        for done, company in enumerate(companies, 1):
            self._attempt(job, company, [lambda company=company: work(company)])
            self.env["ir.cron"]._commit_progress(1, remaining=len(companies) - done)

    @api.model
    def _run_now(self, job, work):
        """Call ``work(company)`` for each of the user's active companies, without committing; for buttons.

        :param str job: see ``_for_each_company``.
        :return: the companies for which it failed.
        """
        failed = self.env["res.company"]
        for company in self.env.companies:
            errors = self._attempt(job, company, [lambda company=company: work(company)])
            for error in errors:
                if self._is_conflict(error):
                    raise error  # Odoo retries the whole request
            failed |= company if errors else failed
        return failed

    @api.model
    def _result_action(self, failed, then=None):
        """Return the action of a button after ``_run_now``: a notification of the companies that ``failed``, then
        the action ``then``, by default a reload of the view."""
        then = then or RELOAD
        if not failed:
            return then
        message = self.env._(
            "This failed for: %s. A manager has been notified of the error.", ", ".join(failed.mapped("name"))
        )
        return notification_action(message, "danger", then, sticky=True)

    @api.model
    def _attempt(self, job, company, works):
        """Call each of ``works`` (functions without arguments) for ``company``, each in its own savepoint.

        :returns: the exceptions (list).
        """
        errors = [error for work in works if (error := self._error_of(job, company, work))]
        self._report(job, company, errors)
        return errors

    @api.model
    def _report(self, job, company, errors):
        """Show the first of ``errors`` to a manager in an activity; without errors, close that of an earlier run.

        Conflicts of two workers are not shown, and do not close it.
        """
        # sudo: the cron manages activities of the managers, whoever runs it
        open_activities = (
            self.sudo()
            .env["mail.activity"]
            .search(
                [
                    ("res_model", "=", "res.partner"),
                    ("res_id", "=", company.partner_id.id),
                    ("interaction_job", "=", job),
                ]
            )
        )
        if not errors:
            open_activities.unlink()
        elif not open_activities and (failures := [error for error in errors if not self._is_conflict(error)]):
            self._error_of(job, company, lambda: self._show_error(job, company, failures[0]))

    @api.model
    def _error_of(self, job, company, work):
        """Call ``work()`` in a savepoint; return the exception after a rollback, or ``None`` on success."""
        try:
            with self.env.cr.savepoint():
                work()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as error:
            _logger.info("%s met another worker in company %s, the next run goes on", job, company.id)
            return error
        except Exception as error:
            _logger.exception("%s failed for company %s", job, company.id)
            return error

    @api.model
    def _errors_of(self, job, company, work):
        """Call ``work()``, which returns the errors (list) that it has handled, in a savepoint; return them, or only
        the exception that it raises."""
        handled = []
        error = self._error_of(job, company, lambda: handled.extend(work()))
        return [error] if error else handled

    @api.model
    def _is_conflict(self, error):
        """Return whether an exception says that another worker changed the same record at the same time."""
        return isinstance(error, PG_CONCURRENCY_EXCEPTIONS_TO_RETRY)

    @api.model
    def _show_error(self, job, company, error):
        user = company._interaction_manager()
        company = company.with_context(lang=user.lang)
        # sudo: managers need the name of the failed action, which only administrators may read
        cron = company.env.ref(f"{MODULE}.{job}", raise_if_not_found=False)
        name = cron.sudo().name if cron else job
        text = company.env._(
            "“%(company)s” was skipped; the other companies are done. The next run will retry it.",
            company=company.name,
        )
        company.partner_id.sudo().activity_schedule(
            WARNING,
            user_id=user.id,
            summary=company.env._("Failed: %s", name),
            note=Markup("<p>%s</p><p>%s</p>") % (text, f"{type(error).__name__}: {error}"[:LONGEST_ERROR]),
            interaction_job=job,
        )
