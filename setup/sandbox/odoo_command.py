"""Run Odoo's command line against the sandbox, configured entirely by file and environment."""

import os
import re
import subprocess
import sys

from . import processes
from .places import ADDON, CHECKOUT, cache, checkout_key
from .steps import SetupError

CONFIGURATION = """\
[options]
; written anew by each command
admin_passwd = admin
; no mail leaves the sandbox: nothing listens here
smtp_server = localhost
smtp_port = 1
http_interface = 127.0.0.1
max_cron_threads = 1
"""
MODULE_LINE = re.compile(r"Loading module (\w+) \((\d+)/(\d+)\)")


class OdooCommand:
    """Run Odoo's command line.

    :param tree: odoo_tree.OdooTree
    :param server: postgres.Server
    :param more_addons: further folders of addons
    """

    def __init__(self, tree, server, more_addons=()):
        self.tree = tree
        self.more_addons = more_addons
        self.server = server
        self.data = cache("data", server.key)
        self.program = _write(cache("bin", "odoo"), "import odoo.cli\n\nodoo.cli.main()\n")
        self.configuration = _write(cache("config", f"{checkout_key()}.conf"), CONFIGURATION)

    def environment(self, database=None, *programs):
        """Return the environment (dict) for a process that imports Odoo.

        :param database: the default one
        :param programs: folders to put first on PATH
        """
        addons = [*self.tree.addons, *([CHECKOUT] if (ADDON / "__manifest__.py").exists() else []), *self.more_addons]
        return processes.environment(
            **self.server.environment,
            PGDATABASE=database,
            PYTHONPATH=self.tree.python_path,
            ODOO_RC=self.configuration,
            ODOO_ADDONS_PATH=",".join(map(str, addons)),
            ODOO_DATA_DIR=self.data,
            PATH=os.pathsep.join([*map(str, programs), os.environ.get("PATH", os.defpath)]),
        )

    def command(self, *arguments):
        """Return the words (list of str) of an Odoo command."""
        return [sys.executable, str(self.program), *map(str, arguments)]

    def run(self, *arguments, database=None):
        """Run Odoo at the terminal; return its exit code."""
        return processes.run_foreground(self.command(*arguments), env=self.environment(database))

    def run_logged(self, *arguments, database, log_name, what):
        """Run Odoo with its output in a log; return the log (pathlib.Path).

        :raises SetupError: when Odoo fails
        """
        return processes.run_logged(
            self.command(*arguments),
            log_name,
            what,
            env=self.environment(database),
            preexec_fn=processes.end_with_parent,
        )

    def shell(self, database, code):
        """Run Python ``code`` in ``odoo shell``; return what it printed (str).

        :raises SetupError: when it fails; the traceback is in the log
        """
        log = cache("logs", f"shell-{database}.log")
        with log.open("wb") as errors:
            done = subprocess.run(
                self.command("shell", "--no-http", "--log-level=warn"),
                input=code.encode(),
                stdout=subprocess.PIPE,
                stderr=errors,
                env=self.environment(database),
            )
        if done.returncode:
            raise SetupError(f"odoo shell failed: {processes.error_line(log)} (log: {log})")
        return done.stdout.decode()


def _write(path, text):
    """Write a small file atomically; return it."""
    if not path.exists() or path.read_text() != text:
        new = path.with_name(f"{path.name}.{os.getpid()}")
        new.write_text(text)
        new.replace(path)
    return path


def progress_of(log_name):
    """Return a function that reads the module in progress from Odoo's log."""

    def detail():
        log = cache("logs", log_name)
        found = MODULE_LINE.findall(log.read_text(errors="replace")) if log.exists() else []
        return f"(module {found[-1][1]} of {found[-1][2]}: {found[-1][0]})" if found else ""

    return detail
