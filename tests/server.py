"""Help to test a whole server, with separate databases and Odoo processes.

The fixture ``server`` (see conftest.py) is a WholeServer:

    def test_uninstall_leaves_nothing(server):
        database = server.new_database()
        server.shell(database, "env['ir.module.module'].search([('name', '=', '…')]).button_immediate_uninstall()")
        assert server.sql(database, "SELECT … FROM …") == []
"""

import os
import subprocess

from sandbox import install_log
from sandbox.odoo_command import OdooCommand
from sandbox.places import cache
from sandbox.postgres_binaries import find_binaries
from sandbox.processes import end_with_parent
from sandbox.web import serving


class WholeServer:
    """Create databases for one test and run Odoo on them; all of it is removed when the test ends.

    :param databases: sandbox.prepared.PreparedDatabases
    :param stack: contextlib.ExitStack closed when the test ends
    :param more_addons: further folders of addons
    """

    def __init__(self, databases, stack, more_addons=()):
        self._databases = databases
        self._odoo = OdooCommand(databases.odoo.tree, databases.odoo.server, more_addons)
        self._stack = stack

    def new_database(self, addon=True, demo=False, language="en_US"):
        """Return the name (str) of a fresh database with Odoo's modules; with the addon and its demo data as requested.

        ``language`` is that of the demo data.

        Demo data take an installation (about 10 s), otherwise it is a copy (under a second).
        """
        ready = self._databases.tested() if addon and not demo else self._databases.template(language)
        database = self._stack.enter_context(self._databases.passing(self._stack.enter_context(ready)))
        if demo:
            self._databases.install_with_demo(database, f"install-{database}.log")
        return database

    def odoo(self, database, *arguments):
        """Run an Odoo command line, e.g. ``"-u", "crm", "--stop-after-init"``; return its log (str).

        :raises sandbox.steps.SetupError: when Odoo fails
        """
        log = self._odoo.run_logged(
            *arguments, database=database, log_name=f"test-{database}.log", what=f"run odoo {' '.join(arguments)}"
        )
        return log.read_text()

    def shell(self, database, code):
        """Run Python ``code`` in ``odoo shell`` (commit yourself); return its output (str).

        :raises sandbox.steps.SetupError: when the code raises
        """
        return self._odoo.shell(database, code)

    def complaints(self, database):
        """Return the warnings and errors (list of str) that the last ``shell`` on the database logged."""
        return install_log.complaints(cache("logs", f"shell-{database}.log").read_text())

    def odoo_process(self, database, *arguments):
        """Start an Odoo command line; return it (subprocess.Popen, its input a pipe). Killed when the test ends."""
        odoo = self._odoo
        options = {"env": odoo.environment(database), "preexec_fn": end_with_parent, "stdin": subprocess.PIPE}
        process = subprocess.Popen(odoo.command(*arguments), **options, stderr=subprocess.DEVNULL)
        self._stack.callback(process.kill)
        return process

    def sql(self, database, statement, parameters=None):
        """Run one SQL statement; return its rows (list of tuples)."""
        return self._databases.server.query(statement, parameters, database=database)

    def restored(self, database):
        """Dump a database with ``pg_dump`` and restore it with ``pg_restore``; return the name (str) of the copy."""
        name = self.new_database(addon=False)
        self.sql("postgres", f'DROP DATABASE "{name}" WITH (FORCE)')
        self.sql("postgres", f'CREATE DATABASE "{name}" TEMPLATE template0')
        programs, options = (
            find_binaries(),
            {"env": {**os.environ, **self._databases.server.environment}, "check": True},
        )
        dump = subprocess.run([programs / "pg_dump", "--format=custom", database], stdout=subprocess.PIPE, **options)
        restore = [programs / "pg_restore", "--exit-on-error", "--no-owner", f"--dbname={name}"]
        subprocess.run(restore, input=dump.stdout, **options)
        return name

    def databases(self):
        """Return the names of all databases of the sandbox."""
        return self._databases.names()

    def serve(self, database):
        """Return a context manager that yields the address (str) of a web server on the database."""
        return serving(self._odoo, database)
