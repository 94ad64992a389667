"""Build and run the sandbox: Odoo, Python packages, PostgreSQL, databases, a browser.

Standard library only: it runs before the virtual environment exists. The modules, from the ground up:

    steps         progress lines and the one-line error           places         where everything is
    processes     child processes, their logs                     locks          exclusive and shared use
    apt           Debian packages in an apt state of our own      odoo_tree      the unpacked Odoo
    python_env    the virtual environment                         postgres       the database server
    addon         manifest, dependencies, hash of the files       odoo_command   Odoo's command line
    databases     template, tested, demo databases                browser        Chromium for the tests
    commands/     one module per command: run, test, odoo, lint
"""

import os
import sys

SUITABLE = ("python3.13", "python3.12", "python3.11", "python3.10")


def use_newer_python():
    """Restart this command under a Python that can read this package, or report that there is none.

    It is separate from ``python_env`` and in the syntax of old Pythons, which cannot parse the rest.
    """
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for name in SUITABLE:
            path = os.path.join(folder, name)
            if os.access(path, os.X_OK):
                os.execv(path, [path] + sys.argv)  # noqa: RUF005
    running = ".".join(map(str, sys.version_info[:2]))
    sys.exit("[setup] ERROR: Odoo 19 needs Python 3.10 to 3.13, this is " + running + ": install one, with its venv")


if sys.version_info < (3, 10):  # noqa: UP036
    use_newer_python()
