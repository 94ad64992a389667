from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..events.crm_interaction_protected_mixin import BY_CODE
from ..events.groups import MANAGER
from ..events.marks import mark
from .answer_times import LATE, state_of
from .turns import CLIENT

BY_TYPE = ("type_id", "direction", "state", "polarity", "channel", "service_id")
"""What decides whether an interaction asks something, and how soon it is to be answered."""
OF_FACT = (*BY_TYPE, "classified_by", "why")
"""Fields of ``Fact`` that have the same names in ``_restorable``."""


class CrmInteraction(models.Model):
    """Keep overdue questions in the figures: only the client's supervisor or a manager takes them out (rule 6).

    Anybody may still retype or ignore an overdue question, so that the review does not stop. Until the supervisor
    decides, its matter is read as if it were still asked, within the time that it had. The decision is another type,
    the state *ignored* or the mark *needs no answer*; name and date are recorded with each.
    """

    _inherit = "crm.interaction"

    def _check_may_decide(self):
        """Check that the user may decide whether matters need an answer; after the due date, the supervisor only."""
        for matter in self.sudo().matter_id._overdue():  # sudo: whether it is late is no secret of its matter
            if not matter._is_supervised_by_user():
                matter._refuse_overdue(matter.display_name)

    def _check_overdue_deleted(self):
        if not mark(self.env, BY_CODE):
            self.filtered(lambda row: row.direction == "incoming" or row.matter_kept)._check_may_decide()

    def _keep_overdue(self, before):
        """Keep those of these changed interactions (sudo) that asked something overdue, see the class.

        :param dict before: values before the change, see ``pipeline.CHANGES``.
        """
        retyped = self.filtered(lambda row: row._is_retyped(before[row]))
        for matter in retyped.matter_id._overdue():
            rows = retyped.filtered(lambda row, matter=matter: row.matter_id == matter)
            if matter._is_supervised_by_user():
                rows.filtered("matter_kept").write({"matter_kept": 0})
            else:
                rows._keep_asked(before)

    def _asked_before(self, before):
        """Return those of these changed interactions (sudo) in which the client may have asked something."""
        return self.filtered(lambda row: before[row]["direction"] != "outgoing" or row.matter_kept)

    def _is_retyped(self, before):
        now = self._restorable(BY_TYPE)
        return any(now[name] != before[name] for name in BY_TYPE)

    def _keep_asked(self, before):
        """Keep the response time of those of these interactions (sudo) that were questions of the client."""
        matters = self.env["crm.interaction.matter"]
        facts = {fact.id: fact for fact in matters._facts_of(self)}
        for row in self.filtered(lambda row: not row.matter_kept and row.id in facts):
            was = replace(facts[row.id], **{name: before[row][name] or None for name in OF_FACT})
            turn = matters._expectations(row.company_id).turn(was)
            if turn.side == CLIENT and turn.expects and turn.response:
                row.matter_kept = turn.response


class CrmInteractionMatter(models.Model):
    """Tell which matters are overdue, and who may decide about them."""

    _inherit = "crm.interaction.matter"

    def _overdue(self):
        """Return those of these matters whose answer was due."""
        now = fields.Datetime.now()
        return self.filtered(lambda matter: matter.answer_due and matter.answer_due < now)

    @api.model
    def _refuse_overdue(self, name):
        raise AccessError(
            self.env._(
                "Our answer in “%s” is late, and stays so in the figures unless the client's supervisor or a manager "
                "decides otherwise.",
                name,
            )
        )

    def _late_guarded(self):
        """Check that what is done to these matters (sudo) leaves late what is: them, or wherever their questions go.

        :return: a context manager.
        :raises AccessError: when one is late no more and the user is neither supervisor nor manager.
        """
        guarded = self.filtered(lambda matter: matter._is_answer_late() and not matter._is_supervised_by_user())
        return guarded._guarded(
            lambda _matter, rows: any(matter._is_answer_late() for matter in rows.matter_id), self._refuse_overdue
        )

    def _is_answer_late(self):
        """Return whether our answer in one matter is late, or overdue."""
        return state_of(self.our_due, self.our_answered_on, self.our_late, fields.Datetime.now()) == LATE

    def _is_supervised_by_user(self):
        """Return whether the user is the supervisor of the client, or the deputy, or a manager.

        Clients and the system change interactions, too, e.g. by a corrected rating.
        """
        user = self.env.user
        supervisors = self.supervisor_id | self.supervisor_id._interaction_stand_in()
        return user in supervisors or user.share or user._is_superuser() or user.has_group(MANAGER)
