from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..events.marks import event_date
from .res_partner_notify import NEVER

KINDS = [
    ("returned", "Returned"),
    ("due", "Due"),
    ("overdue", "Overdue"),
    ("accepted", "Accepted"),
    ("answered", "Answered"),
]
NEWS = ("accepted", "answered")
"""Kinds that the weekly letter does not contain anyway; others only of items that it asks somebody else for."""
FRESH = timedelta(days=30)
"""After this time a notification is no news any more."""
KEPT = 90
"""Days after which notifications are deleted."""


class CrmInteractionNotice(models.Model):
    """Store what a person at a client is to learn: in the weekly letter, or at once in one mail for all of it.

    It is sent only if it still holds then, so what is taken back meanwhile is never told. Notifications are automatic
    information and no interactions.
    """

    _name = "crm.interaction.notice"
    _description = "Notification"
    _order = "id"

    partner_id = fields.Many2one("res.partner", "Contact", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    kind = fields.Selection(KINDS, required=True, readonly=True)
    item_id = fields.Many2one("crm.interaction.matter.item", readonly=True, index="btree_not_null", ondelete="cascade")
    matter_id = fields.Many2one("crm.interaction.matter", readonly=True, index="btree_not_null", ondelete="cascade")
    slot = fields.Char(readonly=True, help="What it is about, for notifications that are sent once.")
    date = fields.Datetime(required=True, readonly=True, default=lambda self: event_date(self.env))
    sent_on = fields.Datetime(readonly=True)
    week = fields.Date(readonly=True, help="Monday of the week, if it was sent with the weekly letter.")
    message_id = fields.Many2one("mail.message", readonly=True, index="btree_not_null", ondelete="set null")

    _slot_unique = models.UniqueIndex("(slot) WHERE slot IS NOT NULL", "This person was notified of it already.")
    _pending = models.Index("(company_id, partner_id) WHERE sent_on IS NULL")

    @api.model
    def _add(self, vals_list):
        """Store notifications, without those whose ``slot`` is taken and to people who want none."""
        # sudo: whoever accepts an item; the job
        notices = self.sudo()
        vals_list = [vals for vals in vals_list if vals["partner_id"]]
        slots = list(filter(None, (vals.get("slot") for vals in vals_list)))
        taken = set(notices.search([("slot", "in", slots)]).mapped("slot"))
        persons = notices.env["res.partner"].browse(vals["partner_id"] for vals in vals_list)
        refusing = set(persons.filtered(lambda person: person.interaction_notify == NEVER).ids)
        notices.create(
            [vals for vals in vals_list if vals["partner_id"] not in refusing and vals.get("slot") not in taken]
        )

    @api.model
    def _to_send(self, company, choice, persons=None):
        """Return ``{person: notifications}`` (sudo) of a company that still hold, to people with a ``choice``.

        Those that went with a letter whose mail failed are to be sent again.
        """
        own = Domain("company_id", "=", company.id) & Domain("date", ">=", fields.Datetime.now() - FRESH)
        failed = self.env["crm.interaction.request.letter"]._failed(own)
        lost = [letter.message_id.id for letter in failed.values()]
        domain = own & (Domain("sent_on", "=", False) | Domain("message_id", "in", lost))
        domain &= Domain("partner_id.interaction_notify", "=", choice)
        if persons is not None:
            domain &= Domain("partner_id", "in", persons.ids)
        # sudo: the job is nobody's, and whoever sends a letter may not see all that a person awaits
        notices = self.sudo().search(domain)
        obstacles = notices.partner_id._interaction_letter_obstacles()
        lasts = Domain("active", "=", True)
        lasts &= self.env["res.partner"]._interaction_contract_lasts(company._interaction_today())
        clients = notices.partner_id.commercial_partner_id.filtered_domain(lasts)
        held = notices.filtered(
            lambda notice: (
                notice.partner_id not in obstacles
                and notice.partner_id.commercial_partner_id in clients
                and notice._holds()
            )
        )
        return held.grouped("partner_id")

    def _holds(self):
        """Return whether this notification is still true, and about something addressed to the person."""
        about = self.matter_id or self.item_id
        person = self.partner_id
        told = about._told() if self.item_id else about.partner_id
        if person not in told or about.commercial_partner_id != person.commercial_partner_id:
            return False
        if self.kind == "answered":
            return about.active and about.waiting != "us"
        if self.kind == "accepted":
            return about.is_done
        is_asked = about.state == "returned" if self.kind == "returned" else about.is_outstanding
        return is_asked and about.list_state == "open"

    def _mark_sent(self, message, week=False):
        """Record that these notifications were sent with a ``message`` (``mail.message``)."""
        self.write({"sent_on": event_date(self.env), "message_id": message.id, "week": week})

    @api.model
    def _sent_in(self, company, weeks):
        """Return ``{(person, week), …}`` of those who were notified with the letters of ``weeks`` (list)."""
        sent = self.sudo().search_fetch(  # sudo: as for letters
            [("company_id", "=", company.id), ("week", "in", weeks)], ["partner_id", "week"]
        )
        return {(notice.partner_id, notice.week) for notice in sent}

    @api.autovacuum
    def _gc_notices(self):
        """Delete old notifications."""
        self.search([("date", "<", fields.Datetime.subtract(fields.Datetime.now(), days=KEPT))]).unlink()


class CrmInteractionMatterItem(models.Model):
    """Tell the client what was decided about items."""

    _inherit = "crm.interaction.matter.item"

    def _notify(self, kind):
        """Store notifications for the people of these items."""
        self.env["crm.interaction.notice"]._add(
            [
                {"partner_id": person.id, "company_id": item.company_id.id, "kind": kind, "item_id": item.id}
                for item in self
                for person in item._told()
            ]
        )

    def _told(self):
        """Return the people who learn what becomes of this item: whom we ask, and a colleague who handed it over."""
        return self.partner_id | self.handed_over_by_id if self.list_id.audience == "client" else self.partner_id
