"""setup/odoo: run any Odoo command in the sandbox."""

import contextlib
import os

from .. import locks
from ..sandbox import open_sandbox


def main(arguments):
    """Run Odoo with ``arguments`` (list of str) on the demo database by default; return its exit code."""
    with open_sandbox() as databases, contextlib.ExitStack() as stack:
        database = os.environ.get("PGDATABASE") or databases.demo_name()
        if not databases.exists(database):
            return databases.odoo.run(*arguments)
        stack.enter_context(locks.shared(databases.use_lock(database)))
        return databases.odoo.run(*arguments, database=database)
