"""The sandbox itself: what its databases hold, and that nothing is left of them."""

import doctest
import importlib
import urllib.request

import pytest
from server import WholeServer

INSTALLED = "SELECT demo FROM ir_module_module WHERE name = 'crm_outsourcing_interactions' AND state = 'installed'"


@pytest.mark.parametrize("module", ["install_log", "pytest_plugin", "commands.test", "commands.lint"])
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
    before = sandbox.names()
    server = request.getfixturevalue("server")
    assert isinstance(server, WholeServer)
    database = server.new_database(addon=False)
    assert database in sandbox.names()
    server._stack.close()
    assert sandbox.names() == before
