import hashlib

from odoo import Command, models
from odoo.exceptions import AccessError, UserError

from ..events.locks import wait_for_others
from ..events.marks import event_date, without_requested
from .file_names import clean_name, clean_text


def checksum_of(content):
    """Return the checksum (str) of a file's bytes that Odoo stores with attachments."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


class CrmInteractionMatterItem(models.Model):
    """Take over files and answers of clients, each once."""

    _inherit = "crm.interaction.matter.item"

    def _hand_over(self, person, submissions, how="login", interaction=None):
        """Take over what a person at the client submits for these items at once.

        One submission for one list is one hand-over; all of it is one interaction of each company, however many lists,
        items and files, with a further purpose for each further list. What is there already, equal files and answers,
        adds nothing. The caller checks that the items are shown to the person::

            items._hand_over(person, {items[0].id: {"files": [("act.pdf", content)]}}, how="link")

        :param person: ``res.partner``, a contact of the client.
        :param dict submissions: by the id of an item a dict with ``files``, a list of ``(name, bytes)``, ``answer``,
            ``shown``, the answer that the page had shown, and ``not_applicable``, the reason (str); all may be missing.
        :param how: one of ``crm_interaction_request_handover.WAYS``.
        :param interaction: the interaction that it is, e.g. of the mail with the files; otherwise one is logged.
        :return: the new hand-overs (sudo), one for each list; possibly none.
        :raises AccessError: for a person of another client.
        :raises UserError: when a list is not open.
        """
        # sudo: clients may write nothing; the caller has checked that they may hand over these items
        items = without_requested(self.sudo())
        items._check_person(person)
        wait_for_others(items.list_id)
        handovers = items.env["crm.interaction.request.handover"]
        moment = interaction.date if interaction else event_date(self.env)
        known = None if how == "mail" else moment  # storing large files takes seconds
        for list_, own in items.grouped("list_id").items():
            if list_.state != "open":
                raise UserError(self.env._("“%s” is not open. Please contact your accountant.", list_.name))
            awaited = own.filtered(lambda item: item._is_awaited())
            taken = own.filtered(lambda item: item._take(person, submissions.get(item.id) or {}, moment, known))
            if taken:
                same = handovers.filtered(lambda handover, list_=list_: handover.company_id == list_.company_id)
                row = interaction or same[:1].interaction_id
                new = handovers._log(taken, person, how, row, date=moment, is_addition=not taken & awaited)
                list_._settle()
                handovers |= new
        return handovers

    def _check_person(self, person):
        for item in self:
            if person != item.partner_id and person.commercial_partner_id != item.commercial_partner_id:
                raise AccessError(self.env._("You do not have access to “%s”.", item.name))

    def _is_awaited(self):
        """Return whether what the client hands over now is more than an addition to what has come."""
        return self.is_outstanding or self.is_claimed

    def _take(self, person, submission, moment, known=None):
        """Take over a submission for one item, which arrived at a ``moment``; return whether anything of it is new.

        :param known: when we learned of it, by default now.
        """
        files = self._store_files(submission.get("files") or ())
        answer, reason = (clean_text(submission.get(name)) for name in ("answer", "not_applicable"))
        contents = [content for _name, content in submission.get("files") or () if content]
        is_again = self.is_outstanding and bool(contents or answer)
        if reason and (answer or files or (self.state == "handed_over" and not self.is_claimed)):
            # there is something to check; a reason alone is added to what was answered before
            shown = submission.get("shown") if answer else ""
            submission = {**submission, "shown": shown}
            answer, reason = "\n".join(filter(None, (answer, reason))), ""
        handed = {"state": "handed_over", "handed_over_on": event_date(self.env), "handed_over_by_id": person.id}
        vals = {}
        if answer and (answer := self._joined_answer(answer, submission.get("shown"))) != clean_text(self.answer):
            vals["answer"] = answer
        if files:
            vals["attachment_ids"] = [Command.link(file.id) for file in files]
        if vals or is_again:
            vals |= {**handed, "not_applicable_reason": False, "accepted_on": False}
        elif reason and (self.is_outstanding or reason != self.not_applicable_reason):
            vals = {**handed, "not_applicable_reason": reason}  # for a look, since nobody asks again
        if vals:
            given = set(map(checksum_of, contents))
            theirs = self.own_file_ids.filtered(lambda file: file.checksum in given)  # handed over, too
            vals["own_file_ids"] = [Command.unlink(file.id) for file in theirs]
            self._set_state(vals, moment, known)
        return bool(vals)

    def _joined_answer(self, answer, shown):
        """Return an ``answer`` (str) after the stored one, if the page has ``shown`` (str) another, e.g. none: by link
        what a colleague has answered is hidden. ``None``: there was no page."""
        said = clean_text(self.answer)
        if shown is None or not said or said in (shown, answer):
            return answer
        return said if said.endswith(f"\n{answer}") else f"{said}\n{answer}"

    def _store_files(self, files):
        """Store ``files``, pairs of name and bytes, that this item does not have; return their attachments.

        :raises UserError: when Odoo's file store refuses one, e.g. what a crash has left of the same content.
        """
        known = self._checksums()
        vals_list = []
        for name, content in files:
            checksum = checksum_of(content)
            if content and checksum not in known:
                known.add(checksum)
                vals_list.append(self._prepare_file_vals(name, content))
        # as sent: Odoo makes large pictures smaller, and a scan may be a document of record
        try:
            return self.env["ir.attachment"].with_context(image_no_postprocess=True).create(vals_list)
        except UserError as error:
            text = self.env._(
                "The files of “%s” could not be stored. Send them again in a minute. If that fails, too, contact your "
                "accountant.",
                self.name,
            )
            raise UserError(text) from error

    def _checksums(self):
        """Return the checksums (set) of the files of these items, see ``checksum_of``."""
        return set(self.attachment_ids.mapped("checksum"))

    def _prepare_file_vals(self, name, content):
        """Return the values of the attachment of a file handed over."""
        return {"name": clean_name(name), "raw": content, "res_model": self._name, "res_id": self.id}
