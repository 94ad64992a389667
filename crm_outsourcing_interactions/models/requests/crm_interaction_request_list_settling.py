from odoo import api, fields, models
from odoo.fields import Domain

from ..events.marks import mark, marked
from ..matters.turns import CLIENT, ELSEWHERE, NOBODY, PART, QUESTION_BACK, WITHDRAWN

JOB = "cron_request_letters"
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
        rows = self.sudo().handover_ids.interaction_id.filtered(
            lambda row: (row.res_model, row.res_id) == (self._name, self.id) and not row.matter_marked_by_id
        )
        questions = rows.filtered("type_id.expects_answer")
        for row in questions.filtered("matter_mark"):
            row._by_code().write({"matter_mark": False})
        last = handed.sorted("date")[-1:]
        judged = last | handed[-1:] | (rows - handed)  # a mail may be taken over after a later hand-over
        for row in judged & (rows - questions):
            word = self._handover_word(row, row == last, row in handed)
            if row.matter_mark != word:
                row._by_code().write({"matter_mark": word})
        self._settle_request()

    def _handover_word(self, row, is_last, is_answering):
        """Return the mark of the interaction (``row``) of a hand-over, ``False`` for an answer.

        A corrected date of the interaction does not move the documents. An addition asks us nothing; it answers what we
        have asked for in words when all had come.
        """
        moment = self.sudo().handover_ids.filtered(lambda handover: handover.interaction_id == row)[:1].date
        is_claimed = any(self.item_ids.mapped("is_claimed"))
        is_for_us = is_claimed and is_last and not self._is_missing()  # what was missing then has come on paper
        if row.matter_id._owed_before(row) or (self._was_missing(moment) and not is_for_us):
            return PART
        if is_claimed and is_last:
            return QUESTION_BACK
        return PART if is_claimed and not is_answering else False

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
        left = asked.filtered(lambda item: item.is_outstanding or (item.arrived_on and item.arrived_on > moment))
        return bool(left) or "returned" in self.item_ids.mapped("state")

    def _asked_until(self, moment):
        """Return the items that letters had named by a ``moment``; before the first letter, those there were."""
        letters = self.letter_ids.filtered(lambda letter: (letter.interaction_id or letter).date <= moment)
        return self.item_ids.filtered(lambda item: item.letter_ids & letters if letters else item.added_on <= moment)

    def _settle_request(self):
        """End our request when no more is requested and no hand-over has answered it: as answered elsewhere when
        something has arrived, e.g. on paper, else as withdrawn. What is requested again takes that back.
        """
        self.ensure_one()
        if self._is_running() and (self._is_missing() or any(self.item_ids.mapped("is_claimed"))):
            self._resume_request()
        else:
            has_come = {"accepted", "handed_over"} & set(self.item_ids.mapped("state"))
            self._end_request(ELSEWHERE if has_come else WITHDRAWN)

    def _request_rows(self):
        """Return the interactions (sudo) with which letters have asked for these lists, in order of time."""
        # sudo: as for matters; searched, as interactions are stored without the cache
        rows = self.env["crm.interaction"].sudo().with_context(active_test=True)  # not those that are no interactions
        domain = Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)
        return rows.search(domain & Domain("matter_id", "!=", False), order="date, id")._requests()

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
            if own & list_.handover_ids.interaction_id.with_env(rows.env) or any(own.mapped("is_unattended")):
                list_._settle_matter()

    def _end_request(self, how):
        """Mark our last letter as ended, in each matter of this list that waits for the client and in which we have
        asked nothing else since, and no letter asks for another list that is outstanding.

        Where no letter has asked since the last answer, that is our last message that requests source data, unless it
        came when nothing of the list was awaited: then it asks for something else.
        """
        requested = self._request_rows().matter_id
        # sudo: it is derived from all interactions, whoever sees them
        own = self.sudo().matter_id.filtered(lambda one: one.commercial_partner_id == self.commercial_partner_id)
        ended = (requested | own).filtered(lambda one: not (one._outstanding_lists() - self))
        requested._derive()
        sources = self.env["crm.interaction.type"]._of_role("source_request")
        for matter in ended.filtered(lambda one: one.waiting == CLIENT):
            matter.invalidate_recordset(["interaction_ids"])  # interactions are stored without the cache
            asked = matter._asked_last().filtered("type_id.expects_answer")
            last = asked._requests()[:1] or asked[:1]
            is_about_list = last and (last.is_unattended or self._is_awaited_after(last.date))
            if asked[:1].type_id in sources and is_about_list and not last.matter_mark:
                last._by_code().write({"matter_mark": how, "matter_marked_on": self._ended_on(how, asked[0].date)})

    def _is_awaited_after(self, moment):
        """Return whether an item came after a moment or is outstanding, also one added later, e.g. from a message."""
        return any(item.is_outstanding or (item.arrived_on or moment) > moment for item in self.item_ids)

    def _ended_on(self, how, asked_on):
        """Return when our request, made last at the moment ``asked_on``, ended: when the last document came, if all
        have come, else now."""
        moments = [item.arrived_on for item in self._asked_until(asked_on)]
        has_come = how == ELSEWHERE and moments and all(moments) and max(moments) >= asked_on
        return max(moments) if has_come else fields.Datetime.now()

    def _resume_request(self):
        """Take back the end of our request if something that it asked for is awaited again, unless a person has decided
        on it."""
        matter = self.sudo().matter_id  # sudo: as for the end
        if matter.waiting == NOBODY or matter.is_requested:
            domain = Domain("matter_id", "=", matter.id) & Domain("matter_mark", "in", (ELSEWHERE, WITHDRAWN))
            own = domain & Domain("matter_marked_on", "!=", False) & Domain("matter_marked_by_id", "=", False)
            last = matter.interaction_ids.search(own, order="matter_marked_on desc, id desc", limit=1)
            if last and any(item._is_awaited() for item in self._asked_until(last.date)):
                last._by_code().write({"matter_mark": False, "matter_marked_on": False})
        self._request_rows().matter_id._derive()

    @api.model
    def _settle_requests(self, company):
        """End the requests that still wait for nothing, and resume those that no longer wait: the contract has ended or
        been renewed, or a letter was moved to another matter. Return the errors (list), of one list each."""
        # sudo: the job is for all lists
        own, rows = Domain("company_id", "=", company.id), self.env["crm.interaction"].sudo()
        waiting = Domain("matter_id.is_open", "=", True) & Domain("matter_id.waiting", "=", CLIENT)
        asking = rows.search(own & Domain("res_model", "=", self._name) & waiting)._requests()
        asked = self.sudo().browse(asking.mapped("res_id")).exists()
        outstanding = self.sudo().search(own & Domain("state", "=", "open"))._outstanding()
        resting = rows.browse(outstanding._interaction_awaited()).filtered(lambda row: not row.matter_id.is_open)
        lists = (asked - outstanding) | self.sudo().browse(resting.mapped("res_id"))
        job = self.env["crm.interaction.job"]
        return [error for list_ in lists if (error := job._error_of(JOB, company, list_._settle_request))]

    def _withdraw(self):
        """End the requests of lists that are about to be deleted."""
        self._by_code().write({"state": "closed"})
        for list_ in self:
            list_._end_request(WITHDRAWN)


class CrmInteractionMatter(models.Model):
    """Tell whether the client's question is unanswered, and which lists are outstanding."""

    _inherit = "crm.interaction.matter"

    def _outstanding_lists(self):
        """Return the lists (sudo) of which letters in this matter ask for what is still outstanding."""
        lists = self.env["crm.interaction.request.list"].sudo()
        rows = self.sudo().interaction_ids._requests().filtered(lambda row: row.res_model == lists._name)
        return lists.browse(rows.mapped("res_id")).exists()._outstanding()
