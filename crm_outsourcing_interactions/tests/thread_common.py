import json
from datetime import datetime
from email.utils import format_datetime

from freezegun import freeze_time

from odoo import Command
from odoo.tools import file_open

from .common import MailCase

THREADS = "crm_outsourcing_interactions/tests/data/threads.json"
OPENING_DATE = "2026-01-01 08:00:00"
MODELS = {"task": "project.task", "lead": "crm.lead", "invoice": "account.move"}
"""First letters of a document in a thread → its model; ``client:…`` is the client's form."""
COMPLAINT = "2.1.1"


def read_threads(part):
    """Return the threads (list of dicts) of a part, ``a`` or ``b``."""
    with file_open(THREADS) as stream:
        return [thread for thread in json.load(stream) if thread["part"] == part]


def polarity(thread, message):
    """Return the opinion of a message of type 2.1.1: the first word of a complaint is negative, what follows is not."""
    if thread["kind"] != "complaint":
        return "positive"
    known = {label for other in thread["messages"] if other["n"] < message["n"] for label in other["matters"]}
    return "positive" if set(message["matters"]) <= known else "negative"


class ThreadCase(MailCase):
    """Feed written threads to the mail gateway, the chatter and the call log, each message at its own time.

    Clients' messages are mails with real Message-Id, In-Reply-To and References, or posted by a visitor of the portal;
    ours are posted in the chatter with the type that the writer chose; types of clients' messages are confirmed by a
    reviewer right after they arrived. Threads do not know each other: each has clients of its own.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_accounting()
        cls.project = cls.make_project()
        cls.env.company.write({"resource_calendar_id": False, "interaction_tz": "UTC"})
        groups = ("sales_team.group_sale_salesman_all_leads", "account.group_account_invoice")
        cls.staff.group_ids = [Command.link(cls.env.ref(name).id) for name in groups]

    def feed(self, thread):
        """Feed a thread; return ``{n: interaction}``, without messages that are not logged."""
        with freeze_time(OPENING_DATE) as clock:
            return Feeder(self, thread).feed(clock)


class Feeder:
    """Feed one thread."""

    def __init__(self, case, thread):
        self.case = case
        self.env = case.env
        self.thread = thread
        self.posted = {}
        self.found = {}
        self.make_clients()
        self.make_documents()

    def make_clients(self):
        names = {message["client"] for message in self.thread["messages"]}
        self.clients = {name: self.case.make_client(name=name, is_outsourcing_client=True) for name in sorted(names)}
        self.contacts = {
            (person, client): self.case.make_contact(
                name=person, email=self.address(person), parent_id=self.clients[client].id
            )
            for person, client in sorted({(m["person"], m["client"]) for m in self.thread["messages"]})
        }

    def address(self, person):
        """Return the mail address of a person, in letters that every mail program takes."""
        number = sorted(self.thread["people"]).index(person)
        return f"person{number}.{self.thread['id'].encode().hex()[:40]}@client.example.com"

    def make_documents(self):
        self.documents = {}
        for message in self.thread["messages"]:
            name, contact = message["document"], self.contacts[message["person"], message["client"]]
            if name not in self.documents:
                self.documents[name] = self.make_document(name, contact)

    def make_document(self, name, contact):
        client = name.partition(":")[2]
        if client:
            return self.clients[client]
        values = {"partner_id": contact.id}
        if name.startswith("task"):
            return self.case.make_task(project_id=self.case.project.id, user_ids=self.case.staff.ids, **values)
        if name.startswith("lead"):
            return self.env["crm.lead"].create({"name": name, "user_id": self.case.staff.id, **values})
        return self.case.make_invoice(invoice_user_id=self.case.staff.id, **values)

    def feed(self, clock):
        for message in self.thread["messages"]:
            moment = datetime.fromisoformat(message["at"])
            clock.move_to(moment)
            self.feed_one(message, moment)
        return self.found

    def feed_one(self, message, moment):
        interactions = self.env["crm.interaction"]._everything()
        before = interactions.search([], order="id desc", limit=1).id or 0
        if message.get("channel") == "call":
            self.call(message)
        else:
            self.posted[message["n"]] = self.send(message, moment)
        rows = interactions.search([("id", ">", before), ("commercial_partner_id", "!=", False)])
        if row := rows[:1]:
            self.found[message["n"]] = row
            self.confirm(row, message)

    def send(self, message, moment):
        """Send a message; return the ``mail.message``."""
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        if message["from"] == "firm":
            self.post(message)
        elif message.get("channel") == "chat":
            self.chat(message)
        else:
            self.mail(message, moment)
        return self.env["mail.message"].search([("id", ">", last), ("model", "!=", False)], order="id", limit=1)

    def post(self, message):
        """Have the writer post in the chatter; what is automatic is posted by Odoo."""
        contact = self.contacts[message["person"], message["client"]]
        document, parent = self.documents[message["document"]], self.posted.get(message["reply_to"])
        if message.get("auto"):
            values = {"message_type": "auto_comment"}
        else:
            document = document.with_user(self.case.staff)
            values = {"message_type": "comment"}
        if message["type"] and not message.get("auto"):
            values["interaction_type_id"] = self.case.type_(message["type"]).id
        document.message_post(
            body=message["text"],
            subject=message["subject"] or False,
            subtype_xmlid="mail.mt_comment",
            partner_ids=contact.ids,
            parent_id=parent.id if parent else False,
            **values,
        )

    def chat(self, message):
        """Post as a visitor of the portal does."""
        contact = self.contacts[message["person"], message["client"]]
        self.documents[message["document"]].message_post(
            body=message["text"],
            author_id=contact.id,
            email_from=contact.email_formatted,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def mail(self, message, moment):
        """Hand the client's mail to the gateway, addressed to the document or as a reply."""
        document = self.documents[message["document"]]
        headers = "Auto-Submitted: auto-replied\n" if message.get("auto") else ""
        if parent := self.posted.get(message["reply_to"]):
            headers += f"In-Reply-To: {parent.message_id}\nReferences: {parent.message_id}\n"
        mail = self.case.mail_text(
            sender=self.address(message["person"]),
            to="office@firm.example.com",
            subject=message["subject"],
            key=f"{message['n']}.{self.thread['id'].encode().hex()}",
            date=f"Date: {format_datetime(moment)}\n",
            headers=headers,
            body=message["text"],
        )
        gateway = self.env["mail.thread"].with_context(mail_channel_event=True)
        gateway.message_process(document._name, mail, thread_id=document.id)

    def call(self, message):
        """Log a call by hand."""
        document = self.documents[message["document"]]
        self.case.log(
            partner_id=self.contacts[message["person"], message["client"]].id,
            channel="phone",
            direction="outgoing",
            subject=message["subject"],
            res_model=document._name,
            res_id=document.id,
            date=message["at"],
        )

    def confirm(self, row, message):
        """Have a reviewer confirm the type of a client's message."""
        if message["from"] == "client" and message["type"] and not message.get("auto"):
            values = {"type_id": self.case.type_(message["type"]).id}
            if message["type"] == COMPLAINT:
                values["polarity"] = polarity(self.thread, message)
            row.with_user(self.case.manager).write(values)
