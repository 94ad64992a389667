from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date, plaintext2html

from ..events.keys import document_key
from ..events.local_time import local_day
from ..events.message_text import ODOO_QUOTE

QUOTE = Markup("<p><br></p><blockquote {}='1'>{}</blockquote>")


class CrmInteraction(models.Model):
    """Show what the client wrote or how the client rated, to whoever may read it."""

    _inherit = "crm.interaction"

    def _client_text(self):
        """Return the text of this message, or grade and remark of this rating (str); empty for other readers."""
        if self.is_document_hidden:
            return ""
        message = self.message_id.sudo(False)._filtered_access("read")
        text = message._interaction_text(self.direction, with_subject=False) or self._given_rating().feedback
        grade = self.rating_value and self.env._("Rating: %(n)s of 5", n=f"{self.rating_value:g}")
        return "\n".join(filter(None, (grade, text)))

    def _given_rating(self):
        """Return the rating (sudo mode, possibly none) that this interaction is."""
        # sudo: whoever reads the document reads what was said of it
        ratings = self.env["rating.rating"].sudo()
        if self.event != "feedback_given" or not self.rating_value:
            return ratings
        domain = [("partner_id", "=", self.partner_id.id), ("res_id", "=", self.res_id), ("consumed", "=", True)]
        found = ratings.search([*domain, ("res_model", "=", self.res_model)])
        # sudo: the key tells only which of them it is
        return found.filtered(lambda rating: document_key(rating, self.event) == self.sudo().origin_key)

    def _rating_subject(self):
        """Return the subject of an answer to this rating, in the person's language."""
        person = self.partner_id
        own = self.with_context(lang=person.lang or self.env.lang)
        day = local_day(self.date, person.tz or self.company_id._interaction_zone())
        return own.env._("Your rating of %s", format_date(own.env, day, date_format="long"))


class CrmInteractionMatter(models.Model):
    """Show the text of a complaint on its form, and quote it in the answer."""

    _inherit = "crm.interaction.matter"

    complaint_text = fields.Text(
        "Client's Words", compute="_compute_complaint_text", help="What the client wrote, e.g. “The report came late”."
    )

    @api.depends("complained_on", "interaction_ids.polarity", "interaction_ids.message_id")
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_complaint_text(self):
        for matter in self:
            matter.complaint_text = matter.is_complaint and matter._complaint()._client_text()

    def _complaint(self):
        """Return the interaction that is the complaint, if the reader may read it."""
        self.ensure_one()
        rows = self.sudo(False).interaction_ids.filtered(
            lambda row: row.direction == "incoming" and row.polarity == "negative" and row.state == "confirmed"
        )
        return rows.sorted(lambda row: (row.date, row.id))[:1]

    def _complaint_defaults(self, message):
        """Return what the composer contains when this complaint is answered: a subject and the client's words.

        :param message: the message to answer, which may have a subject already.
        """
        complaint, text = self._complaint(), self.complaint_text
        defaults = {"default_body": QUOTE.format(Markup(ODOO_QUOTE), plaintext2html(text))} if text else {}
        if complaint.event == "feedback_given" and complaint.rating_value and not (message and message.subject):
            defaults["default_subject"] = complaint._rating_subject()
        return defaults
