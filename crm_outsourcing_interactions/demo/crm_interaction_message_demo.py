import csv
from email.message import EmailMessage
from email.utils import format_datetime

from babel.dates import format_date
from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.misc import file_open

from ..models.events.people import responsible
from . import people, plan
from .crm_interaction_demo import MODULE

TO_REVIEW_EACH = 20
"""One message in this many is left to review."""


def paragraphs(texts):
    """Return the HTML (Markup) of a letter."""
    return Markup("").join(Markup("<p>%s</p>") % text for text in texts)


class CrmInteraction(models.Model):
    """Create demo data: the messages of the last two months, posted and received one by one."""

    _inherit = "crm.interaction"

    @api.model
    def _demo_messages(self):
        """Post all planned messages, half of the clients' through the mail gateway."""
        texts = self._demo_texts()
        for number, contact in enumerate(plan.contacts(fields.Date.today())):
            subject, body = self._demo_text_of(contact, texts)
            name = people.CLIENTS[contact.client][0]
            record = self._demo_record(contact, name, subject)
            person = self._demo_ref(f"{name}_contact")
            is_incoming = contact.type_code.split(".")[1] == "1"
            if contact.part or contact.topic in people.TOPICS:
                self._demo_reply_to_last(record, person, contact.moment, subject, body, is_incoming)
            elif is_incoming and number % 2:
                self._demo_receive(record, person, contact.moment, subject, body, number)
            else:
                values = {"author_id": person.id} if is_incoming else {}
                self._demo_post(record, person, contact.moment, subject, body, **values)
            self._demo_tag(contact, to_review=number % TO_REVIEW_EACH == 0 and contact.type_code != "2.1.1")

    @api.model
    def _demo_texts(self):
        """Return ``{type code: [(subject, body, reply), …]}`` in the language of the demo."""
        texts = {}
        with file_open(f"{MODULE}/demo/messages.tsv") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                columns = ("subject", "body", "reply")
                own = [self._demo_text((row[f"{name}_en"], row[f"{name}_ru"])) for name in columns]
                texts.setdefault(row["type"], []).append(own)
        return texts

    @api.model
    def _demo_record(self, contact, name, subject):
        """Return the document of a planned message, with its subject if it is created."""
        if contact.type_code[0] == "3":
            return self._demo_ref(f"{name}_lead")
        if contact.type_code[0] == "4":
            return self._demo_ref(name)
        return self._demo_ref(f"{name}_task_{contact.moment:%Y_%m}")

    @api.model
    def _demo_post(self, record, person, moment, subject, body, **values):
        values = values or {"author_id": responsible(record, person).partner_id.id, "partner_ids": person.ids}
        author = self.env["res.partner"].browse(values["author_id"])
        record.message_post(
            body=paragraphs(self._demo_letter(record, person, author, moment, body)),
            subject=subject,
            date=moment,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            **values,
        )

    @api.model
    def _demo_letter(self, record, person, author, moment, body):
        """Return the paragraphs of a letter: most of them begin and end as people begin and end theirs."""
        addressee = responsible(record, person).partner_id if author == person else person
        greeting = self._demo_text(people.GREETINGS[moment.minute % len(people.GREETINGS)])
        month = format_date(moment - relativedelta(months=1), "LLLL", locale=self._demo_text(("en", "ru")))
        text = body.replace("{month}", month)
        if not greeting:
            return [text]
        return [greeting % addressee.name.split()[0], text, f"{self._demo_text(people.CLOSING)} {author.name}"]

    @api.model
    def _demo_receive(self, record, person, moment, subject, body, number):
        mail = EmailMessage()
        mail["From"] = person.email_formatted
        mail["To"] = responsible(record, person).email_formatted
        mail["Subject"] = subject
        mail["Date"] = format_datetime(moment)
        mail["Message-Id"] = f"<demo-{moment:%Y%m%d}-{number}@{person.email.partition('@')[2]}>"
        mail.set_content("\n\n".join(self._demo_letter(record, person, person, moment, body)))
        self.env["mail.thread"].message_process(record._name, mail.as_bytes(), thread_id=record.id)

    @api.model
    def _demo_tag(self, contact, to_review):
        """Correct wrong types and confirm most others, as the responsible user."""
        interaction = self.sudo().search([("event", "in", ("message_in", "message_out"))], order="id desc", limit=1)
        type_ = self.env["crm.interaction.type"]._by_code(contact.type_code)
        user = interaction.user_id or self.env.user
        own = interaction.with_user(user).sudo()
        if interaction.type_id != type_:
            own.type_id = type_
        elif not to_review:
            own._confirm()
