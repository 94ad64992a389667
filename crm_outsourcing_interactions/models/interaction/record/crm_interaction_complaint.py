from odoo import api, fields, models

COMPLAINT = [("polarity", "=", "negative"), ("direction", "=", "incoming")]
NO_ANSWER = ("document",)
"""Channels that answer no complaint: an invoice that goes out by itself."""


class CrmInteraction(models.Model):
    """A complaint is open until something goes to the client in the same thread, or a person closes it.

    What goes out elsewhere is about something else; a complaint by telephone has no thread, so that a person closes it.
    """

    _inherit = "crm.interaction"

    complaint_closed_on = fields.Datetime("Complaint Closed", readonly=True, copy=False)
    complaint_closed_by_id = fields.Many2one(
        "res.users", "Closed By", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )

    def action_close_complaint(self):
        """Close the complaint: it was settled in another way than by an answer in its thread."""
        vals = {"complaint_closed_on": fields.Datetime.now(), "complaint_closed_by_id": self.env.uid}
        self.filtered_domain(COMPLAINT)._by_code().write(vals)

    def action_reopen_complaint(self):
        """Take back that the complaint was closed."""
        self._by_code().write({"complaint_closed_on": False, "complaint_closed_by_id": False})

    def _unanswered(self):
        """Return those of these complaints that nobody closed or answered in their thread, in one query."""
        left = self.filtered(lambda complaint: not complaint.complaint_closed_on)
        answers = left._last_answers()
        return left.filtered(lambda complaint: complaint.date >= answers.get(complaint._thread(), complaint.date))

    def _thread(self):
        """Return what an answer has in common with what it answers: client and document."""
        return (self.commercial_partner_id.id, self.res_model, self.res_id)

    @api.model
    def _answer_domain(self):
        """Return what answers a complaint; extend it for channels of your own."""
        return [("direction", "=", "outgoing"), ("channel", "not in", NO_ANSWER)]

    def _last_answers(self):
        """Return when each client last got a mail, call or meeting in these threads: ``{thread: moment}``."""
        of_threads = [
            ("commercial_partner_id", "in", self.commercial_partner_id.ids),
            ("res_id", "in", [id_ for id_ in self.mapped("res_id") if id_]),
        ]
        groupby = ["commercial_partner_id", "res_model", "res_id"]
        rows = self._read_group([*of_threads, *self._answer_domain()], groupby, ["date:max"])
        return {(client.id, model, id_): moment for client, model, id_, moment in rows}
