"""Helper for tests of a whole server: databases of their own, Odoo in processes of its own.

The fixture ``server`` (see conftest.py) is a WholeServer:

    def test_uninstall_leaves_nothing(server):
        database = server.new_database()
        server.shell(database, "env['ir.module.module'].search([('name', '=', '…')]).button_immediate_uninstall()")
        assert server.sql(database, "SELECT … FROM …") == []
"""

import os
import subprocess

from sandbox import install_log
from sandbox.places import cache
from sandbox.postgres_binaries import find_binaries
from sandbox.processes import end_with_parent
from sandbox.web import serving


class WholeServer:
    """Databases for one test, and Odoo run on them. All of it is gone when the test ends.

    :param databases: sandbox.prepared.PreparedDatabases, stack: contextlib.ExitStack closed when the test ends
    """

    def __init__(self, databases, stack):
        self._databases = databases
        self._stack = stack

    def new_database(self, addon=True, demo=False):
        """Return the name (str) of a fresh database with Odoo's modules; our addon or not, its demo data or not.

        With demo data it takes an installation (10 s or so), else a copy (under a second).
        """
        ready = self._databases.tested() if addon and not demo else self._databases.template()
        database = self._stack.enter_context(self._databases.passing(self._stack.enter_context(ready)))
        if demo:
            self._databases.install_with_demo(database, f"install-{database}.log")
        return database

    def odoo(self, database, *arguments):
        """Run an Odoo command line, such as ``"-u", "crm", "--stop-after-init"``; return its log (str).

        :raises sandbox.steps.SetupError: when Odoo fails
        """
        log = self._databases.odoo.run_logged(
            *arguments, database=database, log_name=f"test-{database}.log", what=f"run odoo {' '.join(arguments)}"
        )
        return log.read_text()

    def shell(self, database, code):
        """Run Python ``code`` in ``odoo shell`` (commit yourself); return what it printed (str).

        :raises sandbox.steps.SetupError: when it raises
        """
        return self._databases.odoo.shell(database, code)

    def complaints(self, database):
        """Return the warnings and errors (list of str) that the last ``shell`` on the database logged."""
        return install_log.complaints(cache("logs", f"shell-{database}.log").read_text())

    def odoo_process(self, database, *arguments):
        """Start an Odoo command line; return it (subprocess.Popen, its input a pipe). Killed when the test ends."""
        odoo = self._databases.odoo
        options = {"env": odoo.environment(database), "preexec_fn": end_with_parent, "stdin": subprocess.PIPE}
        process = subprocess.Popen(odoo.command(*arguments), **options, stderr=subprocess.DEVNULL)
        self._stack.callback(process.kill)
        return process

    def sql(self, database, statement, parameters=None):
        """Run one SQL statement; return its rows (list of tuples)."""
        return self._databases.server.query(statement, parameters, database=database)

    def restored(self, database):
        """Return the name (str) of what ``pg_restore`` makes of what ``pg_dump`` says of a database."""
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
        return serving(self._databases.odoo, database)
