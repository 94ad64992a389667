from odoo import api, fields, models
from odoo.fields import Domain

from .letter_days import week_of

STATES = [("outgoing", "Outgoing"), ("sent", "Sent"), ("failed", "Failed"), ("cancelled", "Cancelled")]
WAITING = Domain("message_id.mail_ids.state", "in", ["outgoing", "cancel"])
FAILED = Domain("message_id.mail_ids.state", "=", "exception")
FAILED |= Domain("message_id.notification_ids.notification_status", "=", "bounce")


class CrmInteractionRequestLetter(models.Model):
    """Show letters whose mail failed, and send them again.

    Odoo tells the sender of the failure, and the chatter marks the mail. The letter does not occupy its week: it goes
    again, as it would be written now, as the same mail and the same interaction. Failed mails of earlier weeks are
    cancelled when another letter goes, so that nobody sends them as well.
    """

    _inherit = "crm.interaction.request.letter"

    state = fields.Selection(
        STATES, "Status", compute="_compute_state", search="_search_state", compute_sudo=True,
        help="Whether the mail has left. Failed: it could not be sent, or came back, e.g. as the mail server was down.",
    )  # fmt: skip

    @api.depends("message_id")
    def _compute_state(self):
        for letter in self:
            letter.state = letter._mail_state()

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: as the field itself
        found = self.sudo().search(WAITING | FAILED)
        domain = Domain("id", "in", [letter.id for letter in found if letter._mail_state() in value])
        return domain | Domain("id", "not in", found.ids) if "sent" in value else domain

    def _mail_state(self):
        """Return the code of the state of this letter at this moment: mails change without notice to the field."""
        # sudo: mails are for the system only
        message = self.sudo().message_id
        states = set(message.mail_ids.mapped("state"))
        if "outgoing" in states:
            return "outgoing"
        if "cancel" in states:
            return "cancelled"
        is_back = "bounce" in message.notification_ids.mapped("notification_status")
        return "failed" if is_back or "exception" in states else "sent"

    def _delivered(self):
        """Return those of these letters whose mail did not fail."""
        return self.filtered(lambda letter: letter._mail_state() not in ("failed", "cancelled"))

    @api.model
    def _failed(self, domain):
        """Return ``{(person, week): letter}`` (sudo) of the failed letters of a ``domain``."""
        # sudo: a letter counts, whoever may see it
        letters = self.sudo().search(Domain(domain) & FAILED)
        return {
            (letter.partner_id, letter.week): letter
            for letter in letters
            if letter.partner_id and letter._mail_state() == "failed"
        }

    @api.model
    def _to_send_again(self, company):
        """Return the plans of failed letters of this week, if letters may go now.

        What came back waits for a colleague: it may only have been delayed on its way, or the address is wrong.
        """
        domain = Domain("company_id", "=", company.id)
        failed = self._failed(domain & Domain("week", ">=", week_of(company._interaction_today())))
        failed = {key: letter for key, letter in failed.items() if letter._may_be_tried()}
        persons = self.env["res.partner"].union(*(person for person, _week in failed))
        plans = self._plans(company, persons)[0] if failed and company.interaction_letter_weekday else []
        for plan in plans:
            plan.week, is_paused = self._week_due(company, plan.person._interaction_letter_zone(company), None)
            plan.items = plan.items.browse() if is_paused else plan.items
        return self._unsent(company, [plan for plan in plans if plan.items and (plan.person, plan.week) in failed])

    def _may_be_tried(self):
        """Return whether the job sends this failed letter again: hourly on its first day, then once a day."""
        today = fields.Date.today()
        is_refused = "exception" in self.message_id.mail_ids.mapped("state")
        return is_refused and (self.create_date.date() >= today or self.date.date() < today)

    def _send_again(self, company, plan):
        """Send this letter, whose mail failed, as it would be written now."""
        kept = ("partner_id", "company_id", "week", "list_id")
        vals = {name: value for name, value in self._prepare_letter_vals(company, plan).items() if name not in kept}
        self.write({**vals, "date": fields.Datetime.now()})
        message, vals = self.message_id, self._prepare_mail_vals(self._reply_to())
        message.mail_ids.write({**vals, "state": "outgoing", "failure_type": False})
        message.notification_ids.write({"notification_status": "ready", "failure_type": False})
        plan.news._mark_sent(message, plan.week)
        self.interaction_id._by_code().write({"is_new_request": self._is_new_request()})
        self.interaction_id.matter_id._derive()
        self._open_matters()
        return self

    def _of_client(self, plan):
        """Return this failed letter (possibly none), if it went to the client of ``plan``.

        The letter of somebody who has moved to another client stays with the former one, without recipient.
        """
        if not self or self.commercial_partner_id == plan.list.commercial_partner_id:
            return self
        self.message_id.mail_ids.filtered(lambda mail: mail.state == "exception").cancel()
        self.partner_id = False
        self.flush_recordset(["partner_id"])  # before the other letter of this week is stored
        return self.browse()

    @api.model
    def _cancel_failed(self, company, plans):
        """Cancel the failed mails of earlier letters to the people of ``plans``; they are no interactions any more."""
        persons = [plan.person.id for plan in plans]
        domain = Domain("company_id", "=", company.id) & Domain("partner_id", "in", persons)
        failed = self._failed(domain & Domain("week", "<", min(plan.week for plan in plans))) if plans else {}
        mails = self.union(*failed.values()).message_id.mail_ids
        mails.filtered(lambda mail: mail.state == "exception").cancel()

    def _notify_failures(self, mails):
        """Let Odoo tell the sender, and show in the chatter, when one of ``mails``, those of these letters, fails."""
        vals_list = [
            {
                **vals,
                "res_partner_id": letter.partner_id.id,
                "author_id": letter.list_id._acting().partner_id.id or vals["author_id"],
            }
            for letter, vals in zip(self, mails._get_notification_values(), strict=True)
        ]
        mails.env["mail.notification"].create(vals_list)


class CrmInteractionRequestList(models.Model):
    """Name those whose letter failed."""

    _inherit = "crm.interaction.request.list"

    failed_letter_to = fields.Char(compute="_compute_failed_letter_to")

    @api.depends("item_ids.letter_ids", "item_ids.is_outstanding")
    def _compute_failed_letter_to(self):
        for list_ in self:
            last = {letter.partner_id: letter for letter in list_.letter_ids.sorted("date")}
            persons = list_.item_ids.filtered("is_outstanding").partner_id
            persons -= persons.browse().union(*persons._interaction_letter_obstacles())  # the activity names them
            failed = persons.filtered(lambda person, last=last: person in last and last[person].state == "failed")
            list_.failed_letter_to = ", ".join(failed.mapped("name"))
