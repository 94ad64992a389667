"""Lock files; the kernel releases the locks of a killed process."""

import contextlib
import fcntl
import time

from .places import cache
from .steps import say

PATIENCE = 1.0  # seconds to wait before printing a message


def lock_file(name):
    """Return the path (pathlib.Path) of a lock; its modification time is that of the last use."""
    return cache("locks", f"{name}.lock")


@contextlib.contextmanager
def exclusive(name):
    """Hold the lock ``name`` exclusively, waiting until it is free."""
    with _open(name) as handle:
        _acquire(handle, fcntl.LOCK_EX, name)
        yield


@contextlib.contextmanager
def shared(name):
    """Hold the lock ``name`` shared with others."""
    with _open(name) as handle:
        _acquire(handle, fcntl.LOCK_SH, name)
        yield


@contextlib.contextmanager
def exclusive_if_free(name):
    """Yield True with the lock ``name`` held exclusively, or False when it is in use."""
    with lock_file(name).open("a") as handle:
        yield _try(handle, fcntl.LOCK_EX)


@contextlib.contextmanager
def _open(name):
    path = lock_file(name)
    path.touch()
    with path.open("a") as handle:
        yield handle


def _acquire(handle, kind, name):
    started = time.monotonic()
    while time.monotonic() - started < PATIENCE:
        if _try(handle, kind):
            return
        time.sleep(0.05)
    say(f"waiting for another run to finish with {name} …")
    fcntl.flock(handle, kind)


def _try(handle, kind):
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
