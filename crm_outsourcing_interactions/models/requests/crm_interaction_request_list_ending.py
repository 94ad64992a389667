from odoo import api, fields, models
from odoo.fields import Domain

from ..matters.turns import CLIENT, ELSEWHERE, NOBODY, WITHDRAWN

JOB = "cron_request_letters"


class CrmInteractionRequestList(models.Model):
    """End the requests of lists when nothing is outstanding any more, and resume them."""

    _inherit = "crm.interaction.request.list"

    def _settle_request(self):
        """End our request when no more is requested and no hand-over has answered it: as answered elsewhere when
        something has arrived, e.g. on paper, else as withdrawn. What is requested again takes that back.
        """
        self.ensure_one()
        self._restore_ends()
        if self._is_running() and (self._is_missing() or any(self.item_ids.mapped("is_claimed"))):
            self._resume_request()
        else:
            has_come = {"accepted", "handed_over"} & set(self.item_ids.mapped("state"))
            self._end_request(ELSEWHERE if has_come else WITHDRAWN)
        self._answer_messages()

    def _request_rows(self):
        """Return the interactions (sudo) with which letters have asked for these lists, in order of time."""
        # sudo: as for matters; searched, as interactions are stored without the cache
        rows = self.env["crm.interaction"].sudo().with_context(active_test=True)  # not those that are no interactions
        domain = Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)
        return rows.search(domain & Domain("matter_id", "!=", False), order="date, id")._requests()

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
            is_about_list = last and (last.is_unattended or self._has_ended(asked))
            if asked[:1].type_id in sources and is_about_list and not last.matter_mark:
                last._by_code().write({"matter_mark": how, "matter_marked_on": self._ended_on(how, asked[0].date)})

    def _restore_ends(self):
        """Give our letters back the ends that a mistaken *Reopen* has taken, see ``_resume_request``.

        A *Reopen* after which a message of ours has asked again was no mistake.
        """
        for row in self._request_rows().filtered(lambda row: row.matter_marked_on and not row.matter_mark):
            asked = self._asked_until(row.date)
            moments = [item.arrived_on for item in asked if item.arrived_on and not item._is_awaited()]
            ours = row.matter_id.interaction_ids._written_requests()
            reopened_on = min(filter(None, asked.mapped("reopened_on")), default=row.matter_marked_on)
            is_asked_since = any(own.date > reopened_on for own in ours)
            if len(moments) == len(asked) and max(moments, default=0) == row.matter_marked_on and not is_asked_since:
                row._by_code().write({"matter_mark": ELSEWHERE})

    def _has_ended(self, rows):
        """Return whether what our messages (interactions ``rows``, not empty) asked for has come since the last one, or
        is wanted no more."""
        asked = self._asked_in(rows) if self._is_running() else self.item_ids
        if asked.filtered("is_outstanding"):
            return not self._is_running()
        moment = max(rows.mapped("date"))
        return any(item.arrived_on and item.arrived_on > moment for item in asked)

    def _asked_in(self, rows):
        """Return the items that our messages (interactions ``rows``) may ask for: those there were when the last one
        went, and those made of them."""
        moment = max(rows.mapped("date"))
        # sudo: nobody reads the message of an item
        return self.sudo().item_ids.filtered(lambda item: item.added_on <= moment or item.message_id & rows.message_id)

    def _ended_on(self, how, asked_on):
        """Return when our request, made last at the moment ``asked_on``, ended: when the last document came, if all
        have come, else now."""
        moments = [item.arrived_on for item in self._asked_until(asked_on)]
        has_come = how == ELSEWHERE and moments and all(moments) and max(moments) >= asked_on
        return max(moments) if has_come else fields.Datetime.now()

    def _resume_request(self):
        """Take back the end of our request if something that it asked for is awaited again, unless a person has decided
        on it; when it was is kept."""
        matter = self.sudo().matter_id  # sudo: as for the end
        if matter.waiting == NOBODY or matter.is_requested:
            domain = Domain("matter_id", "=", matter.id) & Domain("matter_mark", "in", (ELSEWHERE, WITHDRAWN))
            own = domain & Domain("matter_marked_on", "!=", False) & Domain("matter_marked_by_id", "=", False)
            last = matter.interaction_ids.search(own, order="matter_marked_on desc, id desc", limit=1)
            if last and any(item._is_awaited() for item in self._asked_until(last.date)):
                last._by_code().write({"matter_mark": False})
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
    """Tell which lists a matter waits for."""

    _inherit = "crm.interaction.matter"

    def _outstanding_lists(self):
        """Return the lists (sudo) of which letters in this matter ask for what is still outstanding."""
        lists = self.env["crm.interaction.request.list"].sudo()
        rows = self.sudo().interaction_ids._requests().filtered(lambda row: row.res_model == lists._name)
        return lists.browse(rows.mapped("res_id")).exists()._outstanding()
