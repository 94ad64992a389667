"""Check that slow tests are skipped unless requested or their file is named."""

import os
import pathlib
import subprocess
import sys

import pytest
from sandbox.commands.test import _pytest
from sandbox.processes import run_beside

CHECKOUT = pathlib.Path(__file__).parents[1]
TESTS = """
import unittest
import pytest

def test_quick(): pass

@pytest.mark.slow
def test_marked(): pass

class TestTagged(unittest.TestCase):
    test_tags = {"slow", "post_install"}
    def test_tagged(self): pass

class TestStandard(unittest.TestCase):
    test_tags = {"standard", "post_install"}
    def test_standard(self): pass
"""
QUICK = {"test_quick", "test_standard"}


@pytest.mark.parametrize(("options", "collected"), [([], QUICK), (["--slow"], QUICK | {"test_marked", "test_tagged"})])
def test_slow_tests_are_run_when_asked_for(tmp_path, options, collected):
    (tmp_path / "test_some.py").write_text(TESTS)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ODOO", "PG"))}
    command = [sys.executable, "-m", "pytest", "-p", "sandbox.pytest_plugin", "--collect-only", "-q"]
    command += ["-c", str(CHECKOUT / "pyproject.toml"), "--rootdir", str(tmp_path), "-p", "no:cacheprovider", *options]
    done = subprocess.run([*command, "--strict-markers", tmp_path], env=environment, capture_output=True, text=True)
    assert {line.split("::")[-1] for line in done.stdout.splitlines() if "::" in line} == collected, done.stderr


def test_a_named_file_is_run_whole():
    assert "--slow" in _pytest("database", [str(CHECKOUT / "tests" / "test_setup_slow.py")])
    assert "--slow" not in _pytest("database", ["-k", "ratio"])


def test_ci_runs_the_slow_tests():
    assert "./setup/test --slow\n" in (CHECKOUT / ".ci" / "run").read_text()


def test_two_runs_at_once_keep_their_output_apart(capfd):
    beside = "import time; print('c', flush=True); time.sleep(1); print('d'); raise SystemExit(3)"
    terminal = "import time; print('a', flush=True); time.sleep(0.5); print('b')"
    commands = ([sys.executable, "-c", code] for code in (terminal, beside))
    assert run_beside(*commands, "test-beside.log") == (0, 3)
    assert capfd.readouterr().out.split() == ["a", "b", "c", "d"]
