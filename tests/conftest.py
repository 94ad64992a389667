"""Fixtures of the tests that need a whole server."""

import contextlib
import os
import pathlib
import sys

import pytest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "setup"))

from sandbox.sandbox import open_sandbox
from server import WholeServer

from odoo import SUPERUSER_ID, api, tools
from odoo.modules.registry import Registry


@pytest.fixture(scope="session")
def sandbox():
    """The databases of the sandbox (sandbox.prepared.PreparedDatabases)."""
    if "CRM_INTERACTIONS_IN_ENVIRONMENT" not in os.environ:
        pytest.skip("tests of a whole server are run by ./setup/test")
    with open_sandbox() as databases:
        yield databases


@pytest.fixture
def server(sandbox):
    """A server.WholeServer; its databases are dropped when the test ends."""
    with contextlib.ExitStack() as stack:
        yield WholeServer(sandbox, stack)


@pytest.fixture(scope="module")
def database(sandbox, request):
    """The name of a database with the addon on which the module's ``PREPARE`` has run in ``odoo shell``."""
    with contextlib.ExitStack() as stack:
        server = WholeServer(sandbox, stack)
        name = server.new_database()
        server.shell(name, request.module.PREPARE)
        yield name


@pytest.fixture
def workers(database, monkeypatch):
    """A function that gives a new environment, each with a cursor of its own."""
    monkeypatch.setitem(tools.config, "test_enable", False)  # or loading a registry looks for tests
    with contextlib.ExitStack() as stack:

        def worker():
            return api.Environment(stack.enter_context(Registry(database).cursor()), SUPERUSER_ID, {})

        yield worker
