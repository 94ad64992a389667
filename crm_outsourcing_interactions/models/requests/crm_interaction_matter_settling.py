from odoo import fields, models

from .item_history import STOPPED, History, Run, Step
from .request_marks import Handover, Request, RequestMarks


class CrmInteractionMatter(models.Model):
    """Derive what letters, messages and hand-overs of request lists mean to a matter."""

    _inherit = "crm.interaction.matter"

    def _settle_requests(self):
        """Write the :class:`RequestMarks` of letters, messages and hand-overs of this matter (sudo), except where a
        person has decided."""
        self.invalidate_recordset(["interaction_ids"])  # interactions are stored without the cache
        lists, rows = self._asking_lists(), self.interaction_ids
        lists._note_end()
        for case in self._loaded() if lists else ():
            moments = {fact.id: fact.moment for fact in case.counted}
            written = rows._written_requests()
            histories = lists._histories(written)
            letters = lists._letters_of(self, moments)
            requests = [own for letter in letters for own in lists._letter_requests(histories, *letter)]
            requests += [
                lists._written_request(histories, row, moments[row.id]) for row in written if row.id in moments
            ]
            handovers = lists._handovers_of(rows.browse(moments.keys()), histories)
            marks = RequestMarks(case, requests, handovers, self._markable(requests, handovers)).marks()
            for row in rows.browse(marks.keys()):
                row._mark_request(*marks[row.id])
        self._derive()

    def _asking_lists(self):
        """Return the lists (sudo) that are shown to the client of this matter, or that letters in it name."""
        lists, rows = self.env["crm.interaction.request.list"].sudo(), self.interaction_ids
        rows = rows.filtered(lambda row: row.res_model == lists._name)
        named, client = set(rows._requests().mapped("res_id")), self.commercial_partner_id
        shown = lists.browse(set(rows.mapped("res_id"))).exists().filtered(lambda own: own.state != "draft")
        return shown.filtered(lambda own: own.commercial_partner_id == client or own.id in named)

    def _markable(self, requests, handovers):
        """Return the ids (set) of those interactions of ``requests`` and ``handovers`` on which no person has decided,
        and which were not late questions before they were retyped."""
        ids = {*handovers, *(request.row_id for request in requests if request.is_about_lists)} - {None}
        rows = self.env["crm.interaction"].sudo().browse(ids)
        return set(rows.filtered(lambda row: not row.matter_marked_by_id and not row.matter_kept).ids)


class CrmInteraction(models.Model):
    """Write what a letter, message or hand-over means to its matter."""

    _inherit = "crm.interaction"

    def _mark_request(self, value, moment):
        """Write the mark ``value`` (str) of this interaction, given at a ``moment``, unless it has it."""
        if (self.matter_mark or "", self.matter_marked_on or None) != (value, moment):
            self._by_code().write({"matter_mark": value or False, "matter_marked_on": moment or False})


class CrmInteractionMatterItem(models.Model):
    """Return what an item has been through."""

    _inherit = "crm.interaction.matter.item"

    def _history(self, asked):
        """Return the ``History`` of this item; ``asked`` are the moments (list) at which we asked for documents."""
        steps = [
            Step(fields.Datetime.to_datetime(since), state, fields.Datetime.to_datetime(known))
            for known, state, since in self.sudo().steps or ()  # sudo: nobody reads the history
        ]
        return History([Step(self.added_on, "open", self.added_on), *steps], asked, self.list_id.stopped_on)

    def _given_up_after(self, moment):
        """Return the ``Run`` of this item since its list was closed without it after a ``moment``, possibly none."""
        closed_on = self.list_id.closed_on
        return Run(closed_on, closed_on, STOPPED, STOPPED) if closed_on and closed_on >= moment else None


