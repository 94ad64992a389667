"""Name, copy and drop databases; see ``prepared`` for the databases themselves."""

import contextlib
import os
import pathlib
import secrets
import shutil

from . import locks

PREFIX = "oi_"
KEPT = 3  # of each kind whose names hold a key: those last used


class Databases:
    """Copy and drop the databases of the sandbox on one server.

    :param odoo: odoo_command.OdooCommand
    """

    def __init__(self, odoo):
        self.odoo = odoo
        self.server = odoo.server

    def exists(self, name):
        """Return whether the server has the database."""
        return name in self.names()

    def names(self, kind=""):
        """Return the names (list of str) of our databases of a kind (template, tested, demo, test, build), or all."""
        found = self.server.query("SELECT datname FROM pg_database ORDER BY datname")
        return [name for (name,) in found if name.startswith(f"{PREFIX}{kind}_" if kind else "")]

    def filestore(self, name):
        """Return the folder (pathlib.Path) of a database's files."""
        return self.odoo.data / "filestore" / name

    def use_lock(self, name):
        """Return the name of the lock that prevents dropping the database while it is used."""
        return f"use-{self.server.key}-{name}"

    @contextlib.contextmanager
    def passing(self, source):
        """Yield a temporary copy of the database ``source``, dropped at the end."""
        name = f"{PREFIX}test_{secrets.token_hex(4)}"
        with locks.exclusive(self.use_lock(name)):
            try:
                self.clone(source, name)
                yield name
            finally:
                self.drop(name)
        locks.lock_file(self.use_lock(name)).unlink(missing_ok=True)

    def comment(self, name):
        """Return the comment (str) on a database, empty when there is none or no database."""
        rows = self.server.query(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        )
        return (rows and rows[0][0]) or ""

    def rename(self, source, name):
        """Replace a database by another. Files are moved first, since a database without them would look complete."""
        self.drop(name)
        self.filestore(source).mkdir(parents=True, exist_ok=True)
        self.filestore(source).rename(self.filestore(name))
        self.server.query(f'ALTER DATABASE "{source}" RENAME TO "{name}"')

    def clone(self, source, name):
        """Copy the database ``source`` to ``name``; stored files are immutable, so hard links suffice."""
        self.server.query(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        shutil.rmtree(self.filestore(name), ignore_errors=True)
        shutil.copytree(self.filestore(source), self.filestore(name), copy_function=_link)

    def drop(self, name):
        """Drop a database and its files, if it exists, even with open connections."""
        self.server.query(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(self.filestore(name), ignore_errors=True)

    def drop_old(self):
        """Drop databases left by killed runs and, on the private server only, those unused for long."""
        for name in [*self.names("test"), *self.names("build")]:
            if self.server.private or locks.lock_file(self.use_lock(name)).exists():
                self._drop_unused(name)
        if self.server.private:
            for kind in ("template", "tested"):
                for name in sorted(self.names(kind), key=self._last_use, reverse=True)[KEPT:]:
                    self._drop_unused(name)
            for name in self.names("demo"):
                checkout = self.comment(name).partition(" ")[2]
                pathlib.Path(checkout).exists() or self._drop_unused(name)

    def _last_use(self, name):
        path = locks.lock_file(self.use_lock(name))
        return path.stat().st_mtime if path.exists() else 0

    def _drop_unused(self, name):
        with locks.exclusive_if_free(self.use_lock(name)) as free:
            if free:
                self.drop(name)


def _link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
