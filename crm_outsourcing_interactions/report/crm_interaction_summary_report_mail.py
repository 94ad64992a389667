from functools import partial

from odoo import api, models

from ..models.events.marks import marked
from .period import Period


class CrmInteractionSummaryReportXlsx(models.AbstractModel):
    """Mail the summary report of the past month to its recipients, once."""

    _inherit = "crm.interaction.summary.report.xlsx"

    @api.model
    def _cron_mail(self):
        """Queue the mails of each company whose month has ended, also after a missed run."""
        companies = self.env["res.company"].search([("interaction_summary_report_user_ids", "!=", False)])
        for company in companies:
            period = Period.last_month(company._interaction_today())
            if company.interaction_summary_report_sent != period.start:
                work = partial(self._mail_summary_report, company, period)
                self.env["crm.interaction.job"]._error_of("cron_summary_report_mail", company, work)
                self.env["ir.cron"]._commit_progress(1)

    def _mail_summary_report(self, company, period):
        """Queue one mail per recipient and mark the month as done in the same transaction.

        A failure for one recipient is reported to a manager; the others get their mail once. If all fail, the next run
        tries again.
        """
        group = "crm_outsourcing_interactions.group_user"
        recipients = company.interaction_summary_report_user_ids.filtered(
            lambda user: user.active and company in user.company_ids and user.has_group(group)
        )
        works = [partial(self._mail_summary_report_to, user, company, period) for user in recipients]
        job = self.env["crm.interaction.job"]
        errors = job._attempt("cron_summary_report_mail", company, works)
        if conflicts := list(filter(job._is_conflict, errors)):
            raise conflicts[0]  # the next run mails it to all
        if not works or len(errors) < len(works):
            company.interaction_summary_report_sent = period.start

    def _mail_summary_report_to(self, user, company, period):
        context = {"lang": user.lang, "tz": user.tz, "allowed_company_ids": company.ids}
        summary_report = self.env["crm.interaction.summary.report"].with_user(user).with_context(**context)
        summary_report = summary_report.create(
            {"date_from": period.start, "date_to": period.end, "company_id": company.id}
        )
        summary_report._make()
        # rendered with the recipient's rights, because any editor of templates controls the text
        template = self.env.ref("crm_outsourcing_interactions.mail_template_summary_report").with_user(user)
        label = summary_report.env["crm.interaction.summary.report.xlsx"]._period_label(period)
        attachment = summary_report.attachment_id.sudo().copy({"res_model": "mail.message", "res_id": 0})
        template = marked(template, "interaction_skip")
        template.with_context(summary_report_period=label, summary_report_company=company.name).send_mail(
            user.id, email_values={"attachment_ids": attachment.ids}
        )
        summary_report.sudo().unlink()
