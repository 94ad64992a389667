from odoo import fields, models
from odoo.exceptions import UserError

from ..events.locks import wait_for_others
from ..events.marks import event_date
from .crm_interaction_matter_item import DONE
from .item_history import CLAIMED


class CrmInteractionMatterItem(models.Model):
    """Let the firm check what was handed over: accept it, return it with a reason, or do without."""

    _inherit = "crm.interaction.matter.item"

    def action_accept(self):
        """Accept items, also what came another way; their files move to where the client's files are kept.

        What the client calls not applicable becomes so.

        :raises UserError: when a list is not open.
        """
        claimed = self.filtered("is_claimed")
        new = self.filtered(lambda item: item.state != "accepted") - claimed  # accepted twice is told once
        new._decide({"state": "accepted", "accepted_on": event_date(self.env)})
        claimed.action_not_applicable()
        new._notify("accepted")
        for item in new:
            item._move_files(item.list_id._files_record(item))

    def action_not_applicable(self):
        """Do without items; the client learns that what it has called not applicable is agreed.

        :raises UserError: when a list is not open.
        """
        claimed = self.filtered("is_claimed")
        self._decide({"state": "not_applicable"})
        claimed._notify("accepted")

    def action_view(self):
        """Open this item in a dialog."""
        self.ensure_one().check_access("read")
        return {**self.get_formview_action(), "name": self.env._("Item"), "target": "new"}

    def action_ask_return(self):
        """Open the dialog that asks why items are returned."""
        self.check_access("write")
        is_correction = "returned" in self.mapped("state")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct the Reason") if is_correction else self.env._("Return to Client"),
            "res_model": "crm.interaction.request.return",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_item_ids": self.ids,
                "default_reason": is_correction and self[:1].return_reason,
                "default_is_correction": is_correction,
            },
        }

    def _return(self, reason, is_correction=False):
        """Return items that were handed over, or correct the ``reason`` (str) that the client reads.

        :raises UserError: when one was not handed over, or again before the correction, or a list is not open.
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Enter the reason: the client reads it."))
        for item in self:
            if item.state not in ("handed_over", "returned"):
                raise UserError(self.env._("“%s” was not handed over, so there is nothing to return.", item.name))
            if is_correction and item.state != "returned":
                raise UserError(self.env._("“%s” was handed over again in the meantime. Check it first.", item.name))
        new = self.filtered(lambda item: item.state == "handed_over")
        self._decide({"state": "returned", "return_reason": reason})
        new._notify("returned")

    def action_reopen(self):
        """Take back the decision about items: each gets the status that it had before."""
        self.check_access("write")
        wait_for_others(self.list_id)
        self.list_id.filtered(lambda list_: list_.state == "closed")._by_code().write({"state": "open"})
        for item in self.filtered("is_done"):
            item._set_state({"state": item._state_before(), "accepted_on": False})
            item._move_files(item)
        self.list_id._settle_matters()
        self.list_id._update_check_activity()

    def _state_before(self):
        """Return the status of this item before the decision about it."""
        # sudo: nobody reads the history
        undecided = [state for _known, state, _moment in self.sudo().steps or () if state not in DONE]
        return undecided[-1].replace(CLAIMED, "handed_over") if undecided else "open"

    def _decide(self, vals):
        """Write the decision about items, ``vals``, and what follows for their lists."""
        self.check_access("write")
        wait_for_others(self.list_id)
        for list_ in self.list_id:
            if list_.state != "open":
                raise UserError(self.env._("“%s” is not open. Show it to the client or reopen it first.", list_.name))
        self._set_state(vals)
        self.list_id._settle()

    def _set_state(self, vals, moment=None, known=None):
        """Write the status of items, and other ``vals``, and add it to their history.

        :param moment: since when they have it, e.g. when the mail with the files came; by default now.
        :param known: when it was set, by default now.
        """
        now = event_date(self.env)
        known, since = map(fields.Datetime.to_string, (known or now, moment or now))
        for item in self._by_code():
            item.write(vals)
            # sudo: nobody reads the history
            own = item.sudo()
            own.steps = [*(own.steps or ()), [known, CLAIMED if own.is_claimed else own.state, since]]

    def _move_files(self, record):
        """Let the files of this item belong to ``record`` (one)."""
        # sudo: accountants may lack the rights to the other record; who may write the item decides about its files
        files = self.sudo().attachment_ids
        files.write({"res_model": record._name, "res_id": record.id, "access_token": False})
