"""setup/test: run the tests in a database of their own without demo data; with ``--slow`` all of them."""

import concurrent.futures
import os
import pathlib
import sys

from .. import browser, processes
from ..places import ADDON, CHECKOUT, cache, checkout_key
from ..sandbox import open_sandbox
from ..steps import SetupError, in_ci, say

FOLDERS = (ADDON / "tests", CHECKOUT / "tests")
NO_TESTS = 5  # pytest's exit code when it found none
QUIET = {"-q", "-v"}  # options that leave the choice of tests alone
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
    """Run pytest with ``arguments`` (list of str); return its exit code. Named files run with their slow tests.

    The tests of whole servers mostly wait: without arguments they run beside the addon's. With ``--slow`` they do not,
    since slow tests compare durations.
    """
    with open_sandbox() as databases, concurrent.futures.ThreadPoolExecutor(1) as pool:
        browser_found = pool.submit(find_browser)  # in parallel with the database
        with databases.tested() as tested, databases.passing(tested) as database:
            databases.drop_old()
            chromium = browser_found.result()
            environment = databases.odoo.environment(database, *([chromium.parent] if chromium else []))
            environment["PYTHONPATH"] += os.pathsep + str(CHECKOUT / "setup")
            if set(arguments) <= QUIET:
                addon, servers = (_pytest(database, arguments, [folder]) for folder in FOLDERS)
                return worse(*processes.run_beside(addon, servers, "test-servers.log", env=environment))
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


def worse(*codes):
    """Return the exit code (int) of several runs of pytest: 0 when each has passed or found no test, but not all.

    >>> worse(0, 5), worse(5, 5), worse(0, 1), worse(2, 1)
    (0, 5, 1, 2)
    """
    return max((code for code in codes if code != NO_TESTS), default=NO_TESTS)


def _pytest(database, arguments, folders=FOLDERS):
    """Return pytest's command line (list of str), without ``-m``, which would put this folder on Python's path.

    :param folders: where to look for tests when the arguments (list of str) name none.
    """
    program = pathlib.Path(sys.executable).with_name("pytest")
    settings = [f"--rootdir={CHECKOUT}", f"--config-file={CHECKOUT}/pyproject.toml"]
    settings += ["-p", "sandbox.pytest_plugin", "-rs", "-o", f"cache_dir={cache('pytest', checkout_key())}"]
    settings += ["--odoo-http"] if FOLDERS[0] in folders else []
    if names_paths(arguments):
        settings, paths = [*settings, "--slow"], []
    else:
        paths = [path for path in folders if path.exists()]
    return [sys.executable, program, f"--odoo-database={database}", *settings, *arguments, *paths]


def names_paths(arguments):
    """Return whether pytest's arguments (list of str) contain files or folders to test.

    >>> names_paths(["-k", "/", "-x"]), names_paths(["/::test_x"])
    (False, True)
    """
    pairs = zip(["", *arguments], arguments, strict=False)
    words = [word for before, word in pairs if before not in WITH_VALUE and not word.startswith("-")]
    return any(os.path.exists(word.split("::")[0]) for word in words)
