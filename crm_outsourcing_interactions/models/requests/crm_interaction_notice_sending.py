from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every
from odoo.tools.misc import format_date

from ..events.marks import without_requested
from ..events.private_links import with_link
from .res_partner_notify import AT_ONCE

JOB = "cron_notices"
CHUNK = 100
"""Mails that are made at once."""
COLLECTED = timedelta(minutes=15)
"""How long changes are collected into one mail, counted from the first one."""
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, DR, RN, NRN"}
TEMPLATE = "crm_outsourcing_interactions.notice"


class CrmInteractionNotice(models.Model):
    """Send notifications: one mail for all that a person has not learned yet, in the person's language.

    The mail belongs to a request list, so that replies arrive there like those to letters. News about questions only
    belong to no document, since whoever may open it would read about other questions; replies go to the sender.
    """

    _inherit = "crm.interaction.notice"

    @api.model
    def _cron_send(self):
        """Find and send what people want at once, in all companies, as long as there is time."""
        companies = self.env["res.company"].search(Domain.TRUE)
        for number, company in enumerate(companies, 1):
            if not self._send_at_once(company, len(companies) - number):
                break

    @api.model
    def _send_at_once(self, company, more=0):
        """Send the mails of a company that have been collected; each batch is committed.

        :param more: how many companies follow.
        :return: whether there is time left.
        """
        job, ripe = self.env["crm.interaction.job"], []
        errors = [job._error_of(JOB, company, lambda: self._find(company))]
        errors.append(job._error_of(JOB, company, lambda: ripe.extend(self._ripe(company))))
        left, has_time = len(ripe), True
        for chunk in split_every(CHUNK, ripe, list):
            errors += [job._error_of(JOB, company, lambda own=own: own._send(company)) for own in chunk]
            left -= len(chunk)
            has_time = self.env["ir.cron"]._commit_progress(len(chunk), remaining=left + more + 1)
            if not has_time:
                break
        job._report(JOB, company, list(filter(None, errors)))
        return has_time and self.env["ir.cron"]._commit_progress(1, remaining=more)

    @api.model
    def _ripe(self, company):
        """Return what was collected for each person (list of notifications)."""
        last = fields.Datetime.now() - COLLECTED
        return [own for own in self._to_send(company, AT_ONCE).values() if min(own.mapped("date")) <= last]

    def _send(self, company, week=False):
        """Send these notifications of one person as one mail.

        :param week: Monday of the week of the letter in whose place it goes.
        """
        # sudo: mails are made by code only
        own = without_requested(self.sudo().with_company(company)).with_context(lang=self.partner_id.lang)
        mail = own.env["mail.mail"].create(own._prepare_mail_vals(company))
        own._mark_sent(mail.mail_message_id, week)
        own.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    def _prepare_mail_vals(self, company):
        """Return the values of the mail of these notifications."""
        list_ = self.item_id.list_id[:1]
        sender = self._sender(company)
        address = self.env["crm.interaction.request.letter"]._account_url(company)
        body = self.env["ir.qweb"]._render(TEMPLATE, self._text_values(company, sender, address))
        reply_to = list_._reply_addresses(sender)[list_.id] if list_ else False
        return list_._prepare_mail_vals(
            company,
            self.partner_id,
            sender,
            subject=self._subject(),
            body=body,
            body_html=with_link(body, address, self._url(company)),
            reply_to=reply_to or sender.email_formatted,
            headers=repr(HEADERS),
        )

    def _sender(self, company):
        """Return the partner in whose name they go: that of who acts for the list or client, else of the company."""
        accountant = self.partner_id.commercial_partner_id.interaction_accountant_id
        list_ = self.item_id.list_id[:1]
        return list_._sender(company, list_._acting() or accountant._interaction_stand_in())

    def _url(self, company):
        """Return the address to which the mail leads: the account, for people without a login their link."""
        if path := self.partner_id._interaction_account_path():
            return f"{company.get_base_url()}{path}"
        return self.item_id._letter_url(self.partner_id) if self._has_page() else ""

    def _has_page(self):
        """Return whether the person can open something: the account, or by link what is outstanding."""
        return bool(self.partner_id._interaction_account_path()) or any(self.item_id.mapped("is_outstanding"))

    def _subject(self):
        if not self.matter_id:
            return self.env._("Update on your documents")
        if not self.item_id:
            return self.env._("Update on your questions")
        return self.env._("Update on your documents and questions")

    def _text_values(self, company, sender, address):
        """Return what the template of the mail shows (dict)."""
        has_account = bool(self.partner_id._interaction_account_path())
        return {
            "client": self.partner_id.commercial_partner_id.name,
            "parts": self._text_parts(self.partner_id),
            "url": self._has_page() and address,
            "has_account": has_account,
            "settings_url": has_account and f"{company.get_base_url()}/my/interactions/notifications",
            "sender": sender.name if sender != company.partner_id else "",
            "company": company,
        }

    def _text_parts(self, person):
        """Return ``[(kind, lines)]`` of these notifications, each thing once; lines are dicts for the template."""
        own = self.with_context(lang=person.lang)
        found = {}
        for notice in own:
            about = notice.item_id or notice.matter_id
            found.setdefault(notice.kind, {})[about] = notice._line()
        order = [kind for kind, _label in self._fields["kind"].selection]
        return [(kind, list(found[kind].values())) for kind in order if kind in found]

    def _line(self):
        """Return what a mail says about one notification (dict): no more than the account shows."""
        if self.matter_id:
            zone = self.partner_id._interaction_letter_zone(self.company_id)
            asked = fields.Datetime.context_timestamp(self.with_context(tz=zone), self.matter_id.opened_on)
            return {"name": self.matter_id._client_label(), "asked": format_date(self.env, asked.date())}
        item = self.item_id
        line = {"name": item.name, "month": self.env["crm.interaction.request.letter"]._part_title(item.list_id)}
        if self.kind == "returned":
            line["reason"] = item.return_reason
        if self.kind == "accepted" and item.state == "not_applicable":
            line["name"] = self.env._("%s (agreed: not applicable)", item.name)
        if self.kind in ("due", "overdue"):
            line["due"] = item.due and format_date(self.env, item.due)
        return line


class CrmInteractionMatter(models.Model):
    """Name matters for clients."""

    _inherit = "crm.interaction.matter"

    def _client_label(self):
        """Return the name of this matter for the client: that of its confirmed type."""
        opening = self._openings().get(self.id)
        is_known = bool(opening) and opening.state == "confirmed"
        return (is_known and opening.type_id.client_name) or self.env._("Your message")
