from odoo import api, models

from ..events.marks import mark, marked
from ..matters.turns import CLIENT, NOBODY, PART, QUESTION_BACK, US

SETTLING = "interaction_settling"
"""Mark of what follows from the state of a list: it does not lead back to the list."""


class CrmInteractionRequestList(models.Model):
    """Keep the matter of a request list open until nothing is outstanding."""

    _inherit = "crm.interaction.request.list"

    def _settle_matter(self):
        """Let the last hand-over answer our request exactly when nothing is outstanding that we have asked for.

        Until then it is an answer in part, which closes nothing, like one beside a question of the client that waited
        for us when it came; what the client calls not applicable asks us. A mail in another thread is left to its own
        matter, and a hand-over that a person has called a question to its answer.
        """
        self.ensure_one()
        self = marked(self, SETTLING)
        # sudo: clients hand over too; a person's word stays
        handed = self.sudo()._answering().interaction_id
        rows = self.sudo().handover_ids.interaction_id.filtered(self._is_judged)
        questions = rows.filtered("type_id.expects_answer")
        for row in questions.filtered("matter_mark"):
            row._by_code().write({"matter_mark": False})
        last = handed.sorted("date")[-1:]
        judged = last | handed[-1:] | self._dropped_claims(rows, last)
        for row in (judged & rows) - questions:
            self._mark_handover(row, self._handover_word(row, row == last))
        self._settle_request()

    def _is_judged(self, row):
        """Return whether the interaction (``row``) of a hand-over may be marked: it is in the thread of this list, and
        neither a person has decided on it nor is it a question that was late before it was retyped."""
        is_own = (row.res_model, row.res_id) == (self._name, self.id)
        return is_own and not row.matter_marked_by_id and not row.matter_kept

    @api.model
    def _mark_handover(self, row, word):
        """Write the mark ``word`` of the interaction (``row``) of a hand-over, unless it has it."""
        if row.matter_mark != word:
            row._by_code().write({"matter_mark": word})

    def _dropped_claims(self, rows, last):
        """Return those of the interactions (``rows``) of hand-overs that asked us whether documents are not applicable,
        and for which we owe nothing any more: the ``last`` one brought files instead, and one of them was returned.

        What we have written in between was our answer.
        """
        returned = self.item_ids.filtered(lambda item: item.state == "returned")
        claims = self.sudo().handover_ids.filtered(lambda handover: handover.item_ids & returned).interaction_id
        written = rows.matter_id.interaction_ids.filtered(lambda row: not row.is_unattended)
        ours = written.filtered(lambda row: row.direction == "outgoing")
        asked = (rows & claims - last).filtered(lambda row: row.matter_mark == QUESTION_BACK)
        return asked.filtered(lambda row: not ours.filtered(lambda our: row.date < our.date < last.date))

    def _handover_word(self, row, is_last):
        """Return the mark of the interaction (``row``) of a hand-over, ``False`` for an answer."""
        is_claimed = is_last and any(self.item_ids.mapped("is_claimed"))
        is_for_us = is_claimed and not self._is_missing()  # what was missing then has come on paper
        before = row.matter_id._state_before(row)
        is_owed = before.waiting != NOBODY and before.questions[-1].side == US
        if is_owed or (self._was_missing(self._handed_on(row)) and not is_for_us):
            return PART
        return QUESTION_BACK if is_claimed else False

    def _judge_addition(self, row):
        """Mark the interaction (``row``) of an addition to what had been handed over, once, when it comes.

        It asks us nothing, and answers no letter, but the documents that messages of ours have asked for when none of
        them is outstanding.
        """
        row = marked(row, SETTLING)
        is_answer = row.type_id.expects_answer or row in self._answering().interaction_id
        if row.matter_id and not is_answer and self._is_judged(row):
            self._mark_handover(row, False if self._is_asked_in_words(row) else PART)

    def _answer_messages(self):
        """Let additions answer messages of ours after all that still wait though nothing they ask for is outstanding: a
        claim was agreed since, or the matter of the addition was found later."""
        for row in marked(self, SETTLING).sudo().handover_ids.filtered("is_addition").interaction_id.sorted("date"):
            if row.matter_mark == PART and self._is_awaited_since(row):
                self._judge_addition(row)

    @api.model
    def _is_awaited_since(self, row):
        """Return whether a question of ours that the interaction ``row`` came after still waits for the client."""
        asked = row.matter_id._asked_last() if row.matter_id.waiting == CLIENT else row.browse()
        return bool(asked) and row.date > min(asked.mapped("date"))

    def _is_asked_in_words(self, row):
        """Return whether the client answers messages with the interaction ``row``, and nothing else is outstanding that
        they ask for."""
        matter = row.matter_id
        in_words = matter.interaction_ids._written_requests()
        before = matter._state_before(row) if in_words else None
        if not before or before.waiting != CLIENT:
            return False
        asked_on = before.questions[-1].asked
        asking = in_words.filtered(lambda own: asked_on <= own.date < row.date)
        if asked_on not in asking.mapped("date"):
            return False  # a letter has asked first
        return not self._asked_in(asking).filtered(lambda item: item._is_awaited())

    def _handed_on(self, row):
        """Return when documents of the interaction (``row``) of a hand-over came; its corrected date moves none."""
        return self.sudo().handover_ids.filtered(lambda handover: handover.interaction_id == row)[:1].date

    def _answering(self):
        """Return the hand-overs of these lists (sudo) that may answer a request, in the order in which they were made.

        Additions to what had been handed over do not.
        """
        return self.sudo().handover_ids.filtered(lambda handover: not handover.is_addition).sorted("id")

    def _is_missing(self):
        """Return whether something is outstanding that we have asked for: not what was added since the last letter.

        Before the first letter the account asks for all of it.
        """
        left = self.item_ids.filtered("is_outstanding")
        return bool(left and (not self.letter_ids or left.letter_ids or "returned" in left.mapped("state")))

    def _was_missing(self, moment):
        """Return whether what was handed over at a ``moment`` left something that we had asked for by then.

        What is returned since counts, what is not applicable or came before, e.g. on paper, does not.
        """
        asked = self._asked_until(moment).filtered(lambda item: item.state != "not_applicable")
        # a letter that is sent again may name more
        asked = asked.filtered(lambda item: min([item.added_on, *item.letter_ids.mapped("date")]) <= moment)
        left = asked.filtered(lambda item: item.is_outstanding or (item.arrived_on and item.arrived_on > moment))
        return bool(left) or "returned" in self.item_ids.mapped("state")

    def _asked_until(self, moment):
        """Return the items that letters had named by a ``moment``; before the first letter, those there were."""
        letters = self._letters_until(moment)
        return self.item_ids.filtered(lambda item: item.letter_ids & letters if letters else item.added_on <= moment)

    def _letters_until(self, moment):
        """Return the letters that had asked for this list by a ``moment``."""
        # sudo: a manager may have moved the interaction of a letter to another client
        return self.letter_ids.filtered(lambda letter: (letter.sudo().interaction_id or letter).date <= moment)

    def _interaction_awaited(self):
        """Return the ids (list) of the interactions of the last letters about those lists that are outstanding.

        Their matters wait for the client until all documents have arrived.
        """
        rows = self.exists()._outstanding()._request_rows().grouped("res_id")
        return [own[-1:].id for own in rows.values()]

    def _interaction_handed(self):
        """Return the ids (list) of the interactions with which clients handed over something for these lists."""
        return self._answering().interaction_id.ids

    def _outstanding(self):
        """Return those of these lists (sudo) of which the client is to hand over something."""
        # sudo: it is derived from all lists, whoever sees them
        return self.sudo().filtered(lambda own: own._is_running() and own._is_missing())

    def _is_running(self):
        """Return whether we still want what this list names: it is open, and its client is one of ours."""
        return self.state == "open" and self.commercial_partner_id.active and not self.is_contract_over

    @api.model
    def _follow_changes(self, rows, before):
        """End or resume the requests of lists whose hand-overs or letters were changed, see ``pipeline.CHANGES``."""
        if mark(self.env, SETTLING):
            return
        rows = rows.filtered(lambda row: row.res_model == self._name)
        for list_ in self.sudo().browse(rows.mapped("res_id")).exists():  # sudo: as for matters
            own = rows.filtered(lambda row, list_=list_: row.res_id == list_.id)
            list_._follow_additions(own.filtered(lambda row: row.type_id.id != before[row]["type_id"]))
            if own & list_.handover_ids.interaction_id.with_env(rows.env) or any(own.mapped("is_unattended")):
                list_._settle_matter()

    def _follow_additions(self, retyped):
        """Judge additions anew after types were changed (of the interactions ``retyped``): their own, or that of our
        messages before them. What answered in part becomes the answer only while our question waits."""
        asking = retyped.filtered(lambda row: row.direction == "outgoing" and not row.is_unattended).sudo()
        # sudo: as for matters
        for own in retyped and self.sudo().handover_ids.filtered("is_addition").interaction_id:
            is_after = own.matter_id & asking.matter_id and own.date > min(asking.mapped("date"))
            if own in retyped or (is_after and (own.matter_mark != PART or self._is_awaited_since(own))):
                self._judge_addition(own)
