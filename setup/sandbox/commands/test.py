"""setup/test: run the tests in a database of their own without demo data; with ``--slow`` all of them."""

import concurrent.futures
import os
import pathlib
import sys

from .. import browser, processes
from ..places import ADDON, CHECKOUT, cache, checkout_key
from ..sandbox import open_sandbox
from ..steps import SetupError, in_ci, say

# pytest's options whose value may look like a path.
WITH_VALUE = (
    "-k",
    "-m",
    "-p",
    "-o",
    "-c",
    "-W",
    "-n",
    "--deselect",
    "--ignore",
    "--junitxml",
    "--durations",
    "--maxfail",
)


def main(arguments):
    """Run pytest with ``arguments`` (list of str); return its exit code. Named files run with their slow tests."""
    with open_sandbox() as databases, concurrent.futures.ThreadPoolExecutor(1) as pool:
        browser_found = pool.submit(find_browser)  # in parallel with the database
        with databases.tested() as tested, databases.passing(tested) as database:
            databases.drop_old()
            chromium = browser_found.result()
            environment = databases.odoo.environment(database, *([chromium.parent] if chromium else []))
            environment["PYTHONPATH"] += os.pathsep + str(CHECKOUT / "setup")
            return processes.run_foreground(_pytest(database, arguments), env=environment)


def find_browser():
    """Return the Chromium (pathlib.Path) for browser tests, or None, which in CI is an error."""
    try:
        return browser.find_chromium()
    except SetupError as error:
        if in_ci():
            raise
        say(f"WARNING: browser tests are skipped: {error}")
        return None


def _pytest(database, arguments):
    """Return pytest's command line (list of str), without ``-m``, which would put this folder on Python's path."""
    program = pathlib.Path(sys.executable).with_name("pytest")
    settings = [f"--rootdir={CHECKOUT}", f"--config-file={CHECKOUT}/pyproject.toml"]
    settings += ["-p", "sandbox.pytest_plugin", "-rs", "-o", f"cache_dir={cache('pytest', checkout_key())}"]
    if names_paths(arguments):
        settings, paths = [*settings, "--slow"], []
    else:
        paths = [path for path in (ADDON / "tests", CHECKOUT / "tests") if path.exists()]
    return [sys.executable, program, f"--odoo-database={database}", "--odoo-http", *settings, *arguments, *paths]


def names_paths(arguments):
    """Return whether pytest's arguments (list of str) contain files or folders to test.

    >>> names_paths(["-k", "/", "-x"]), names_paths(["/::test_x"])
    (False, True)
    """
    pairs = zip(["", *arguments], arguments, strict=False)
    words = [word for before, word in pairs if before not in WITH_VALUE and not word.startswith("-")]
    return any(os.path.exists(word.split("::")[0]) for word in words)
