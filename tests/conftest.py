"""Fixtures of the tests that need a whole server."""

import contextlib
import os
import pathlib
import sys

import pytest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "setup"))

from sandbox.sandbox import open_sandbox
from server import WholeServer


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
