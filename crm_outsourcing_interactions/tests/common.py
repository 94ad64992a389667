from unittest.mock import patch

from odoo import Command
from odoo.tests.common import TransactionCase
from odoo.tools import SQL

from odoo.addons.crm_outsourcing_interactions.models.events.event import Event

MAIL = """\
From: {sender}
To: {to}
Subject: {subject}
Message-Id: <{key}@client.example.com>
{date}{headers}Content-Type: text/{subtype}; charset="utf-8"

{body}
"""


STAFF = "crm_outsourcing_interactions.group_user,project.group_project_user"
INSERT = 3
"""Statements that it takes to log what was captured: a savepoint, the contacts, the end of the savepoint."""
MATTER = 2
"""Statements that it takes to find a matter and to write it."""


class InteractionCase(TransactionCase):
    """Provide factories for tests of this addon and of addons that extend it; every default can be overridden::

    class TestMine(InteractionCase):
        def test_call_counts(self):
            contact = self.make_contact(parent_id=self.make_client().id)
            interaction = self.log(partner_id=contact.id, type_id=self.type_("1.1.3").id)
            self.assertEqual(interaction.kind_id.code, "1")

    :cvar str counted_clients: setting *Counted Clients*; with *all*, ``make_client`` needs neither invoice nor project.
    :cvar bool suggests: whether the learner suggests types; otherwise an interaction without a matching rule has none.
    """

    counted_clients = "all"
    suggests = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env["base"].with_context(tracking_disable=False, mail_notify_force_send=False).env
        cls.set_company_settings()
        manager = {"login": "interaction.manager", "groups": "crm_outsourcing_interactions.group_manager"}
        cls.staff, cls.manager = cls.make_users({}, manager)

    @classmethod
    def set_company_settings(cls):
        """Set the class's settings in all companies, new ones too, without the ORM, which records a method change."""
        settings = {"interaction_clients": cls.counted_clients, "interaction_suggest": cls.suggests}
        for name, value in settings.items():
            cls.env["ir.default"].set("res.company", name, value)
            cls.env.cr.execute(SQL("UPDATE res_company SET %s = %s", SQL.identifier(name), value))
        cls.env.invalidate_all()
        cls.env.registry.clear_cache()

    @classmethod
    def type_(cls, code):
        """Return the type with that code, such as ``1.1.2``."""
        return cls.env["crm.interaction.type"]._by_code(code)

    @classmethod
    def make_staff(cls, login="interaction.staff", **vals):
        return cls.make_users({"login": login, **vals})

    @classmethod
    def make_users(cls, *people):
        """Return a user for each of ``people`` (dicts), created at once since every creation empties all caches."""
        users = cls.env["res.users"].with_context(no_reset_password=True)  # no invitation by mail
        return users.create([cls.prepare_user(**vals) for vals in people]).with_env(cls.env)

    @classmethod
    def prepare_user(cls, login="interaction.staff", groups=STAFF, **vals):
        ids = [cls.env.ref(name).id for name in groups.split(",")]
        defaults = {"name": login, "email": f"{login}@firm.example.com", "password": login.ljust(8, "x")}
        return {"login": login, "group_ids": [Command.set(ids)], **defaults, **vals}

    @classmethod
    def make_client(cls, **vals):
        return cls.env["res.partner"].create({"name": "Test Client", "is_company": True, **vals})

    @classmethod
    def make_contact(cls, **vals):
        return cls.env["res.partner"].create({"name": "Anna Contact", "email": "anna@example.com", **vals})

    @classmethod
    def make_project(cls, **vals):
        return cls.env["project.project"].create({"name": "Bookkeeping", **vals})

    @classmethod
    def make_task(cls, **vals):
        vals.setdefault("project_id", cls.make_project().id)
        return cls.env["project.task"].create({"name": "Month end", **vals})

    @classmethod
    def make_planned_message(cls, task, contact, **vals):
        """Plan a message on ``task`` to ``contact`` for a far day, as the composer does."""
        defaults = {"model": task._name, "res_id": task.id, "author_id": cls.staff.partner_id.id, "body": "Hello"}
        planned = {**defaults, "partner_ids": contact.ids, "scheduled_date": "2099-01-01 10:00:00"}
        return cls.env["mail.scheduled.message"].create({**planned, **vals})

    @classmethod
    def log(cls, **vals):
        """Create an interaction as a person would; what only code may set, such as ``event``, is set by code."""
        if "partner_id" not in vals:
            vals["partner_id"] = cls.make_client().id
        return cls.env["crm.interaction"]._by_code().create(vals).with_env(cls.env)

    @classmethod
    def capture(cls, *dates, **values):
        """Log a message to ``partner`` for each of ``dates`` as capture does: what an event does not tell is NULL.

        :param values: of ``Event``; ``code`` is that of the event, ``type_code`` that of the type, if any.
        """
        partner = values.pop("partner", None) or cls.make_client()
        type_code = values.pop("type_code", None)
        defaults = {"code": "message_out", "record": partner, "company": cls.env.company, "channel": "email"}
        given = {**defaults, "type_id": type_code and cls.type_(type_code).id, **values}
        events = [
            Event(key=f"<{partner.id}.{date}.{number}@test>", date=date, partner=partner, **given)
            for number, date in enumerate(dates)
        ]
        return cls.env["crm.interaction.pipeline"]._run(events)

    def captured(self, record=None):
        """Return what was captured, of all documents or of one."""
        domain = [("event", "!=", False)]
        if record:
            domain += [("res_model", "=", record._name), ("res_id", "=", record.id)]
        return self.env["crm.interaction"].search(domain)

    def unknown_senders(self):
        """Return what waits from unknown senders."""
        return self.env["crm.interaction"]._everything().search([("unknown_sender", "!=", False)], order="id")

    def count_statements(self, action):
        """Return how many SQL statements ``action()`` and a flush take when no record is in the cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def statements(self, action):
        """Return the SQL statements (str) that ``action()`` executes."""
        cursor = type(self.env.cr)
        self.env.flush_all()
        with patch.object(cursor, "execute", autospec=True, side_effect=cursor.execute) as execute:
            action()
        return [str(getattr(call.args[1], "code", call.args[1])) for call in execute.call_args_list]

    @classmethod
    def setup_accounting(cls):
        """Load a chart of accounts when the company has none; call it in ``setUpClass``."""
        if not cls.env.company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", cls.env.company, install_demo=False)

    @classmethod
    def make_invoice(cls, **vals):
        line = Command.create({"name": "Bookkeeping", "price_unit": 100.0, "tax_ids": False})
        defaults = {"move_type": "out_invoice", "invoice_line_ids": [line]}
        return cls.env["account.move"].create({**defaults, **vals})


class MailCase(InteractionCase):
    """Set up a firm that receives mail at ``…@firm.example.com``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mail.alias.domain"].search([]).unlink()
        cls.env.company.alias_domain_id = cls.env["mail.alias.domain"].create({"name": "firm.example.com"})
        cls.staff.email = "staff@firm.example.com"

    def receive(self, context=None, **values):
        """Hand a mail to Odoo's gateway, with more ``context`` (dict); return the id of the document it went to."""
        gateway = self.env["mail.thread"].with_context(mail_channel_event=True, **context or {})
        return gateway.message_process("mail.thread", self.mail_text(**values))

    @staticmethod
    def mail_text(**values):
        """Return the text of a mail with headers."""
        defaults = {
            "sender": "Anna <anna@client.example.com>",
            "to": "bookkeeping@firm.example.com",
            "subject": "Question",
            "key": "1",
            "date": "Date: Mon, 02 Nov 2026 09:00:00 +0000\n",
            "headers": "",
            "subtype": "plain",
            "body": "Please look at it.",
        }
        return MAIL.format(**{**defaults, **values})


class ClientMailCase(MailCase):
    """Set up a client with a contact who sends mail, and a project with the alias that receives it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client(name="Alfa", email="office@client.example.com")
        cls.contact = cls.make_contact(parent_id=cls.client_company.id, email="anna@client.example.com")
        cls.project = cls.make_project(partner_id=cls.client_company.id, alias_name="bookkeeping")
