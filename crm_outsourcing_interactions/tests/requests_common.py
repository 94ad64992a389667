import base64
from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command, fields
from odoo.tests import Form

from .common import InteractionCase, MailCase

GROUP = "crm_outsourcing_interactions.group_user"
MONDAY = datetime(2026, 11, 2, 6)
"""9 o'clock in Moscow."""
WEDNESDAY = datetime(2026, 11, 4, 9)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
LETTER = "crm.interaction.request.letter"


class RequestCase(InteractionCase):
    """Set up an accountant with our group only, a client with a contact, and an open request list with two items."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls.make_staff(login="only.user", groups=GROUP)
        cls.vector = cls.make_client(name="Vector", user_id=cls.accountant.id)
        cls.ivan = cls.make_contact(name="Ivan", email="ivan@vector.example.com", parent_id=cls.vector.id)
        cls.list = cls.make_list()
        cls.statement, cls.invoices = cls.list.item_ids

    @classmethod
    def make_list(cls, client=None, state="open", names=("Bank statement", "Invoices"), **vals):
        """Return a request list of the accountant's client, as the accountant makes it."""
        lists = cls.env["crm.interaction.request.list"].with_user(cls.accountant)
        items = [Command.create({"name": name}) for name in names]
        defaults = {"commercial_partner_id": (client or cls.vector).id, "period": "2026-10-01", "item_ids": items}
        made = lists.create({**defaults, **vals})
        if state == "open":
            made.action_open()
        return made

    @classmethod
    def ask(cls, list_=None):
        """Log our letter for a request list, as a message in its chatter; return the interaction."""
        list_ = list_ or cls.list
        return cls.capture(
            fields.Datetime.subtract(fields.Datetime.now(), days=3),
            record=list_,
            partner=list_.item_ids.partner_id[:1],
            type_code="1.2.2",
        )

    def hand_over(self, item, *files, person=None, **submission):
        """Hand over files, pairs of name and content, for one item."""
        submission = {"files": [(name, content) for name, content in files], **submission}
        return item._hand_over(person or self.ivan, {item.id: submission})


