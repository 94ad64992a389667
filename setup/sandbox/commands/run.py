"""setup/run: create a demo database, print the shares, serve the web client."""

import argparse
import socket
import threading
import time
import urllib.error
import urllib.request

from .. import install_log
from ..debian_program import fetch_program
from ..places import cache
from ..prepared import DEFAULT_LANGUAGE
from ..processes import error_line, run_foreground
from ..sandbox import open_sandbox
from ..steps import SetupError, say

# URL for wkhtmltopdf; Odoo would keep the port of its first start until an administrator logs in.
REPORT_URL = """
env["ir.config_parameter"].set_param("report.url", "{url}")
env.cr.commit()
"""
SHARE_TABLE = """
interactions = env["crm.interaction"]
print(interactions._share_table(interactions._demo_article()))
"""
LOGINS = (
    ("admin", "admin", "a firm after fourteen months"),
    ("manager", "manager-demo", "a firm without clients: the setup checklist"),
)
"""Login, password and what the user finds after logging in."""
PATIENCE = 60  # seconds for the web client to answer


def main(arguments):
    """Prepare, print, serve; return an exit code."""
    options = _parse(arguments)
    if options.serve:
        require_free(options.interface, options.port)
    with open_sandbox() as databases, databases.demo(options.lang, options.reset) as database:
        _print_warnings(database)
        report_url = REPORT_URL.format(url=own_url(options.interface, options.port))
        print(databases.odoo.shell(database, report_url + SHARE_TABLE), flush=True)
        databases.drop_old()
        return _serve(databases.odoo, database, options) if options.serve else 0


def _parse(arguments):
    parser = argparse.ArgumentParser(
        prog="setup/run", description="Get everything, make a demo database, show the shares, serve."
    )
    parser.add_argument("--no-serve", dest="serve", action="store_false", help="prepare, print the shares and exit")
    parser.add_argument("--port", type=int, default=8069, help="port of the web client (8069)")
    parser.add_argument("--interface", default="127.0.0.1", help="address to listen at (127.0.0.1: this machine only)")
    parser.add_argument("--reset", action="store_true", help="recreate the database")
    parser.add_argument(
        "--lang", default=DEFAULT_LANGUAGE, metavar="ru_RU", help="language of the web client and the demo data"
    )
    parser.add_argument("--pdf", action="store_true", help="fetch wkhtmltopdf: invoices as PDF")
    return parser.parse_args(arguments)


def require_free(interface, port):
    """Check that the port (int) is free.

    :raises SetupError: when it is not
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((interface, port))
        except (OSError, OverflowError) as error:
            raise SetupError(
                f"cannot listen at port {port} of {interface} ({error}): name another one with --port"
            ) from error


def own_url(interface, port):
    """Return the address (str) at which this machine reaches the web client.

    >>> own_url("0.0.0.0", 8070), own_url("192.0.2.7", 8069)
    ('http://127.0.0.1:8070', 'http://192.0.2.7:8069')
    """
    return f"http://{'127.0.0.1' if interface in ('0.0.0.0', 'localhost') else interface}:{port}"


def _print_warnings(database):
    try:
        install_log.require_clean(f"install-{database}.log")
    except SetupError as error:
        say(f"WARNING: {error}")


def _serve(odoo, database, options):
    log = cache("logs", f"serve-{database}.log")
    arguments = [f"--http-port={options.port}", f"--http-interface={options.interface}", f"--db-filter=^{database}$"]
    programs = [fetch_program("wkhtmltopdf", "usr/bin/wkhtmltopdf").parent] if options.pdf else []
    threading.Thread(target=_print_when_ready, args=(database, options, log), daemon=True).start()
    with log.open("wb") as output:
        environment = odoo.environment(database, *programs)
        code = run_foreground(odoo.command(*arguments), env=environment, stdout=output, stderr=output)
    if code:
        raise SetupError(f"Odoo ended: {error_line(log)} (log: {log})")
    return 0


def _print_when_ready(database, options, log):
    shown = "localhost" if options.interface in ("127.0.0.1", "0.0.0.0") else options.interface
    url = f"http://{shown}:{options.port}"
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{url}/web/login", timeout=PATIENCE).close()
        except urllib.error.HTTPError as error:
            return say(f"WARNING: {url} answers with an error {error.code} (log: {log})")
        except OSError:
            time.sleep(0.2)
        else:
            logins = "\n".join(f"  {login} / {password}: {found}" for login, password, found in LOGINS)
            return say(f"Ready: {url}\n{logins}\nDatabase {database}, log {log}. Press Ctrl-C to stop.")
    return say(f"WARNING: {url} does not answer yet (log: {log})")
