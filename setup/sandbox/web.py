"""Run a web server on a database for the duration of a context."""

import contextlib
import socket
import subprocess
import time
import urllib.request

from .processes import end_with_parent
from .steps import SetupError

PATIENCE = 60  # seconds for a server to answer


@contextlib.contextmanager
def serving(odoo, database):
    """Yield the address (str) of a web server on the database.

    :param odoo: odoo_command.OdooCommand
    :raises SetupError: when it does not answer
    """
    port = _free_port()
    command = odoo.command(f"--http-port={port}", f"--db-filter=^{database}$", "--max-cron-threads=0")
    options = {"env": odoo.environment(database), "preexec_fn": end_with_parent, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **options) as process:
        try:
            _wait_for(f"http://localhost:{port}/web/login", process)
            yield f"http://localhost:{port}"
        finally:
            process.kill()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url, process):
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=PATIENCE).close()
            return
        time.sleep(0.2)
    raise SetupError(f"no answer from {url}")
