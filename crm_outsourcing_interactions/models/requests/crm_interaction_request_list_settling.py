from odoo import api, models
from odoo.fields import Domain

from ..events.marks import event_date, mark, marked
from ..matters.turns import CLIENT

JOB = "cron_request_letters"
SETTLING = "interaction_settling"
"""Mark of what follows from the state of a list: it does not lead back to the list."""


class CrmInteractionRequestList(models.Model):
    """Keep the matters of request lists up to date with what has come."""

    _inherit = "crm.interaction.request.list"

    def _settle_matters(self):
        """Derive anew what letters, messages and hand-overs of these lists mean to their matters: ``RequestMarks``."""
        # sudo: clients hand over too; matters have rows of colleagues
        for matter in marked(self.sudo(), SETTLING)._rows().matter_id:
            matter._settle_requests()

    def _note_end(self):
        """Store since when nothing of these lists is wanted any more, and when they were closed."""
        for list_ in self:
            stopped_on = False if list_._is_running() else list_.stopped_on or event_date(self.env)
            closed_on = list_.state == "closed" and (list_.closed_on or event_date(self.env))
            if (list_.stopped_on, list_.closed_on) != (stopped_on, closed_on):
                list_._by_code().write({"stopped_on": stopped_on, "closed_on": closed_on})

    def _rows(self):
        """Return the interactions (sudo) of these lists that belong to matters, in order of time."""
        # sudo: as for matters; searched, as interactions are stored without the cache
        rows = self.env["crm.interaction"].sudo().with_context(active_test=True)  # not those that are no interactions
        domain = Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)
        return rows.search(domain & Domain("matter_id", "!=", False), order="date, id")

    def _is_thread_of(self, row):
        """Return whether an interaction (``row``, may be empty) belongs to the thread of this list."""
        return (row.res_model, row.res_id) == (self._name, self.id)

    def _request_rows(self):
        """Return the interactions (sudo) with which letters have asked for these lists, in order of time."""
        return self._rows()._requests()

    def _answering(self):
        """Return the hand-overs of these lists (sudo) that may answer a letter, in the order in which they were made.

        Additions to what had been handed over do not.
        """
        return self.sudo().handover_ids.filtered(lambda handover: not handover.is_addition).sorted("id")

    def _is_missing(self):
        """Return whether something is outstanding that we have asked for: not what was added since the last letter.

        Before the first letter the account asks for all of it.
        """
        left = self.item_ids.filtered("is_outstanding")
        return bool(left and (not self.letter_ids or left.letter_ids or "returned" in left.mapped("state")))

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
        """Settle the matters of lists on which interactions were changed, or in whose matters messages ask for
        documents, see ``pipeline.CHANGES``."""
        if mark(self.env, SETTLING):
            return
        sources = self.env["crm.interaction.type"]._of_role("source_request")
        asked = rows.filtered(lambda row: row.type_id in sources or before[row]["type_id"] in sources.ids)
        own, matters = rows.filtered(lambda row: row.res_model == self._name), asked.sudo().matter_id
        if matters:
            # sudo: as for matters
            domain = Domain("matter_id", "in", matters.ids) & Domain("res_model", "=", self._name)
            own = own.sudo() | own.sudo().search(domain)
        self.browse(set(own.mapped("res_id"))).exists()._settle_matters()

    @api.model
    def _settle_requests(self, company):
        """Settle the lists whose matters wait for nothing, or no longer wait: the contract has ended or been renewed,
        or an interaction has come to another matter. Return the errors (list), of one list each."""
        # sudo: the job is for all lists
        own, rows = Domain("company_id", "=", company.id), self.env["crm.interaction"].sudo()
        waiting = Domain("matter_id.is_open", "=", True) & Domain("matter_id.waiting", "=", CLIENT)
        asking = rows.search(own & Domain("res_model", "=", self._name) & waiting)
        asked = self.sudo().browse(asking.mapped("res_id")).exists()
        shown = self.sudo().search(own & Domain("state", "=", "open"))
        outstanding, changed = (
            shown._outstanding(),
            shown.filtered(lambda list_: list_._is_running() == bool(list_.stopped_on)),
        )
        resting = rows.browse(outstanding._interaction_awaited()).filtered(lambda row: not row.matter_id.is_open)
        lists = (asked - outstanding) | changed | self.sudo().browse(resting.mapped("res_id"))
        job = self.env["crm.interaction.job"]
        return [error for list_ in lists if (error := job._error_of(JOB, company, list_._settle_matters))]

    def _withdraw(self):
        """End the requests of lists that are about to be deleted."""
        self._by_code().write({"state": "closed"})
        self._settle_matters()
