from odoo import api, models
from odoo.exceptions import ValidationError

from ..events.keys import is_id

DECISIONS = {
    "mark": "mark_matter",
    "split": "split_matter",
    "merge": "merge_matter",
    "accept": "accept_proposed_matter",
    "refuse": "refuse_proposed_matter",
}
"""Decision → the method that carries it out."""
WITH_VALUE = {"mark", "merge"}
"""Decisions with an argument."""


class CrmInteraction(models.Model):
    """Let a person decide about matters from any screen, and take it back, by one call each."""

    _inherit = "crm.interaction"

    def decide_matter(self, decision, value=None):
        """Decide about the matter of these interactions.

        :param str decision: one of :data:`DECISIONS`.
        :param value: its argument: a mark (``False`` takes it back), or the id of the matter to merge with.
        :return: ``{"undo": data for undo_matter, "counts": see waiting_counts}``.
        :raises ValidationError: for another decision.
        :raises AccessError: when the user may not decide it.
        """
        self.check_access("write")
        if decision not in [*DECISIONS]:
            raise ValidationError(self.env._("“%s” is not a decision about a matter.", decision))
        # sudo: a matter moves as a whole, whoever may see its interactions
        others = self.sudo().matter_id.interaction_ids if decision == "accept" else self.sudo()
        before = (self.sudo() | others)._matter_before()
        getattr(self, DECISIONS[decision])(*([value] if decision in WITH_VALUE else []))
        self._announce_matters(before)
        return {"undo": before, "counts": self.env["crm.interaction.matter"].waiting_counts()}

    def _matter_before(self):
        return {
            str(row.id): {
                "matter": row.matter_id.id,
                "proposed": row.proposed_matter_id.id,
                "mark": row._matter_word(),
            }
            for row in self
        }

    def _matter_word(self):
        """Return the mark that a person has given this interaction, else ``False``: others are derived anew."""
        return self.matter_mark if self.matter_marked_by_id else False

    def undo_matter(self, undo):
        """Take a decision about these interactions back.

        :param dict undo: from :meth:`decide_matter`. Others than these interactions are moved back only if they are in
            the same matter; all is checked as for a new decision.
        :return: ``{"counts": see waiting_counts}``.
        :raises ValidationError: for other data.
        """
        self.check_access("write")
        if not is_undo(undo):
            raise ValidationError(self.env._("This decision cannot be undone. Reload the page."))
        # sudo: the others of a matter move along
        rows = (self.sudo() | self.sudo().matter_id.interaction_ids).filtered(lambda row: str(row.id) in undo)
        now = rows._matter_before()
        for matter_id in {undo[str(row.id)]["matter"] for row in rows}:
            moved = rows.filtered(
                lambda row, id_=matter_id: undo[str(row.id)]["matter"] == id_ and row.matter_id.id != id_
            )
            self._move_back(moved, matter_id)
        for row in self:
            row._restore_word(undo.get(str(row.id), {}))
        self._announce_matters(now)
        return {"counts": self.env["crm.interaction.matter"].waiting_counts()}

    @api.model
    def _move_back(self, rows, matter_id):
        """Move ``rows`` (sudo) to the matter they came from, a new one if that is gone.

        If there was none, they are placed anew, lest forged data take a question out of all matters.
        """
        matter = self.env["crm.interaction.matter"].browse(matter_id or ()).exists()
        if not rows:
            return
        if matter:
            matter.check_access("read")
            rows.merge_matter(matter.id)
        elif matter_id:
            rows.split_matter()
        else:
            left = rows.matter_id
            with left._complaints_guarded(), left._late_guarded():
                rows._by_code().write({"matter_id": False, "matter_link": False})
                left._derive()
                left._follow(rows)

    def _restore_word(self, before):
        """Restore mark and proposal of one interaction."""
        if before.get("mark", self._matter_word()) != self._matter_word():
            self.mark_matter(before["mark"])
        proposed = self.env["crm.interaction.matter"].browse(before.get("proposed") or ()).exists()
        if proposed and proposed != self.proposed_matter_id:
            proposed.check_access("read")
            self._check_one_client(proposed)
            self._by_code().write({"proposed_matter_id": proposed.id})

    def _announce_matters(self, before):
        """Notify open pages of all interactions of the matters concerned.

        :param dict before: see :meth:`_matter_before`.
        """
        # sudo: ids only
        ids = {id_ for row in before.values() for id_ in (row["matter"], row["proposed"]) if id_}
        matters = self.sudo().matter_id | self.sudo().env["crm.interaction.matter"].browse(ids).exists()
        (self.sudo() | matters.interaction_ids)._notify_pages()


def is_undo(data):
    """Return whether ``data`` has the form that ``decide_matter`` returns.

    >>> is_undo({}), is_undo({"5": {"matter": 3, "proposed": False, "mark": "withdrawn"}})
    (True, True)
    >>> is_undo([]), is_undo({"5": {}}), is_undo({"5": {"matter": "3", "proposed": False, "mark": False}})
    (False, False, False)
    """
    names = ("matter", "proposed")
    return isinstance(data, dict) and all(
        isinstance(row, dict)
        and "mark" in row
        and all(row.get(name) is False or is_id(row.get(name)) for name in names)
        for row in data.values()
    )
