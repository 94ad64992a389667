"""Compare Odoo's own tests with and without the addon: run ``./setup/test tests/judge_core.py -s``; this takes long.

Both sides get Odoo's test modules, run the same tests side by side and are compared test by test.
It prints the tests with different results; those that fail in Odoo alone are only counted. Browser
tests are skipped, since there is no browser. Other modules: ``CORE_TESTS=crm,portal``; some tests only:
``CORE_SELECT="message_post or composer"``, as pytest's ``-k``.
"""

import concurrent.futures
import os
import pathlib
import socket
import subprocess
import sys
import xml.etree.ElementTree

import pytest

MODULES = os.environ.get("CORE_TESTS", "mail,test_mail,account,project,crm,portal,rating,test_mail_full").split(",")
SELECT = os.environ.get("CORE_SELECT", "")
HELPERS = ("test_mail", "test_mail_full")
ADDON = "crm_outsourcing_interactions"


def test_core_behaves_as_without_the_addon(server, sandbox, tmp_path):
    require_tests(core_addons(sandbox), MODULES)
    plain, with_addon = server.new_database(addon=False), server.new_database(addon=False)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        sides = (plain, HELPERS), (with_addon, (*HELPERS, ADDON))
        (before, _reasons), (after, reasons) = pool.map(lambda side: judged(server, sandbox, tmp_path, *side), sides)
    different = {name: (before.get(name), after.get(name)) for name in before.keys() | after.keys()}
    different = {name: pair for name, pair in sorted(different.items()) if pair[0] != pair[1]}
    failed = sum(outcome == "failed" for outcome in before.values())
    passed = sum(outcome == "passed" for outcome in before.values())
    print(f"\n{len(before)} tests of {', '.join(MODULES)}; without the addon {passed} pass, {failed} fail")
    for name, (alone, together) in different.items():
        print(f"{alone} -> {together}: {name}{reasons.get(name, '')}")
    assert passed, f"none of these tests passes without the addon: is CORE_SELECT={SELECT!r} right?"
    assert not [name for name, pair in different.items() if pair == ("passed", "failed")]


def judged(server, sandbox, folder, database, install):
    """Run the core tests on a database with those modules.

    :return: ``{test: "passed", "failed" or "skipped"}``, and ``{test: why}`` of those that failed
    """
    server.odoo(database, "-i", ",".join(install), "--stop-after-init", "--no-http")
    report = folder / f"{database}.xml"
    environment = sandbox.odoo.environment(database) | {"ODOO_HTTP_PORT": str(free_port())}
    environment.pop("CI", None)
    addons = core_addons(sandbox)
    program = pathlib.Path(sys.executable).with_name("pytest")
    options = [f"--odoo-database={database}", "--odoo-http", "-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
    options += ["--rootdir", str(addons), "--config-file=/dev/null", "--import-mode=prepend"]
    options += ["-k", SELECT] if SELECT else []
    paths = [str(addons / module / "tests") for module in MODULES]
    with (folder / f"{database}.log").open("wb") as log:
        subprocess.run([sys.executable, program, *options, *paths], env=environment, stdout=log, stderr=log)
    assert report.exists(), (folder / f"{database}.log").read_text()[-2000:]
    outcomes = {f"{case.get('classname')}.{case.get('name')}": outcome(case) for case in cases(report)}
    whys = {f"{case.get('classname')}.{case.get('name')}": why(case) for case in cases(report)}
    return outcomes, whys


def core_addons(sandbox):
    """Return the folder (pathlib.Path) of Odoo's own modules."""
    return next(path for path in map(pathlib.Path, sandbox.odoo.tree.addons) if (path / "mail").exists())


def require_tests(addons, modules):
    """Fail with a clear message when one of ``modules`` (list of str) has no tests in the folder ``addons``."""
    if without := [name for name in modules if not list((addons / name / "tests").glob("test_*.py"))]:
        pytest.fail(f"CORE_TESTS names modules that do not exist or have no tests: {', '.join(without)}", pytrace=False)


def cases(report):
    return xml.etree.ElementTree.parse(report).iter("testcase")


def outcome(case):
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"


def why(case):
    """Return the first line of each failure, subtests included."""
    lines = [fault.get("message", "").splitlines() for fault in case.iter() if fault.tag in ("failure", "error")]
    return "".join(f"\n    {line[0][:150]}" for line in lines if line)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
