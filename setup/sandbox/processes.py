"""Run child processes with a log in the cache; a failure becomes one line with the log's name."""

import ctypes
import os
import signal
import subprocess
import sys

from .places import cache
from .steps import SetupError

PR_SET_PDEATHSIG = 1


def run_logged(command, log_name, what, **options):
    """Run ``command`` with its output in the log ``log_name``.

    :param what: the action, for the error: "cannot <what>: …"
    :return: the log (pathlib.Path)
    :raises SetupError: when it fails, with the log's path and most relevant line
    """
    log = cache("logs", log_name)
    with log.open("wb") as output:
        code = subprocess.run(
            list(map(str, command)), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, **options
        ).returncode
    if code:
        raise SetupError(f"cannot {what}: {error_line(log)} (log: {log})")
    return log


def error_line(log):
    """Return the line (str) of a log (pathlib.Path) that most likely contains the cause."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    if any("No space left on device" in line for line in lines):
        return "the disk is full"
    wanted = ("error", "fatal", "unable", "could not", "e: ")
    return next(
        (line for line in reversed(lines) if line.lower().startswith(wanted)), lines[-1] if lines else "no output"
    )


def run_foreground(command, **options):
    """Run ``command`` at the terminal; return its exit code. It ends with this process, even if that is killed.

    An interrupt from the terminal reaches the command directly; we wait for its end. SIGTERM is passed on.
    """
    with subprocess.Popen(list(map(str, command)), preexec_fn=end_with_parent, **options) as process:
        previous = signal.signal(signal.SIGTERM, lambda *_: process.send_signal(signal.SIGINT))
        try:
            return _wait(process)
        finally:
            signal.signal(signal.SIGTERM, previous)


def run_beside(command, other, log_name, **options):
    """Run ``command`` at the terminal and ``other`` at the same time; show the output of ``other`` at the end.

    :return: the exit codes (tuple of two int)
    """
    log = cache("logs", log_name)
    with (
        log.open("wb") as output,
        subprocess.Popen(
            list(map(str, other)),
            preexec_fn=end_with_parent,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            **options,
        ) as process,
    ):
        codes = run_foreground(command, **options), _wait(process)
    print(log.read_text(errors="replace"), end="", flush=True)
    return codes


def _wait(process):
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def end_with_parent():
    """Make a new child process receive SIGINT when its parent dies, even if the parent ignores SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def environment(**changes):
    """Return a copy of the environment with UTF-8, compiled Python in the cache, and ``changes`` (None removes)."""
    result = {**os.environ, "PYTHONPYCACHEPREFIX": str(cache("pycache")), "PYTHONWARNINGS": "ignore", "PYTHONUTF8": "1"}
    result.pop("PYTHONDONTWRITEBYTECODE", None)
    result.pop("PYTHONHOME", None)
    result.setdefault("LANG", "C.UTF-8")
    for name, value in changes.items():
        result.pop(name, None) if value is None else result.update({name: str(value)})
    return result
