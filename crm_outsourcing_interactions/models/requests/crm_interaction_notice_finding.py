from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .letter_days import HOUR, due_kind
from .res_partner_notify import AT_ONCE, NEVER

BACK = timedelta(days=1)
"""How far back the job looks for answers."""
SILENT = ("portal", "document", "other")
"""Channels by which nothing reaches a person without a mail."""


class CrmInteractionNotice(models.Model):
    """Find answers that did not reach the person who asked, and items that are due."""

    _inherit = "crm.interaction.notice"

    @api.model
    def _find(self, company):
        """Store the notifications of a company that nobody's click makes."""
        self._add([*self._answers(company), *self._due_items(company)])

    @api.model
    def _answers(self, company):
        """Return the values of notifications of our answers, except of those that are messages to the person.

        Complaints are left out: they are answered by mail, and colleagues may read what is notified.
        """
        matter = Domain("asked_by", "=", "client") & Domain("from_history", "=", False)
        matter &= Domain("is_complaint", "=", False) & Domain("waiting", "!=", "us")
        matter &= Domain("partner_id.interaction_notify", "not in", [False, NEVER])
        domain = Domain("company_id", "=", company.id) & Domain("direction", "=", "outgoing")
        domain &= Domain("date", ">=", fields.Datetime.now() - BACK) & Domain("matter_id", "any", matter)
        # sudo: the job is nobody's
        answers = self.env["crm.interaction"].sudo().search(domain)
        return [
            {
                "partner_id": answer.matter_id.partner_id.id,
                "company_id": company.id,
                "kind": "answered",
                "matter_id": answer.matter_id.id,
                "slot": f"answered,{answer.matter_id.id},{answer.id}",
            }
            for answer in answers
            if answer._is_answer() and not answer._has_reached(answer.matter_id.partner_id)
        ]

    @api.model
    def _due_items(self, company):
        """Return the values of notifications of items that are due, for people who want them at once."""
        letters = self.env["crm.interaction.request.letter"]
        domain = letters._outstanding(company) & Domain("due", "!=", False)
        domain &= Domain("partner_id.interaction_notify", "=", AT_ONCE)
        # sudo: the job is nobody's
        items = self.env["crm.interaction.matter.item"].sudo().search(domain)
        is_free = letters._free_days(company, company._interaction_today() - BACK)
        found = []
        for person, own in items.grouped("partner_id").items():
            local = letters._local_now(person._interaction_letter_zone(company))
            for item in own.filtered(lambda item: item._is_to_remind()) if local.hour >= HOUR else ():
                if kind := due_kind(item.due, local.date(), is_free):
                    vals = {"partner_id": person.id, "company_id": company.id, "kind": kind, "item_id": item.id}
                    found.append({**vals, "slot": f"{kind},{item.id},{item.due}"})
        return found


class CrmInteractionMatterItem(models.Model):
    """Decide whether a person is to be told that an item is due."""

    _inherit = "crm.interaction.matter.item"

    def _is_to_remind(self):
        """Return whether this item was asked for by the day it was due, and no letter named it within a day."""
        now, letters = fields.Datetime.now(), self.letter_ids
        return self._is_asked_in_time() and not any(letter.date > now - BACK for letter in letters)


class CrmInteraction(models.Model):
    """Tell whether an answer reached the person who asked."""

    _inherit = "crm.interaction"

    def _is_answer(self):
        """Return whether this interaction is our answer to its matter."""
        moment = self.date.replace(microsecond=0)
        return moment in (self.matter_id.answered_on, self.matter_id.our_answered_on)

    def _has_reached(self, person):
        """Return whether ``person`` (``res.partner``) knows of this outgoing interaction by itself."""
        message = self.message_id
        recipients = message.partner_ids | message.notified_partner_ids | message.mail_ids.recipient_ids
        return person in recipients or (self.partner_id == person and self.channel not in SILENT)
