from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..events.actions import addon_action
from ..events.marks import event_date
from .letter_days import week_of
from .res_partner_notify import AT_ONCE


class CrmInteractionRequestLetter(models.Model):
    """Store the letter of a week to a person: what is outstanding and not yet asked for often enough, in one mail and
    one interaction.

    It belongs to the list that it announces, else to the oldest one; the mail is in the chatter of that list, so that
    replies arrive there.
    """

    _name = "crm.interaction.request.letter"
    _description = "Weekly Letter"
    _order = "date desc, id desc"
    _rec_name = "subject"

    partner_id = fields.Many2one("res.partner", "Recipient", readonly=True, index=True, ondelete="set null")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    week = fields.Date(required=True, readonly=True, help="Monday of the week, in the person's time zone.")
    date = fields.Datetime(required=True, readonly=True, default=lambda self: event_date(self.env))
    list_id = fields.Many2one(
        "crm.interaction.request.list", "Request List", required=True, readonly=True, index=True, ondelete="restrict",
        help="The letter and the replies to it belong to this list.",
    )  # fmt: skip
    commercial_partner_id = fields.Many2one(
        related="list_id.commercial_partner_id", string="Client", store=True, index=True
    )
    item_ids = fields.Many2many(
        "crm.interaction.matter.item", "crm_interaction_request_letter_item_rel", "letter_id", "item_id", "Items",
        readonly=True,
    )  # fmt: skip
    item_count = fields.Integer("Number of Items", readonly=True)
    is_reminder = fields.Boolean("Reminder", readonly=True, help="Earlier letters had named all of its items.")
    subject = fields.Char(readonly=True)
    message_id = fields.Many2one("mail.message", readonly=True, index="btree_not_null", ondelete="set null")
    body = fields.Html("Text", readonly=True, sanitize=False)
    interaction_id = fields.Many2one("crm.interaction", readonly=True, index="btree_not_null", ondelete="set null")

    _one_a_week = models.UniqueIndex(
        "(partner_id, company_id, week)", "This person has already received this week's letter."
    )

    @api.model
    def _merge_persons(self, partners, person):
        """Leave one letter a week to ``person``, with whom ``partners`` are merged; the others keep no recipient.

        It counts as one about their items, too, so that reminders go on counting.
        """
        letters = self.search([("partner_id", "in", (partners | person).ids)])
        for same in letters.grouped(lambda letter: (letter.company_id, letter.week)).values():
            own = same.filtered(lambda letter: letter.partner_id == person)
            kept = (own or same)[:1]
            kept.item_ids |= same.item_ids
            (same - kept).partner_id = False


class CrmInteractionMatterItem(models.Model):
    """Count the letters that asked for an item, which remains on its list then."""

    _inherit = "crm.interaction.matter.item"

    letter_ids = fields.Many2many(
        "crm.interaction.request.letter", "crm_interaction_request_letter_item_rel", "item_id", "letter_id", "Letters",
        readonly=True, copy=False,
    )  # fmt: skip

    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", help="Outstanding, and the client was asked for it in time."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_in_letters(self):
        if named := self.filtered("letter_ids"):
            raise UserError(named[0]._named_text())

    def _named_text(self):
        """Return that this item remains on its list, and what to do instead (str)."""
        if self.is_done:
            return self.env._("“%s” was named in a letter and remains on its list.", self.name)
        return self.env._(
            "“%s” was named in a letter and remains on its list. Open it and click Not Applicable instead.", self.name
        )

    @api.depends("due", "letter_ids", "list_state", "partner_id", "state")
    def _compute_is_overdue(self):
        for item in self:
            today = (item.company_id or self.env.company)._interaction_today()
            is_asked = item.is_outstanding and item.list_state == "open"
            item.is_overdue = is_asked and item._is_overdue(today)

    def _letters_to_person(self):
        """Return the letters that have reached its person."""
        return self.letter_ids.filtered(lambda letter: letter.partner_id == self.partner_id)._delivered()

    def _letters_since(self):
        """Return the letters that have asked its person for this item since it was last handed over."""
        asked = self.letter_ids.filtered(lambda letter: letter.partner_id == self.partner_id)
        return asked.filtered(lambda letter: not self.handed_over_on or letter.date > self.handed_over_on)

    def _is_overdue(self, today):
        """Return whether the client is late with this item ``today`` (date).

        It was asked for in time, or by a letter of an earlier week; else it is needed as soon as possible.
        """
        if not self.due or self.due >= today:
            return False
        is_again = any(letter.week < week_of(today) for letter in self._letters_to_person())
        return is_again or self._is_asked_in_time()

    def _is_asked_in_time(self):
        """Return whether the client learned of this item by the day it was due: from a letter, from notifications at
        once or, where letters go by hand only, from the account."""
        is_told = self.partner_id.interaction_notify == AT_ONCE or not self.company_id.interaction_letter_weekday
        moments = self._letters_to_person().mapped("date") + (
            [self.create_date] if is_told and self.create_date else []
        )
        return any(moment.date() <= self.due for moment in moments)

    def _is_reminded_enough(self):
        """Return whether the client has been asked for this item as often as set."""
        most = self.commercial_partner_id._interaction_most_reminders(self.company_id)
        return len(self._letters_since()._delivered()) > most


class CrmInteractionRequestList(models.Model):
    """Show the letters of a list."""

    _inherit = "crm.interaction.request.list"

    letter_ids = fields.Many2many("crm.interaction.request.letter", compute="_compute_letter_ids", string="Letters")
    letter_count = fields.Integer("Number of Letters", compute="_compute_letter_ids")
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue", help="The client is late with an item.")

    @api.depends("item_ids.is_overdue")
    def _compute_is_overdue(self):
        for list_ in self:
            list_.is_overdue = any(list_.item_ids.mapped("is_overdue"))

    @api.depends("item_ids.letter_ids")
    def _compute_letter_ids(self):
        for list_ in self:
            list_.letter_ids = list_.item_ids.letter_ids
            list_.letter_count = len(list_.letter_ids)

    @api.constrains("commercial_partner_id", "company_id")
    def _check_named_in_letters(self):
        if named := self._named_in_letters():
            raise ValidationError(
                self.env._("“%s” was named in a letter. Make another list for another client.", named[0].name)
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_in_letters(self):
        if named := self._named_in_letters():
            raise UserError(
                self.env._(
                    "“%s” was named in a letter and cannot be deleted. Accept its items or mark them as not "
                    "applicable: then the list closes.",
                    named[0].name,
                )
            )

    def _named_in_letters(self):
        """Return those of these lists (sudo) to which a letter belongs, or of which one has named items."""
        # sudo: a letter counts, whoever may see it
        letters = self.env["crm.interaction.request.letter"].sudo()
        domain = Domain("list_id", "in", self.ids) | Domain("item_ids.list_id", "in", self.ids)
        found = letters.search(domain)
        return self.sudo() & (found.list_id | found.item_ids.list_id)

    def action_send_letter(self):
        """Open the preview of the letters about this list, from which they are sent at once."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send Letter"),
            "res_model": "crm.interaction.request.sending",
            "view_mode": "form",
            "target": "new",
            "context": {"default_list_id": self.id},
        }

    def action_view_letters(self):
        """Open the letters that named items of this list."""
        self.ensure_one()
        return {
            **addon_action(self.env, "crm_interaction_request_letter_action"),
            "domain": [("item_ids.list_id", "=", self.id)],
            "context": {},
        }
