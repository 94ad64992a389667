import logging
import tempfile

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.events.crm_interaction_ranges_mixin import DAYS
from ..report.period import Period
from ..report.summary_report_writer import excel_date_format, write_summary_report

_logger = logging.getLogger(__name__)

DIRECT_LIMIT = 20_000
"""Number of listed interactions from which the workbook is created in the background."""
STATES = [("draft", "Draft"), ("running", "Running"), ("done", "Done"), ("failed", "Failed")]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CrmInteractionSummaryReport(models.TransientModel):
    """Create the summary report of a period: a workbook to download, or a page per client.

    Contents follow the reader's rights and language. A cron writes long lists of interactions in batches; the form
    shows its progress and then the file.
    """

    _name = "crm.interaction.summary.report"
    _inherit = ["crm.interaction.ranges.mixin", "crm.interaction.protected.mixin"]
    _protected_fields = frozenset({"state", "progress", "attachment_id"})
    _ranges = {"date_from": DAYS, "date_to": DAYS}
    _description = "Summary Report of Interactions"
    _transient_max_hours = 24

    date_from = fields.Date("From", required=True, default=lambda self: self._last_month().start)
    date_to = fields.Date("To", required=True, default=lambda self: self._last_month().end)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    partner_ids = fields.Many2many(
        "res.partner", string="Clients", domain="[('parent_id', '=', False)]", help="Empty: all clients."
    )
    with_contacts = fields.Boolean("Interaction List", help="Adds a sheet that lists each interaction of the period.")
    state = fields.Selection(STATES, required=True, default="draft", readonly=True)
    progress = fields.Float(readonly=True)
    attachment_id = fields.Many2one("ir.attachment", "File", readonly=True)

    _period_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "The period cannot end before it begins. Correct the dates."
    )

    def _last_month(self):
        return Period.last_month(self.env.company._interaction_today())

    def action_create(self):
        """Create the workbook and return its download; leave long ones to the cron."""
        self.ensure_one()
        self._check_company_allowed()
        if self.with_contacts and self._interaction_count() > DIRECT_LIMIT:
            self._by_code().write({"state": "running", "progress": 0})
            self.env.ref("crm_outsourcing_interactions.cron_summary_report")._trigger()
            return self._reopen()
        self._make()
        return self.action_download()

    def action_pdf(self):
        """Print a page per selected client, or per client with interactions in the period.

        :raises UserError: when there are no clients.
        """
        self.ensure_one()
        self._check_company_allowed()
        clients = self.partner_ids.commercial_partner_id or self._clients_of_period()
        if not clients:
            raise UserError(
                self.env._("There were no interactions with clients in this period. Choose another period.")
            )
        page = self.env["report.crm_outsourcing_interactions.client_page"]
        data = page._options(clients, self.company_id, self._period)
        return self.env.ref("crm_outsourcing_interactions.report_client").report_action(clients, data=data)

    def action_send(self):
        """Open a letter to the selected client with its report attached, which is stored as it is sent.

        :raises UserError: unless one client is selected.
        """
        self.ensure_one()
        self._check_company_allowed()
        client = self.partner_ids.commercial_partner_id
        if len(client) != 1:
            raise UserError(self.env._("Select one client to send its report. Reports of several can be printed."))
        return self.env["crm.interaction.sent.report"]._make(client, self.company_id, self._period).action_compose()

    def _clients_of_period(self):
        domain = self.env["crm.interaction.summary.report.xlsx"]._summary_report_domain(self.company_id, self._period)
        groups = self.env["crm.interaction"]._read_group(
            [*domain, ("commercial_partner_id", "!=", False)], ["commercial_partner_id"]
        )
        return self.env["res.partner"].union(*(client for (client,) in groups))

    def action_download(self):
        """Download the workbook, tell so and close the dialog."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "interaction_summary_report_download",
            "params": {
                "url": f"/web/content/{self.attachment_id.id}?download=true",
                "message": self.env._("The workbook is being downloaded: %s", self.attachment_id.name),
            },
        }

    def _check_company_allowed(self):
        """Check access to the company, since record rules would give an empty report.

        :raises UserError: when the reader has no access to the company.
        """
        if self.company_id not in self.env.companies:
            raise UserError(self.env._("Switch to the company “%s” first.", self.company_id.name))

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Summary Report"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    @property
    def _period(self):
        return Period(self.date_from, self.date_to)

    def _interaction_count(self):
        domain = self.env["crm.interaction.summary.report.xlsx"]._summary_report_domain(
            self.company_id, self._period, self.partner_ids
        )
        return self.env["crm.interaction"].search_count(domain)

    def _make(self, progress=None):
        """Write the workbook and attach it to this wizard, which only its user may read."""
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
            self._write_to(file.name, progress)
            vals = self._prepare_attachment_vals(file.read())
        attachment = self.env["ir.attachment"].create(vals)
        self._by_code().write({"attachment_id": attachment.id, "state": "done", "progress": 100})

    def _write_to(self, path, progress=None):
        report = self.env["crm.interaction.summary.report.xlsx"]
        summary_report = report._summary_report(
            self.company_id, self._period, self.partner_ids, self.with_contacts, progress
        )
        lang = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        write_summary_report(path, summary_report, self.with_contacts, excel_date_format(lang.date_format))

    def _prepare_attachment_vals(self, content):
        name = self.env._("Client interactions %s", f"{self.date_from} – {self.date_to}")
        if self.date_from.strftime("%Y-%m") == self.date_to.strftime("%Y-%m") and self._period.is_whole_months:
            name = self.env._("Client interactions %s", self.date_from.strftime("%Y-%m"))
        return {
            "name": f"{name}.xlsx",
            "raw": content,
            "mimetype": XLSX,
            "res_model": self._name,
            "res_id": self.id,
        }

    # --- in the background --------------------------------------------------------------

    @api.model
    def _cron_run(self):
        """Create the queued workbooks, each with the rights and language of its reader."""
        for summary_report in self.sudo().search([("state", "=", "running")], order="id"):
            summary_report._run_for_reader()

    def _run_for_reader(self):
        user = self.create_uid
        context = {"lang": user.lang, "tz": user.tz, "allowed_company_ids": self.company_id.ids}
        summary_report = self.with_user(user).with_context(**context)
        try:
            summary_report._make(summary_report._note_progress)
        except Exception:
            _logger.exception("Report summary report %s failed", self.id)
            self.env.cr.rollback()
            self._by_code().write({"state": "failed"})
        else:
            message = self.env._("The summary report is ready: %s", summary_report.attachment_id.name)
            user._bus_send("simple_notification", {"type": "success", "message": message, "sticky": True})
        self.env["ir.cron"]._commit_progress(1)

    def _note_progress(self, done, total):
        self._by_code().progress = 100 * done / total if total else 100
        self.env["ir.cron"]._commit_progress()
