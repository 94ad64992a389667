"""Print progress, and define the error that ends a command with one line."""

import contextlib
import errno
import os
import shutil
import signal
import sys
import threading
import time


class SetupError(Exception):
    """Report something missing or refused, in one line with the remedy."""


def say(text):
    """Print one progress line on standard error: standard output belongs to results."""
    print(f"[setup] {text}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(text, detail=lambda: "", every=15):
    """Announce ``text``, then print the seconds it took.

    :param detail: called every ``every`` seconds; returns the progress (str, may be empty)
    """
    started = time.monotonic()
    say(f"{text} …")
    finished = threading.Event()
    threading.Thread(target=_report_waiting, args=(text, detail, every, started, finished), daemon=True).start()
    try:
        yield
    finally:
        finished.set()
    say(f"{text}: {time.monotonic() - started:.1f} s")


def _report_waiting(text, detail, every, started, finished):
    while not finished.wait(every):
        say(f"{text} … {time.monotonic() - started:.0f} s {detail()}".rstrip())


def require_space(folder, needed=3.0):
    """Check the free disk space.

    :raises SetupError: when the disk of ``folder`` (an existing pathlib.Path) has less than ``needed`` GB left
    """
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free / 1e9
    if free < needed:
        raise SetupError(f"{needed:.0f} GB of disk are needed in {folder}, {free:.1f} are free")


def run_command(main, arguments):
    """Run a command's ``main(arguments) -> int``; return its exit code, 1 after a one-line error."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return main(arguments) or 0
    except SetupError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return _fail("interrupted", 130)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            return _fail(f"the disk is full: {error.filename or 'no space left'}")
        raise


def in_ci():
    """Return whether the command runs in CI, where warnings go unread."""
    return os.environ.get("CI", "").lower() in ("true", "1")


def _interrupt(*_):
    raise KeyboardInterrupt


def _fail(text, code=1):
    say(f"ERROR: {text}")
    return code
