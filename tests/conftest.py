"""Define the fixtures of tests with a whole server."""

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
    """Yield the databases of the sandbox (sandbox.prepared.PreparedDatabases)."""
    if "CRM_INTERACTIONS_IN_ENVIRONMENT" not in os.environ:
        pytest.skip("tests of a whole server are run by ./setup/test")
    with open_sandbox() as databases:
        yield databases


@pytest.fixture
def server(sandbox):
    """Yield a server.WholeServer; its databases are dropped when the test ends."""
    with contextlib.ExitStack() as stack:
        yield WholeServer(sandbox, stack)


@pytest.fixture(scope="module")
def database(sandbox, request):
    """Yield the name of a database with the addon after running the module's ``PREPARE`` in ``odoo shell``."""
    with contextlib.ExitStack() as stack:
        server = WholeServer(sandbox, stack)
        name = server.new_database()
        server.shell(name, request.module.PREPARE)
        yield name


@pytest.fixture
def workers(database, monkeypatch):
    """Yield a function that returns a new environment with its own cursor."""
    monkeypatch.setitem(tools.config, "test_enable", False)  # otherwise loading a registry collects tests
    with contextlib.ExitStack() as stack:

        def worker():
            return api.Environment(stack.enter_context(Registry(database).cursor()), SUPERUSER_ID, {})

        yield worker
