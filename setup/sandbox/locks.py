"""File locks: the kernel drops them when their process dies, so a killed run leaves nothing locked."""

import contextlib
import fcntl
import time

from .places import cache
from .steps import say

PATIENCE = 1.0  # seconds to wait before saying so


def lock_file(name):
    """Return the path (pathlib.Path) of a lock; its time of change is that of its last use."""
    return cache("locks", f"{name}.lock")


@contextlib.contextmanager
def exclusive(name):
    """Hold the lock ``name`` alone, waiting for whoever has it."""
    with _open(name) as handle:
        _acquire(handle, fcntl.LOCK_EX, name)
        yield


@contextlib.contextmanager
def shared(name):
    """Hold the lock ``name`` together with others."""
    with _open(name) as handle:
        _acquire(handle, fcntl.LOCK_SH, name)
        yield


@contextlib.contextmanager
def exclusive_if_free(name):
    """Yield True with the lock ``name`` held alone, or False when somebody has it."""
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
