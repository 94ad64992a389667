from odoo import api, fields, models

COMPLAINT = [("polarity", "=", "negative"), ("direction", "=", "incoming")]
NO_ANSWER = ("document",)
"""Channels that do not answer a complaint, e.g. automatically sent invoices."""


class CrmInteraction(models.Model):
    """Track open complaints, until they are answered in the same thread or closed by a user.

    Messages in other threads are assumed to concern other subjects. Complaints by telephone have no thread; users close
    them.
    """

    _inherit = "crm.interaction"

    complaint_closed_on = fields.Datetime("Complaint Closed", readonly=True, copy=False)
    complaint_closed_by_id = fields.Many2one(
        "res.users", "Closed By", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )

    def action_close_complaint(self):
        """Close the complaint, settled by other means than an answer in its thread."""
        vals = {"complaint_closed_on": fields.Datetime.now(), "complaint_closed_by_id": self.env.uid}
        self.filtered_domain(COMPLAINT)._by_code().write(vals)

    def action_reopen_complaint(self):
        """Reopen the complaint."""
        self._by_code().write({"complaint_closed_on": False, "complaint_closed_by_id": False})

    def _unanswered(self):
        """Return the open ones of these complaints, in one query.

        Of a complaint and an answer in the same second, the order of logging decides.
        """
        left = self.filtered(lambda complaint: not complaint.complaint_closed_on)
        answers = left._last_answers()
        return left.filtered(
            lambda complaint: (complaint.date, complaint.id) >= answers.get(complaint._thread(), (complaint.date, 0))
        )

    def _thread(self):
        """Return the key shared by a complaint and its answers: client and document."""
        return (self.commercial_partner_id.id, self.res_model, self.res_id)

    @api.model
    def _answer_domain(self):
        """Return the domain of answers to complaints. Extend it for additional channels."""
        return [("direction", "=", "outgoing"), ("channel", "not in", NO_ANSWER)]

    def _last_answers(self):
        """Return date and id of the last mail, call or meeting in each of these threads: ``{thread: (date, id)}``."""
        if not self:
            return {}
        of_threads = [
            ("commercial_partner_id", "in", self.commercial_partner_id.ids),
            ("res_id", "in", [id_ for id_ in self.mapped("res_id") if id_]),
            ("date", ">=", min(self.mapped("date"))),
        ]
        names = ["commercial_partner_id", "date", "res_model", "res_id"]
        answers = self.search_fetch([*of_threads, *self._answer_domain()], names, order="date, id")
        return {answer._thread(): (answer.date, answer.id) for answer in answers}
