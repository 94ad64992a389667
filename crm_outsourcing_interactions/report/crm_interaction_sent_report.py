from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..models.events.actions import RELOAD, addon_action, notification_action
from ..models.events.crm_interaction_named_mixin import divisions
from ..models.events.plurals import plural
from .crm_interaction_client_report import NOT_SORTED
from .period import Period

KEPT = timedelta(days=1)
"""How long a report that was never sent is kept."""


class CrmInteractionSentReport(models.Model):
    """Store a client report as it was sent, and tell what has changed in its figures since.

    ``_make`` renders the page and notes which interactions it counts, under which kind. Posting it to somebody in its
    chatter sends it; the message is captured like any other message to the client.
    """

    _name = "crm.interaction.sent.report"
    _description = "Sent Client Report"
    _inherit = ["mail.thread", "crm.interaction.protected.mixin", "crm.interaction.named.mixin"]
    _protected_fields = frozenset(
        {"partner_id", "company_id", "date_from", "date_to", "counted", "attachment_id", "sent_on", "user_id"}
    )
    _mail_post_access = "read"
    _order = "sent_on desc, id desc"

    partner_id = fields.Many2one("res.partner", "Client", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("To", required=True, readonly=True)
    counted = fields.Json(readonly=True, help="IDs of the interactions counted, each with the ID of its kind.")
    attachment_id = fields.Many2one("ir.attachment", "File", readonly=True, index="btree_not_null", ondelete="restrict")
    sent_on = fields.Datetime(readonly=True, index=True)
    user_id = fields.Many2one("res.users", "Sent By", readonly=True, ondelete="set null")
    change_text = fields.Char("Changed Since Sent", compute="_compute_change_text")

    @property
    def _period(self):
        return Period(self.date_from, self.date_to)

    @api.depends("partner_id", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        writer = self.env["crm.interaction.summary.report.xlsx"]
        for report in self:
            period = writer._period_label(report._period)
            report.display_name = f"{report.partner_id.name} – {period}"

    @api.model
    def _named(self, name, operator):
        clients = [client for client, _period in divisions(name, " – ")]
        reports = self.search([("partner_id.name", "in", clients)])
        return Domain("id", "in", reports.filtered(lambda report: name.lower() in report.display_name.lower()).ids)

    @api.depends("counted")
    @api.depends_context("lang")
    def _compute_change_text(self):
        for report in self:
            report.change_text = report._change_text()

    @api.model
    def _make(self, client, company, period):
        """Return a new report (recordset) for a client and a ``Period``, not sent yet.

        :raises AccessError: when the user does not see all interactions of the client.
        """
        if not client._interaction_may_see():
            raise AccessError(
                self.env._(
                    "Only managers and the accountant, supervisor and team of “%s” send its report. Ask one of them.",
                    client.name,
                )
            )
        vals = {"partner_id": client.id, "company_id": company.id, "user_id": self.env.uid}
        vals |= {"date_from": period.start, "date_to": period.end}
        # sudo: users only read sent reports; the rights to the client's interactions are checked above
        report = self.sudo()._by_code().create(vals)
        attachment = self.env["ir.attachment"].sudo().create(self._prepare_attachment_vals(report))
        report.write({"counted": report._kinds_by_id(), "attachment_id": attachment.id})
        return report.with_env(self.env)

    @api.model
    def _prepare_attachment_vals(self, report):
        """Return the values of the file, rendered with the rights of the user."""
        client = report.with_env(self.env).partner_id
        page = self.env["report.crm_outsourcing_interactions.client_page"]
        data = page._options(client, report.company_id, report._period)
        action = "crm_outsourcing_interactions.report_client"
        content, _type = self.env["ir.actions.report"]._render_qweb_pdf(action, client.ids, data=data)
        name = f"{client._interaction_client_file_name(data)}.pdf"
        return {
            "name": name,
            "raw": content,
            "mimetype": "application/pdf",
            "res_model": self._name,
            "res_id": report.id,
        }

    def _kinds_by_id(self):
        """Return ``{interaction id (str): kind id}`` of what one report counts now; what is to review has no kind."""
        self.ensure_one()
        domain = self.env["crm.interaction.summary.report.xlsx"]._summary_report_domain(
            self.company_id, self._period, self.partner_id
        )
        # sudo: numbers only, of a client whose interactions the reader of the report sees
        rows = self.env["crm.interaction"].sudo().search_fetch(domain, ["state", "kind_id"])
        return {str(row.id): NOT_SORTED if row.state == "to_review" else row.kind_id.id or NOT_SORTED for row in rows}

    def _changes(self):
        """Return the ids of the interactions added, removed and reclassified since one report was made."""
        then, now = self.counted or {}, self._kinds_by_id()
        both = then.keys() & now.keys()
        changes = (now.keys() - both, then.keys() - both, {id_ for id_ in both if then[id_] != now[id_]})
        return tuple([int(id_) for id_ in ids] for ids in changes)

    def _change_text(self):
        """Return the changes in words, e.g. *+3 interactions, 1 reclassified*."""
        added, removed, reclassified = map(len, self._changes())
        parts = [
            added and plural(self.env, self.env._("+%(n)s interaction|+%(n)s interactions"), added),
            removed and plural(self.env, self.env._("−%(n)s interaction|−%(n)s interactions"), removed),
            reclassified and plural(self.env, self.env._("%(n)s reclassified|%(n)s reclassified"), reclassified),
        ]
        return ", ".join(filter(None, parts)) or self.env._("Unchanged")

    def action_view_changes(self):
        """Open the interactions that were added, removed or reclassified since one report was sent."""
        self.ensure_one()
        ids = [id_ for part in self._changes() for id_ in part]
        domain = [("id", "in", ids), ("active", "in", [True, False])]
        name = self.env._("Changed Since Sent: %s", self.display_name)
        action = addon_action(self.env, "crm_interaction_action")
        return {**action, "name": name, "display_name": name, "path": False, "domain": domain, "context": {}}

    def action_download(self):
        """Download the report as it was sent."""
        self.ensure_one()
        self.check_access("read")
        url = f"/web/content/{self.attachment_id.id}?download=true"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def action_compose(self):
        """Open the composer for a letter to the client with the report attached."""
        self.ensure_one()
        template = self.env.ref("crm_outsourcing_interactions.mail_template_client_report", raise_if_not_found=False)
        context = {
            "default_composition_mode": "comment",
            "default_interaction_type_id": self.env["crm.interaction.type"]._of_role("client_report").id,
            "default_model": self._name,
            "default_res_ids": self.ids,
            "default_template_id": template.id if template else False,
            "default_attachment_ids": self.attachment_id.ids,
            "default_partner_ids": self.partner_id.ids,
            "force_email": True,
        }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send Client Report"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": context,
        }

    def _message_post_after_hook(self, message, msg_vals):
        """Note that the report was sent, when a message takes it to somebody."""
        if not self.sent_on and message.partner_ids and self.attachment_id in message.attachment_ids:
            vals = {"sent_on": message.date, "user_id": message.author_id.user_ids[:1].id or self.env.uid}
            # sudo: users only read sent reports
            self.sudo()._by_code().write(vals)
        return super()._message_post_after_hook(message, msg_vals)

    @api.autovacuum
    def _gc_unsent(self):
        """Delete reports that were made and not sent."""
        old = Domain("sent_on", "=", False) & Domain("create_date", "<", fields.Datetime.now() - KEPT)
        self.sudo().search(old).unlink()  # Odoo deletes the files with their records


class MailComposeMessage(models.TransientModel):
    """Say that a client report was sent, and refresh the list behind."""

    _inherit = "mail.compose.message"

    def action_send_mail(self):
        """Return the notification after a client report; else what Odoo returns."""
        action = super().action_send_mail()
        if self[:1].model != "crm.interaction.sent.report":
            return action
        return notification_action(self.env._("Client report sent: %s", self.partner_ids[:1].name), then=RELOAD)
