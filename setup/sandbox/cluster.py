"""Run the private PostgreSQL cluster in the cache."""

import contextlib
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import time

from . import postgres_binaries, processes
from .places import CACHE_VARIABLE, cache
from .steps import SetupError, say, step

USER = "odoo"
PORT = 5432
LONGEST_SOCKET = 107  # bytes, a limit of the kernel
PATIENCE = 20  # seconds for a killed server's last processes to end
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # All data can be recreated, see _lost_power().
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


class Cluster:
    """Manage the private cluster of one major version, which listens on a socket only."""

    def __init__(self):
        self.binaries = postgres_binaries.find_binaries()
        self.version = postgres_binaries.major_version(self.binaries)
        self.folder = cache("pg", str(self.version))
        self.data = self.folder / "data"
        self.sockets = self.folder / "socket"
        self.log = self.folder / "postgresql.log"
        self.owner = _owner()

    def start(self):
        """Start the server unless it runs, creating the cluster if necessary.

        :raises SetupError: when it does not start
        """
        if self.answers():
            return
        if not (self.folder / "complete").exists() or self._lost_power():
            with step("PostgreSQL: new cluster"):
                self._make()
        self._forget_dead_server()
        self._boot_mark().write_text(_boot_id())
        deadline = time.monotonic() + PATIENCE
        while not self._control("start", "-w", "-t", "60", "-l", self.log):
            if time.monotonic() > deadline:
                raise SetupError(f"PostgreSQL does not start: {processes.error_line(self.log)} (log: {self.log})")
            time.sleep(1)

    def stop(self):
        """Stop the server; sessions still open are ended."""
        self._control("stop", "-m", "fast", "-w")

    def answers(self):
        """Return whether a server listens on the socket; the process id in a file may be reused."""
        with contextlib.closing(socket.socket(socket.AF_UNIX)) as client:
            try:
                client.connect(f"{self.sockets}/.s.PGSQL.{PORT}")
            except OSError:
                return False
            return True

    def _make(self):
        self._require_reachable()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        self.sockets.mkdir(mode=0o700)
        for path in (self.folder, self.sockets):
            if self.owner:
                os.chown(path, self.owner.pw_uid, self.owner.pw_gid)
        command = [
            self.binaries / "initdb",
            "-D",
            self.data,
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "-N",
            *self._locale(),
        ]
        processes.run_logged(command, "initdb.log", "make a PostgreSQL cluster", **self._as_owner())
        settings = {**SETTINGS, "unix_socket_directories": self.sockets}
        with (self.data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        (self.folder / "complete").touch()

    def _locale(self):
        """Return C.UTF-8 rather than C, with which searches are case-sensitive for Cyrillic letters."""
        if self.version >= 17:
            return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return ["--locale=C.UTF-8"]

    def _control(self, *arguments):
        """Run pg_ctl; return whether it succeeded."""
        command = [self.binaries / "pg_ctl", "-D", self.data, *arguments]
        quiet = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        return subprocess.run(list(map(str, command)), **quiet, **self._as_owner()).returncode == 0

    def _as_owner(self):
        """Return options for subprocess: PostgreSQL refuses to run as root, and wants a folder it may enter."""
        account = self.owner and {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}
        return {**(account or {}), "cwd": "/", "env": {"LANG": "C.UTF-8", "PATH": os.environ.get("PATH", os.defpath)}}

    def _forget_dead_server(self):
        """Delete the files of a killed server, whose process id may be reused by another program."""
        pid_file = self.data / "postmaster.pid"
        with contextlib.suppress(OSError, ValueError):
            number = int(pid_file.read_text().split()[0])
            if str(self.data) not in _command_line(number):
                pid_file.unlink()
        for path in self.sockets.glob(".s.PGSQL.*.lock"):
            path.unlink()

    def _boot_mark(self):
        return self.folder / "boot"

    def _lost_power(self):
        """Return whether the machine went down with the server running, which without fsync may corrupt files."""
        mark = self._boot_mark()
        lost = (self.data / "postmaster.pid").exists() and mark.exists() and mark.read_text() != _boot_id()
        if lost:
            say("the machine went down while PostgreSQL was running: its databases are made anew")
        return lost

    def _require_reachable(self):
        """Check that the folder can contain the server.

        :raises SetupError: when it cannot
        """
        if len(f"{self.sockets}/.s.PGSQL.{PORT}.lock".encode()) > LONGEST_SOCKET:
            raise SetupError(f"the path {self.sockets} is too long for a socket: set {CACHE_VARIABLE} to a shorter one")
        for path in (self.folder.parent, self.binaries):
            if subprocess.run(["test", "-x", path], **self._as_owner()).returncode:
                who = self.owner.pw_name if self.owner else "this user"
                raise SetupError(
                    f"{who}, who runs PostgreSQL, cannot reach {path}: set {CACHE_VARIABLE} to another folder"
                )


def _command_line(number):
    try:
        return pathlib.Path(f"/proc/{number}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""


def _boot_id():
    path = pathlib.Path("/proc/sys/kernel/random/boot_id")
    return path.read_text() if path.exists() else ""


def _owner():
    """Return the user (pwd entry) to run the server as when we are root, else None."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise SetupError("PostgreSQL cannot run as root and there is no user postgres or nobody: run as another user")