class CrmInteractionRequestList(models.Model):
    """Return what has asked for the items of lists, and what was handed over."""

    _inherit = "crm.interaction.request.list"

    def _histories(self, written):
        """Return ``{id: History}`` of the items of these lists; our messages about them are those of their matters
        (interactions ``written``) and of their own threads, in whichever matter."""
        asked = [row.date.replace(microsecond=0) for row in written | self._rows()._written_requests()]
        return {item.id: item._history([*asked, *self.letter_ids.mapped("date")]) for item in self.item_ids}

    def _letters_of(self, matter, moments):
        """Return ``(list, letter, id of the interaction or None, moment)`` of the letters about these lists that ask in
        a ``matter``, also of those that have no interaction of their own about a list.

        :param dict moments: ``{id: moment}`` of the interactions of the matter that are turns.
        """
        first = self.letter_ids.sudo().interaction_id  # sudo: as for matters
        rows = (first | first.search([("split_from_id", "in", first.ids)])).filtered("matter_id")
        found = []
        for list_ in self:
            own = rows.filtered(list_._is_thread_of)
            for letter in list_.letter_ids.sorted("date"):
                about = own.filtered(lambda row, letter=letter: letter.interaction_id in (row, row.split_from_id))
                row = about.filtered(lambda row: row.id in moments)[:1]
                if row or not about or about.matter_id == matter:
                    found.append((list_, letter, row.id or None, moments.get(row.id, letter.date)))
        return found

    def _letter_requests(self, histories, list_, letter, row_id, moment):
        """Return what a ``letter`` asks for of a list at a ``moment``, as a list of ``Request``: one, and another for
        items that were added before it was sent again."""
        items = letter.item_ids & list_.item_ids
        later = items.filtered(lambda item: moment < item.added_on <= letter.date)
        asked = [(moment, row_id, items - later), (letter.date, None, later)]
        return [
            Request(when, id_, True, [histories[item.id].run_after(when) for item in own])
            for when, id_, own in asked
            if own
        ]

    def _written_request(self, histories, row, moment):
        """Return the ``Request`` of a message (``row``): for items made of it, and for those that were missing when it
        asked; on a list without items for its first ones."""
        asked, first = [], self.filtered(lambda own: own._is_thread_of(row))._first_items(histories, moment)
        for item in self.item_ids:
            history, made_of = histories[item.id], item.sudo().message_id  # sudo: nobody reads the message of an item
            if (made_of and made_of == row.message_id) or history.is_missing_at(moment) or item in first:
                asked.append(history.asked_at(moment).run_after(moment) or item._given_up_after(moment))
        ends = [stop for item in self.item_ids if (stop := histories[item.id].stop) and stop >= moment]
        return Request(moment, row.id, False, asked, max(ends, default=None))

    def _first_items(self, histories, moment):
        """Return the items of this list that were added before we asked for any, or any came; none if there were some
        at a ``moment``."""
        items = self.item_ids.sorted("added_on")
        if not items or items[0].added_on <= moment:
            return items.browse()
        came = [(item, run.start) for item in items for run in histories[item.id].runs]
        again = [(self, asked) for asked in histories[items[0].id].asked if asked > items[0].added_on]
        return items.filtered(
            lambda item: all(item.added_on <= until for other, until in (*came, *again) if other != item)
        )

    def _handovers_of(self, rows, histories):
        """Return ``{id: Handover}`` of those interactions (``rows``) with which items of these lists came."""
        ours = rows.filtered(lambda row: row.direction == "outgoing" and not row.is_unattended).mapped("date")
        found = {}
        for own in self.handover_ids.filtered(lambda handover: handover.interaction_id in rows).sorted("id"):
            row = own.interaction_id
            is_new = row.id not in found or found[row.id].is_addition  # the files of a mail may be taken over by and by
            if is_new and own.list_id._is_thread_of(row):
                found[row.id] = own._as_known(histories, ours)
        return found


class CrmInteractionRequestHandover(models.Model):
    """Return what is known of a hand-over."""

    _inherit = "crm.interaction.request.handover"

    def _as_known(self, histories, ours):
        """Return this hand-over as a ``Handover``.

        :param dict histories: ``History`` by id of an item. :param ours: moments (list) of our messages.
        """
        items = self.list_id.item_ids
        there = items.filtered(lambda item: item.added_on <= self.date)
        letters = self.list_id.letter_ids.filtered(lambda letter: letter.date <= self.date)
        asked = letters.item_ids & items if letters else there
        replaced = [moment for item in items if (moment := histories[item.id].replaced_after(self.date))]
        replaced_on = max(replaced, default=None)
        account = Request(self.date, None, True, [histories[item.id].run_after(self.date) for item in there])
        return Handover(
            moment=self.date,
            is_addition=self.is_addition,
            is_claim=any(histories[item.id].is_claimed_at(self.date) for item in items),
            replaced_on=replaced_on,
            is_whole=not any(histories[item.id].is_wanted_at(self.date) for item in asked),
            is_refused=bool(replaced_on) and any(self.date < our < replaced_on for our in ours),
            account=None if letters else account,
        )
