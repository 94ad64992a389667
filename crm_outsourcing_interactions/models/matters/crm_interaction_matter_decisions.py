from itertools import takewhile

from odoo import models
from odoo.exceptions import UserError

from ..events.actions import addon_action
from .turns import ACKNOWLEDGEMENT, CLIENT, ELSEWHERE, NO_ANSWER, QUESTION_BACK, STOPS_NOTHING, WITHDRAWN


class CrmInteraction(models.Model):
    """Add the buttons that decide about the matter of an interaction."""

    _inherit = "crm.interaction"

    def action_matter_acknowledgement(self):
        """Mark as acknowledgement: dated, stops no clock."""
        return self._decided(self.env._("Marked as acknowledgement"), "mark", ACKNOWLEDGEMENT)

    def action_matter_question_back(self):
        """Mark as question back: the other side has to move."""
        return self._decided(self.env._("Marked as question back"), "mark", QUESTION_BACK)

    def action_matter_no_answer(self):
        """Declare that no answer is needed."""
        return self._decided(self.env._("Marked as needing no answer"), "mark", NO_ANSWER)

    def action_matter_elsewhere(self):
        """Declare it answered elsewhere, e.g. in person."""
        return self._decided(self.env._("Marked as answered elsewhere"), "mark", ELSEWHERE)

    def action_matter_withdrawn(self):
        """Declare it withdrawn."""
        return self._decided(self.env._("Marked as withdrawn"), "mark", WITHDRAWN)

    def action_matter_unmark(self):
        """Take the decision back."""
        return self._decided(self.env._("Decision undone"), "mark", False)

    def action_matter_split(self):
        """Separate the interaction into a matter of its own."""
        return self._decided(self.env._("Split off"), "split")

    def action_matter_accept(self):
        """Accept the proposed matter."""
        return self._decided(self.env._("Linked to the proposed matter"), "accept")

    def action_matter_refuse(self):
        """Refuse the proposed matter."""
        return self._decided(self.env._("Proposed matter refused"), "refuse")

    def _decided(self, text, decision, value=None):
        """Decide and return the action that says so and offers to undo it."""
        # sudo: that documents are outstanding is no secret of a letter
        if value and self._requests() and any(self.sudo().matter_id.mapped("is_requested")):
            text = self.env._("%s. The matter no longer waits for the documents that are outstanding.", text)
        undo = self.decide_matter(decision, value)["undo"]
        params = {"message": text, "ids": self.ids, "undo": undo}
        return {"type": "ir.actions.client", "tag": "interaction_matter_decided", "params": params}


class CrmInteractionMatter(models.Model):
    """Add the buttons that decide about what is open in a matter."""

    _inherit = "crm.interaction.matter"

    def action_no_answer(self):
        """Declare that the open question needs no answer."""
        return self._open_question().action_matter_no_answer()

    def action_elsewhere(self):
        """Declare the open question answered elsewhere."""
        return self._open_question()[:1].action_matter_elsewhere()

    def action_withdrawn(self):
        """Declare the open question withdrawn."""
        return self._open_question()[:1].action_matter_withdrawn()

    def action_undo_decision(self):
        """Take the last decision about an interaction back.

        :raises UserError: when there is none.
        """
        marked = self.interaction_ids.filtered("matter_marked_by_id")
        last = marked.filtered(lambda row: row.matter_marked_on == max(marked.mapped("matter_marked_on")))
        if not last:
            raise UserError(self.env._("Nobody has decided about an interaction of this matter."))
        return last.action_matter_unmark()

    def action_merge(self):
        """Return the dialog to merge this matter with another one of the client."""
        self.ensure_one()
        action = addon_action(self.env, "crm_interaction_matter_merge_action")
        return {**action, "context": {"default_matter_id": self.id}}

    def _open_question(self):
        """Return the interactions of the open question, the last one first.

        :raises UserError: when nothing awaits an answer.
        """
        asked = self._asked_last()
        if not self.is_open or not asked:
            raise UserError(self.env._("Nothing in this matter awaits an answer."))
        return asked

    def _asked_last(self):
        """Return the interactions with which one side has asked since the other's last answer, the last one first;
        possibly none."""
        self.ensure_one()
        rows = self.interaction_ids._turns().sorted(lambda row: (row.date, row.id), reverse=True)
        rows = rows.filtered(lambda row: row.matter_mark not in STOPS_NOTHING)
        is_asked_back = rows[:1].matter_mark == QUESTION_BACK
        asker = "outgoing" if (self.waiting == CLIENT) != is_asked_back else "incoming"
        rows = rows.filtered(lambda row: row.matter_mark != QUESTION_BACK)
        since = takewhile(lambda row: row.direction == asker or row.is_unattended, rows)
        asked = rows.browse(row.id for row in since if row.direction == asker)
        if self.is_requested and self.waiting == CLIENT and not self.waiting_from:  # answered, but for the documents
            asked = rows._requests()[:1]
        return asked

    def action_view_interactions(self):
        """Show the interactions of these matters."""
        action = addon_action(self.env, "crm_interaction_action")
        return {**action, "domain": [("matter_id", "in", self.ids)], "context": {}}

    def action_view_complaint(self):
        """Open the complaint: owner, cause, action and the client's confirmation."""
        self.ensure_one()
        self.check_access("read")
        form = self.env.ref("crm_outsourcing_interactions.crm_interaction_complaint_view_form")
        return {**self.get_formview_action(), "name": self.env._("Complaint"), "views": [(form.id, "form")]}

    def action_view_matter(self):
        """Open the matter of a complaint, with its decisions."""
        self.check_access("read")
        return self.get_formview_action()

    def action_view_client(self):
        """Open the client."""
        self.ensure_one()
        return self.commercial_partner_id.get_formview_action()
