"""Measure the cost of capture: run ``./setup/test tests/bench_capture.py -s``.

Three databases of the same Odoo, one with the addon and two without, in one process. Each operation runs in
all of them in turn, many times, each in a separate transaction that is rolled back: by a member of staff, by the
client on the portal, or by the mail gateway, on a task with an assignee and followers. It prints exact statement
counts, the milliseconds without the addon and the median of the paired ratios of time; the ratio of the two databases
without the addon shows the noise.
"""

import contextlib
import statistics
import time

from odoo import SUPERUSER_ID, Command, api, tools
from odoo.modules.registry import Registry

OPERATIONS = {"note": 200, "outgoing": 200, "incoming": 200, "reply": 200, "invoices": 5}
"""Number of runs by operation."""
MAIL = """\
From: Anna <a@vector.example.com>
To: firm@firm.example.com
Subject: Re: Question
Message-Id: <answer@vector.example.com>
In-Reply-To: {parent}
Content-Type: text/plain; charset="utf-8"

Here it is.
"""


class Side:
    """Run the operations on one database: a firm with a client who sees a task on the portal.

    :param str database: its name.
    """

    def __init__(self, database):
        self.registry = Registry(database)
        with contextlib.closing(self.registry.cursor()) as cursor:
            env = api.Environment(cursor, SUPERUSER_ID, {"mail_notify_force_send": False})
            if not env.company.chart_template:
                env["account.chart.template"].try_loading("generic_coa", env.company, install_demo=False)
            self.env = env
            staff = self._user("Boris", "staff@firm.example.com", "base.group_user", "project.group_project_user")
            portal = self._user("Anna", "a@vector.example.com", "base.group_portal")
            client = env["res.partner"].create({"name": "Vector", "is_company": True, "customer_rank": 1})
            portal.partner_id.write({"parent_id": client.id, "customer_rank": 1})  # no first invoice
            self.contact_id = portal.partner_id.id
            project = {"name": "Bookkeeping", "partner_id": client.id, "privacy_visibility": "portal"}
            task = {"name": "Month end", "partner_id": self.contact_id, "user_ids": staff.ids}
            self.task = env["project.task"].create({**task, "project_id": env["project.project"].create(project).id})
            self.task.message_subscribe(portal.partner_id.ids)
            self.ids = {"staff": staff.id, "portal": portal.id, "task": self.task.id}
            self.question_id = self._post("staff").message_id
            self.ids["drafts"] = self._drafts().ids
            cursor.commit()
        self.registry.signal_changes()

    def outgoing(self):
        """Post a message to the client."""
        self._post("staff")

    def incoming(self):
        """Post a message as the client, like the portal."""
        self._post("portal")

    def reply(self):
        """Process a client's answer from the mail gateway."""
        mail = MAIL.format(parent=self.question_id)
        self.env["mail.thread"].message_process("project.task", mail)

    def note(self):
        """Log a note."""
        self._post("staff", subtype_xmlid="mail.mt_note")

    def invoices(self):
        """Confirm 100 invoices in one batch."""
        self.env["account.move"].browse(self.ids["drafts"])._post()

    def _drafts(self):
        """Return 100 new draft invoices; made in the transaction that confirms them, they would empty its caches."""
        line = {"name": "Bookkeeping", "price_unit": 100.0, "tax_ids": False}
        vals = {"move_type": "out_invoice", "partner_id": self.contact_id, "invoice_date": "2026-11-02"}
        lines = {"invoice_line_ids": [Command.create(line)]}
        return self.env["account.move"].create([{**vals, **lines} for _number in range(100)])

    def _user(self, name, email, *groups):
        refs = [Command.set([self.env.ref(group).id for group in groups])]
        return self.env["res.users"].create({"name": name, "login": email, "email": email, "group_ids": refs})

    def _post(self, who, **kwargs):
        context = {"lang": "en_US", "tz": "Europe/Brussels", "allowed_company_ids": [1], **self.env.context}
        task = api.Environment(self.env.cr, self.ids[who], context)["project.task"].browse(self.ids["task"])
        message = {"body": "Hello", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        return (task.sudo() if who == "portal" else task).message_post(**{**message, **kwargs})

    def measure(self, operation):
        """Run the operation in a separate transaction and roll back; return ``(seconds, statements)``."""
        with contextlib.closing(self.registry.cursor()) as cursor:
            self.env = api.Environment(cursor, SUPERUSER_ID, {"mail_notify_force_send": False})
            before, start = cursor.sql_log_count, time.perf_counter()
            getattr(self, operation)()
            self.env.flush_all()
            return time.perf_counter() - start, cursor.sql_log_count - before


def compare(operation, pairs, *sides):
    """Run the operation on all sides in turn, ``pairs`` times, each time starting with a different one.

    :return: for each side its median of milliseconds, the median of its time against that of the first side in the
        same turn, and its statements.
    """
    for side in sides:
        side.measure(operation)
    measured = [[] for _side in sides]
    for number in range(pairs):
        for place in range(number, number + len(sides)):
            measured[place % len(sides)].append(sides[place % len(sides)].measure(operation))
    first = [took for took, _statements in measured[0]]
    for results in measured:
        times = [took for took, _statements in results]
        ratio = statistics.median(took / plain for took, plain in zip(times, first, strict=True))
        yield statistics.median(times) * 1000, ratio, max(statements for _took, statements in results)


def test_capture(server, monkeypatch):
    monkeypatch.setitem(tools.config, "test_enable", False)  # otherwise loading a registry collects tests
    sides = [Side(server.new_database(addon=addon)) for addon in (False, True, False)]
    print(f"\n{'operation':<14}{'ms':>8}{'time ×':>8}{'noise ×':>9}{'statements':>12}{'with addon':>12}{'more':>6}")
    for operation, pairs in OPERATIONS.items():
        (took, _one, plain), (_took, ratio, extra), (_took, noise, _plain) = compare(operation, pairs, *sides)
        print(
            f"{operation:<14}{took:>8.1f}{ratio:>8.3f}{noise:>9.3f}{plain:>12}{extra:>12}{extra - plain:>+6}",
            flush=True,
        )
