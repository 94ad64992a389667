"""What capture costs: run ``./setup/test tests/bench_capture.py -s``.

Two databases of the same Odoo, one with the addon, one without, in one process. Each
operation is done in both in turn, many times, in transactions that are rolled back. Printed
are statement counts, exact, and the median of the paired ratios of time; the same database
against itself shows how far time can be trusted.
"""

import contextlib
import statistics
import time

from odoo import SUPERUSER_ID, Command, api, tools
from odoo.modules.registry import Registry

PAIRS = 200
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
    """One database: a firm with a client, a task and an open cursor.

    :param str database: its name.
    """

    def __init__(self, database, stack):
        cursor = stack.enter_context(contextlib.closing(Registry(database).cursor()))
        self.env = env = api.Environment(cursor, SUPERUSER_ID, {"mail_notify_force_send": False})
        if not env.company.chart_template:
            env["account.chart.template"].try_loading("generic_coa", env.company, install_demo=False)
        client = env["res.partner"].create({"name": "Vector", "is_company": True, "email": "office@vector.example.com"})
        self.contact = env["res.partner"].create(
            {"name": "Anna", "parent_id": client.id, "email": "a@vector.example.com"}
        )
        project = env["project.project"].create({"name": "Bookkeeping", "partner_id": client.id})
        self.task = env["project.task"].create(
            {"name": "Month end", "project_id": project.id, "partner_id": self.contact.id}
        )
        self.env.user.email = "staff@firm.example.com"
        self.question = self._post(partner_ids=self.contact.ids)

    def outgoing(self):
        """Post a message to the client."""
        self._post(partner_ids=self.contact.ids)

    def reply(self):
        """Take a client's answer from the mail gateway."""
        mail = MAIL.format(parent=self.question.message_id)
        self.env["mail.thread"].message_process("project.task", mail)

    def note(self):
        """Log a note."""
        self._post(subtype_xmlid="mail.mt_note")

    def invoices(self):
        """Confirm 100 invoices in one batch."""
        self.drafts._post()

    def prepare_invoices(self):
        """Make 100 draft invoices; not measured."""
        line = {"name": "Bookkeeping", "price_unit": 100.0, "tax_ids": False}
        vals = {"move_type": "out_invoice", "partner_id": self.contact.id, "invoice_date": "2026-11-02"}
        lines = {"invoice_line_ids": [Command.create(line)]}
        self.drafts = self.env["account.move"].create([{**vals, **lines} for _number in range(100)])

    def _post(self, **kwargs):
        return self.task.message_post(
            **{"body": "Hello", "message_type": "comment", "subtype_xmlid": "mail.mt_comment", **kwargs}
        )

    def measure(self, operation):
        """Do it and undo it; return ``(seconds, statements)``."""
        prepare = getattr(self, f"prepare_{operation}", None)
        savepoint = self.env.cr.savepoint(flush=True)
        if prepare:
            prepare()
            self.env.flush_all()
        before, start = self.env.cr.sql_log_count, time.perf_counter()
        getattr(self, operation)()
        self.env.flush_all()
        took = time.perf_counter() - start, self.env.cr.sql_log_count - before
        savepoint.close(rollback=True)
        self.env.invalidate_all()
        return took


def compare(operation, pairs, *sides):
    """Do it on all sides in turn, ``pairs`` times, each time another one first.

    :return: for each side the median of its time against that of the first side in the same turn, and its statements.
    """
    for side in sides:
        side.measure(operation)
    turns = []
    for number in range(pairs):
        order = [(number + place) % len(sides) for place in range(len(sides))]
        measured = {place: sides[place].measure(operation) for place in order}
        turns.append([measured[place] for place in range(len(sides))])
    return [
        (statistics.median(of_side[0] / first[0] for of_side, first in zip(turn_of, firsts, strict=True)), max(turn_of)[1])
        for turn_of, firsts in ((column, [turn[0] for turn in turns]) for column in zip(*turns, strict=True))
    ]


def test_capture(server, monkeypatch):
    monkeypatch.setitem(tools.config, "test_enable", False)  # or loading a registry looks for tests
    with contextlib.ExitStack() as stack:
        without, with_addon, other = (Side(server.new_database(addon=addon), stack) for addon in (False, True, False))
        print(f"\n{'operation':<14}{'time ×':>8}{'noise ×':>9}{'statements':>12}{'with addon':>12}{'more':>6}")
        for operation, pairs in (("note", PAIRS), ("outgoing", PAIRS), ("reply", PAIRS), ("invoices", 5)):
            (_one, plain), (ratio, extra), (noise, _plain) = compare(operation, pairs, without, with_addon, other)
            print(f"{operation:<14}{ratio:>8.3f}{noise:>9.3f}{plain:>12}{extra:>12}{extra - plain:>+6}")
