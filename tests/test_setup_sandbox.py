"""Test the sandbox: the contents of its databases, and their removal."""

import doctest
import importlib
import os
import pathlib
import socket
import subprocess
import sys
import urllib.request

import pytest
import sandbox as sandbox_package
from server import WholeServer

INSTALLED = "SELECT demo FROM ir_module_module WHERE name = 'crm_outsourcing_interactions' AND state = 'installed'"


@pytest.mark.parametrize("module", ["install_log", "pytest_plugin", "commands.test", "commands.lint", "commands.run"])
def test_examples_in_docstrings(module):
    result = doctest.testmod(importlib.import_module(f"sandbox.{module}"))
    assert result.attempted
    assert not result.failed


def test_database_with_the_addon_has_no_demo_data(server):
    assert server.sql(server.new_database(), INSTALLED) == [(False,)]


def test_database_without_the_addon(server):
    database = server.new_database(addon=False)
    assert server.sql(database, INSTALLED) == []
    assert server.shell(database, "print(env['res.users'].browse(2).login)") == "admin\n"


@pytest.mark.slow
def test_demo_data_are_ours_alone(server):
    database = server.new_database(demo=True)
    assert server.sql(database, "SELECT name FROM ir_module_module WHERE demo") == [("crm_outsourcing_interactions",)]


def test_failing_shell_is_an_error(server):
    with pytest.raises(Exception, match="ZeroDivisionError"):
        server.shell(server.new_database(addon=False), "1 / 0")


def test_server_answers(server):
    with server.serve(server.new_database()) as url, urllib.request.urlopen(f"{url}/web/login") as page:
        assert b"password" in page.read()


def test_databases_are_dropped(sandbox, request):
    server = request.getfixturevalue("server")
    assert isinstance(server, WholeServer)
    database = server.new_database(addon=False)
    assert database in sandbox.names()
    server._stack.close()
    assert database not in sandbox.names()


def test_old_python_names_the_required_version():
    setup = pathlib.Path(sandbox_package.__file__).parents[1]
    code = (
        "import sys, runpy\n"
        "sys.version_info = (3, 8, 2, 'final', 0)\n"
        f"sys.path.insert(0, {str(setup)!r})\n"
        f"runpy.run_path({str(setup / 'run')!r}, run_name='__main__')"
    )
    environment = {"PATH": "/nowhere"}
    ended = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert ended.stderr == "[setup] ERROR: Odoo 19 needs Python 3.10 to 3.13, this is 3.8: install one, with its venv\n"
    assert ended.returncode == 1


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"PGHOST": "127.0.0.1", "PGPORT": "1"}, "cannot reach the PostgreSQL server of PGHOST=127.0.0.1"),
        ({"CRM_INTERACTIONS_CACHE": "/proc/nowhere"}, "set CRM_INTERACTIONS_CACHE to a folder you own"),
        ({"ODOO_SOURCE": "/nowhere"}, "ODOO_SOURCE=/nowhere holds no package odoo"),
    ],
)
def test_a_missing_requirement_is_one_clear_line(sandbox, changes, line):
    run = pathlib.Path(sandbox_package.__file__).parents[1] / "run"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | changes
    ended = subprocess.run([sys.executable, run, "--no-serve"], env=environment, capture_output=True, text=True)
    errors = [text for text in ended.stderr.splitlines() if "ERROR" in text]
    assert ended.returncode == 1
    assert len(errors) == 1
    assert line in errors[0]
    assert "Traceback" not in ended.stderr


def test_taken_port_is_one_clear_line(sandbox):
    run = pathlib.Path(sandbox_package.__file__).parents[1] / "run"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = subprocess.run([sys.executable, run, "--port", port], capture_output=True, text=True)
    assert ended.returncode == 1
    assert f"cannot listen at port {port}" in ended.stderr
    assert ended.stderr.count("\n") == 1