class LetterCase(RequestCase, MailCase):
    """Run the job of letters at given moments; nothing is committed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"resource_calendar_id": False, "interaction_tz": "Europe/Moscow"})

    def run_job(self, when=MONDAY, seconds=60):
        """Run the job; return the letters it sends."""
        self.env.flush_all()
        known = self.letters()
        committed = patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: seconds)
        with freeze_time(when), committed:
            self.env[LETTER]._cron_send()
        return self.letters() - known

    def letters(self):
        return self.env[LETTER].search([], order="id")

    def mails(self):
        return self.env["mail.mail"].search([("model", "=", "crm.interaction.request.list")], order="id")

    def activities(self):
        return self.env["mail.activity"].search([("interaction_reminder", "=", f"requests,{self.env.company.id}")])


class SettlingCase(LetterCase):
    """Set up a list for which a letter has asked, and its matter."""

    number = 0

    def setUp(self):
        super().setUp()
        self.list.item_ids._by_code().added_on = MONDAY - DAY
        self.letter = self.run_job()
        self.matter = self.list.matter_id
        self.items = self.list.item_ids.with_user(self.accountant)
        self.assertEqual(self.matter.waiting, "client")

    def assert_matter(self, waiting, how):
        self.env.invalidate_all()
        self.assertEqual((self.matter.waiting, self.matter.closed_how), (waiting, how))

    def message(self, hours, type_code="1.1.1", code="message_in", **vals):
        values = {"record": self.list, "partner": self.ivan, "code": code, "type_code": type_code, **vals}
        return self.capture(MONDAY + timedelta(hours=hours), **values)

    def hand(self, moment, *items, row=None):
        """Hand over ``items`` at a moment, with ``row`` as a mail that is taken over then."""
        with freeze_time(moment):
            submissions = {item.id: {"files": [(f"{item.id}.pdf", f"{moment}{item.id}".encode())]} for item in items}
            how = "mail" if row else "login"
            self.list.item_ids._hand_over(self.ivan, submissions, how=how, interaction=row)
        self.env.invalidate_all()

    def add(self, moment, item):
        """Hand over a further page of an ``item`` at a moment."""
        self.number += 1
        with freeze_time(moment):
            item._hand_over(self.ivan, {item.id: {"files": [(f"{self.number}.pdf", b"%%PDF %d" % self.number)]}})
        self.env.invalidate_all()

    def new_item(self, moment, **vals):
        """Return an item that is added to the list at a moment."""
        values = {"list_id": self.list.id, "name": "Lease", "added_on": moment, **vals}
        with freeze_time(moment):
            return self.env["crm.interaction.matter.item"]._by_code().create(values)

    def claim(self, moment, item, *handed):
        """Call an ``item`` not applicable at a moment, and hand over others."""
        files = {other.id: {"files": [(f"{other.id}.pdf", b"%PDF")]} for other in handed}
        with freeze_time(moment):
            self.items._hand_over(self.ivan, {item.id: {"not_applicable": "None"}, **files})
        self.env.invalidate_all()

    def click(self, moment, item, action, *args):
        with freeze_time(moment):
            getattr(item, action)(*args)
        self.env.invalidate_all()

    def assert_closed(self, how, moment):
        self.env.invalidate_all()
        self.assertEqual((self.matter.closed_how, self.matter.closed_on), (how, moment))


class TakenBackCase(SettlingCase):
    """Add an item for which the first letter has not asked."""

    def setUp(self):
        super().setUp()
        self.first, self.second = self.items
        self.row = self.letter.interaction_id
        self.lease = self.new_item(MONDAY + DAY).with_user(self.accountant)

    def ask_for_lease(self):
        """Have the next letter ask for the other item; return the interaction of the letter."""
        letter = self.run_job(MONDAY + WEEK)
        self.assertEqual(letter.item_ids, self.lease)
        return letter.interaction_id

    def assert_end(self, row, mark, moment):
        self.env.invalidate_all()
        self.assertEqual((row.matter_mark, row.matter_marked_on), (mark, moment))


class ComposerCase(LetterCase):
    """Set up a task of the accountant's client, from whose chatter messages go. It is Wednesday, 12 o'clock."""

    minutes = 0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.interaction_letter_weekday = "4"
        cls.accountant.group_ids += cls.env.ref("project.group_project_user")
        cls.project = cls.env["project.project"].create({"name": "Vector"})
        cls.task = cls.make_task(partner_id=cls.ivan.id, project_id=cls.project.id, user_ids=cls.accountant.ids)

    def setUp(self):
        super().setUp()
        frozen = freeze_time(WEDNESDAY)
        frozen.start()
        self.addCleanup(frozen.stop)

    def send(self, number=1, when=WEDNESDAY, **vals):
        """Log messages to Ivan."""
        defaults = {"record": self.task, "partner": self.ivan, "type_code": "1.2.1", "channel": "email"}
        for _number in range(number):
            self.minutes += 1
            self.capture(when + timedelta(minutes=self.minutes), **{**defaults, **vals})
        self.env.flush_all()

    def hint(self, persons=None, user=None, record=None):
        composer = self.env["mail.compose.message"].with_user(user or self.accountant)
        record = record or self.task
        return composer.interaction_letter_hint_of(record._name, record.id, (persons or self.ivan).ids)

    def text(self, **kwargs):
        hint = self.hint(**kwargs)
        return hint and hint["text"]

    def add(self, body="<p>Lease contract</p>", persons=None, user=None):
        composer = self.env["mail.compose.message"].with_user(user or self.accountant)
        return composer.interaction_add_to_letter("project.task", self.task.id, (persons or self.ivan).ids, body)

    def savings(self):
        return self.env["crm.interaction.request.saving"].search([])

    def forget_items(self):
        self.list.item_ids.action_not_applicable()


PARTS = """\
Content-Type: multipart/mixed; boundary="cut"

--cut
Content-Type: text/plain; charset="utf-8"

{}
--cut
Content-Type: application/pdf; name="Statement October.pdf"
Content-Disposition: attachment; filename="Statement October.pdf"
Content-Transfer-Encoding: base64

{}
--cut--
"""


class ReplyCase(LetterCase):
    """Set up a letter to which the client replies by mail, with files."""

    def setUp(self):
        super().setUp()
        self.letter = self.run_job()

    def reply(self, sender="Ivan <ivan@vector.example.com>", reference=None, body="Here they are."):
        """Receive a reply with a file; return the message."""
        reference = reference or self.letter.message_id.message_id
        id_ = "<r1@vector.example.com>"
        head = f"From: {sender}\nTo: catchall@firm.example.com\nSubject: Re\nMessage-Id: {id_}\n"
        parts = PARTS.format(body, base64.b64encode(b"%PDF").decode())
        text = f"{head}In-Reply-To: {reference}\nMIME-Version: 1.0\n{parts}"
        self.env["mail.thread"].message_process(False, text)
        return self.env["mail.message"].search([("message_id", "=", id_)])

    def dialog(self):
        action = self.list.with_user(self.accountant).action_take_over()
        return Form(self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"]))
