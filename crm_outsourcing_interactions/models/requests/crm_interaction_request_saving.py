from odoo import api, fields, models
from odoo.exceptions import UserError

from ..events.actions import addon_action
from ..events.local_time import first_of_month
from ..events.locks import wait_for_others


class CrmInteractionRequestSaving(models.Model):
    """Store that somebody added to the weekly letter what would have been a message of its own: one interaction saved,
    however many items.

    It is taken back with its last item; an item that turns out not to be applicable keeps it.
    """

    _name = "crm.interaction.request.saving"
    _inherit = ["crm.interaction.persons.mixin"]
    _description = "Interaction Saved"
    _order = "date desc, id desc"

    list_id = fields.Many2one(
        "crm.interaction.request.list", "Request List", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="list_id.company_id", store=True)
    commercial_partner_id = fields.Many2one(
        related="list_id.commercial_partner_id", string="Client", store=True, index=True
    )
    partner_id = fields.Many2one("res.partner", "Contact", readonly=True, index="btree_not_null", ondelete="set null")
    user_id = fields.Many2one(
        "res.users", "Added By", readonly=True, default=lambda self: self.env.user, ondelete="set null"
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    month = fields.Date(
        compute="_compute_month",
        store=True,
        precompute=True,
        help="First day of the month, in the company's time zone.",
    )
    item_ids = fields.One2many("crm.interaction.matter.item", "added_instead_id", "Items")

    @api.depends("date", "list_id.company_id")
    def _compute_month(self):
        for saving in self:
            saving.month = first_of_month(saving.date, saving.list_id.company_id._interaction_zone())

    @api.model
    def _add(self, list_, person, vals_list):
        """Add items to a list, except what is outstanding there from the ``person``; return the saving (sudo).

        Pressed twice, nothing is added and nothing saved: the result is empty. Messages that begin alike differ in
        their notes.
        """
        wait_for_others(list_)
        known = list_.item_ids.filtered(lambda item: item.is_outstanding and item.partner_id == person)
        texts = {(item.name.casefold(), item.note or "") for item in known}
        new = [vals for vals in vals_list if (vals["name"].casefold(), vals["note"] or "") not in texts]
        # sudo: nobody writes savings
        savings = self.sudo()
        if not new:
            return savings
        saving = savings.create({"list_id": list_.id, "partner_id": person.id})
        last = max(list_.item_ids.mapped("sequence"), default=10)
        common = {"list_id": list_.id, "partner_id": person.id, "sequence": last}
        items = self.env["crm.interaction.matter.item"].create([{**vals, **common} for vals in new])
        items._by_code().added_instead_id = saving
        return saving

    def action_undo(self):
        """Delete the items; return their text (str), for the message that is written after all.

        :raises UserError: when a letter has asked for one of them, or somebody has dealt with it.
        """
        self.ensure_one()
        items, list_, made_on = self.item_ids, self.list_id, self.create_date
        list_.check_access("write")
        if items.letter_ids:
            raise UserError(self.env._("The letter has gone. Mark the item as not applicable instead."))
        if dealt_with := items.filtered(lambda item: item.state != "open" or item.handed_over_on)[:1]:
            raise UserError(
                self.env._("“%s” has been handed over or decided in the meantime, so it stays.", dealt_with.name)
            )
        text = "\n".join(item.note or item.name for item in items)
        items.unlink()
        if not list_.item_ids and not list_.interaction_ids and list_.create_date == made_on:
            list_.unlink()
        return text

    def action_open_list(self):
        """Open the request list."""
        return self.list_id.get_formview_action()

    def _added_action(self, day):
        """Return the client action that tells that the items were added, for the letter of a ``day``, maybe none."""
        letter = self.env["crm.interaction.request.letter"]
        if not self:
            message = self.env._("This is on the request list already.")
        elif day:
            message = self.env._("Added to the letter of %s", letter._day_text(day))
        else:
            message = self.env._("Added to the request list")
        params = {"message": message, "saving_id": self.id, "list_id": self.list_id.id}
        return {
            "type": "ir.actions.client",
            "tag": "interaction_added_to_letter",
            "params": {**params, "next": {"type": "ir.actions.act_window_close", "infos": {"added": True}}},
        }


class CrmInteractionMatterItem(models.Model):
    """Keep what was added instead of a message, and take it back when it is deleted."""

    _inherit = "crm.interaction.matter.item"

    added_instead_id = fields.Many2one(
        "crm.interaction.request.saving", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )
    added_instead_on = fields.Datetime(
        "Instead of a Message", related="added_instead_id.date", help="When it was added in place of a message."
    )

    def unlink(self):
        """Delete items; the last one added instead of a message takes the interaction saved with it, and the last one
        outstanding the request that waits for the client."""
        savings = self.sudo().added_instead_id  # sudo: nobody writes savings
        self.check_access("unlink")
        wait_for_others(self.list_id)
        dropped = self.filtered(lambda item: item.list_state == "open" and item.is_outstanding and not item.is_filed)
        dropped._set_state({"state": "not_applicable"})
        lists = self.list_id
        lists._settle_matters()  # what asked for nothing else has ended now
        res = super().unlink()
        lists.exists()._settle_matters()
        savings.exists().filtered(lambda saving: not saving.item_ids).unlink()
        return res


class CrmInteractionRequestList(models.Model):
    """Count the interactions that a list has saved."""

    _inherit = "crm.interaction.request.list"

    saving_ids = fields.One2many("crm.interaction.request.saving", "list_id", "Added Instead of Messages")
    saved_count = fields.Integer(
        "Interactions Saved", compute="_compute_saved_count", store=True,
        help="Messages that were not sent because their text was added to the weekly letter.",
    )  # fmt: skip

    @api.depends("saving_ids")
    def _compute_saved_count(self):
        for list_ in self:
            list_.saved_count = len(list_.saving_ids)

    def action_view_saved(self):
        """Open the interactions that this list has saved."""
        self.ensure_one()
        action = addon_action(self.env, "crm_interaction_request_saving_action")
        return {**action, "domain": [("list_id", "=", self.id)], "context": {}}
