from odoo import fields, models

from .turns import ACKNOWLEDGEMENT, DECLINED, ELSEWHERE, NO_ANSWER, PART, QUESTION_BACK, SETTLED, WITHDRAWN

MARKS = [
    (ACKNOWLEDGEMENT, "Acknowledgement"),
    (QUESTION_BACK, "Question Back"),
    (PART, "Answered in Part"),
    (NO_ANSWER, "Needs No Answer"),
    (WITHDRAWN, "Withdrawn"),
    (ELSEWHERE, "Answered Elsewhere"),
    (SETTLED, "Complaint Settled"),
    (DECLINED, "Feedback Declined"),
]


class CrmInteraction(models.Model):
    """Add the matter of an interaction, how it was found, and what a person said about it."""

    _inherit = "crm.interaction"

    matter_id = fields.Many2one(
        "crm.interaction.matter", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    proposed_matter_id = fields.Many2one(
        "crm.interaction.matter", readonly=True, copy=False, index="btree_not_null",
        ondelete="set null", help="Matter to which it may belong; only a person decides.",
    )  # fmt: skip
    matter_link = fields.Json("Reason of the Matter (Data)", readonly=True, copy=False)
    matter_mark = fields.Selection(MARKS, "Answer", readonly=True, copy=False)
    matter_marked_on = fields.Datetime("Answer Decided On", readonly=True, copy=False)
    matter_marked_by_id = fields.Many2one(
        "res.users", "Answer Decided By", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    matter_kept = fields.Integer(
        "Overdue Question Kept", readonly=True, copy=False, aggregator=None,
        help="Working seconds to answer a question that was retyped or ignored when it was overdue. Its matter remains "
        "in the figures until the client's supervisor decides.",
    )  # fmt: skip
    matter_pending = fields.Boolean(readonly=True, copy=False, help="The next scheduled job will find its matter.")
    reply_to_id = fields.Many2one(
        "crm.interaction", "Replies To", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    is_unattended = fields.Boolean(
        "Sent Automatically",
        readonly=True,
        copy=False,
        help="These messages do not count as answers, e.g. those that a stage sends.",
    )
    is_new_request = fields.Boolean(
        "New Request",
        readonly=True,
        copy=False,
        help="These letters ask for documents that no letter to this person had named. They are no reminders.",
    )

    _matter_pending = models.Index("(id) WHERE matter_pending IS TRUE")

    def _requests(self):
        """Return those of these interactions with which we ask for documents: letters, which nobody writes."""
        return self._asking_for_documents().filtered("is_unattended")

    def _written_requests(self):
        """Return those of these interactions with which somebody has asked for documents in words."""
        return self._asking_for_documents().filtered(lambda row: not row.is_unattended)

    def _asking_for_documents(self):
        asking = self.env["crm.interaction.type"]._of_role("source_request")
        return self.filtered(lambda row: row.direction == "outgoing" and row.type_id in asking)

    def _turns(self):
        """Return those of these interactions, which are all of a matter, that are no further purpose of another."""
        return self.filtered(lambda row: row.split_from_id not in self)

    def unlink(self):
        """Delete interactions; their matters are derived anew.

        :raises AccessError: when the user would delete an overdue question without being the client's supervisor.
        """
        self._check_overdue_deleted()
        self._check_private_complaints()
        matters = self._everything().browse(self.ids).matter_id
        with matters._complaints_guarded():
            res = super().unlink()
            matters._derive()
        return res
