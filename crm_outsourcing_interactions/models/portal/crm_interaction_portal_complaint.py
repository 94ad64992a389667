import hashlib

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.tools import format_date, plaintext2html

from ..events.marks import marked
from ..events.message_text import message_text
from ..requests.asked_lines import one_item
from ..requests.file_names import LONGEST_TEXT, clean_text


class CrmInteractionPortalComplaint(models.Model):
    """Store what a client reports under *Something is wrong*.

    It is captured as a confirmed complaint (2.1.1) through the channel *portal*, and is the document of its matter.
    Only the client's supervisor, the deputy and managers read it, so the colleagues concerned do not see it first. The
    text is the first message of its chatter, and what is posted there is a reply to it. The form's token and
    the text make a second click a repetition.
    """

    _name = "crm.interaction.portal.complaint"
    _inherit = ["mail.thread", "crm.interaction.protected.mixin"]
    _description = "Complaint from the Client's Account"
    _order = "id desc"
    _mail_post_access = "read"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    commercial_partner_id = fields.Many2one(
        "res.partner", "Client", required=True, readonly=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one("res.partner", "Contact", required=True, readonly=True, ondelete="cascade")
    token = fields.Char(readonly=True, copy=False, groups="base.group_system")

    _token_unique = models.UniqueIndex("(partner_id, token)", "This has been sent already.")

    @api.depends("partner_id", "create_date")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for complaint in self:
            date = format_date(self.env, complaint.create_date)
            complaint.display_name = " · ".join(filter(None, (complaint.partner_id.name, date)))

    @api.model
    def _send(self, person, text, token):
        """Store and capture what a ``person`` (``res.partner``) writes, once for each text and ``token`` of the form.

        :return: the complaint in sudo mode; none if it is being stored by a click at the same time.
        """
        client = person.commercial_partner_id
        company = client.company_id or self.env.company
        # sudo: clients have no access; the person is the user, whom the controller gives
        complaints = self.sudo()._by_code()
        text = clean_text(text)[:LONGEST_TEXT]
        token = hashlib.sha256(f"{token}\n{text}".encode()).hexdigest()
        same = [("partner_id", "=", person.id), ("token", "=", token)]
        if known := complaints.search(same):
            return known
        vals = {"company_id": company.id, "commercial_partner_id": client.id, "partner_id": person.id}
        try:
            with self.env.cr.savepoint():
                complaint = complaints.create({**vals, "token": token})
        except UniqueViolation:
            return complaints.search(same)
        complaint._publish(text)
        return complaint

    def _publish(self, text):
        """Make ``text`` the first message, and capture the complaint."""
        marked(self, "interaction_skip").message_post(
            body=plaintext2html(text),
            author_id=self.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.env["crm.interaction.capture"]._complaints(self)

    def _interaction_complaint(self):
        """Return ``(message, subject)``: its first line, by which those who may read it tell it from others."""
        message = self._first_message()
        return message, one_item(message_text("", message.body))[0]

    def _first_message(self):
        """Return the message (``mail.message``) that is the complaint."""
        return self.message_ids.filtered(lambda message: message.message_type == "comment").sorted("id")[:1]

    def message_post(self, *, parent_id=False, **kwargs):
        return super().message_post(parent_id=parent_id or self._first_message().id, **kwargs)

    def _message_compute_subject(self):
        """Name answers to the person, in the person's language, who knows no names of documents."""
        person = self.partner_id
        own = self.with_context(lang=person.lang or self.env.lang)
        day = person._interaction_local_day(self.company_id, self.create_date)
        return own.env._("Your message of %s", format_date(own.env, day, date_format="long"))

    def _mail_get_partner_fields(self, introspect_fields=False):
        return ["partner_id"]


CrmInteractionPortalComplaint._protected_fields = frozenset(
    {"company_id", "commercial_partner_id", "partner_id", "token"}
)
