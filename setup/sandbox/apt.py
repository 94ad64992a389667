"""Fetch Debian packages with a private apt state, which leaves the machine's apt and packages untouched."""

import os
import pathlib
import re
import shutil
import subprocess

from . import processes
from .places import cache
from .steps import SetupError

UNSTABLE = "sid"


class PrivateApt:
    """Resolve packages of one release of the machine's Debian mirror in a private apt state.

    :param release: code name of a release, e.g. ``sid``; None: the machine's own release
    """

    def __init__(self, release=None):
        require_apt()
        mirror, own_release = debian_mirror()
        self.release = release or own_release
        self.folder = cache("apt", self.release)
        self._prepare(mirror)

    def _prepare(self, mirror):
        for name in ("lists/partial", "cache/archives/partial"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "sources.list").write_text(f"deb {mirror} {self.release} main\n")
        self._run("update", what=f"read the package lists of Debian {self.release}")

    def _options(self):
        return [
            f"-oDir::Etc::sourcelist={self.folder}/sources.list",
            "-oDir::Etc::sourceparts=-",
            f"-oDir::State::Lists={self.folder}/lists",
            f"-oDir::Cache={self.folder}/cache",
            "-oAcquire::Languages=none",
            "-oAcquire::Retries=3",
            "-oAcquire::Check-Valid-Until=false",  # a mirror may be frozen at a date; signatures are still checked
            *(["-oAPT::Sandbox::User=root"] if os.geteuid() == 0 else []),
        ]

    def _run(self, *arguments, what, **options):
        processes.run_logged(
            ["apt-get", "-q", *self._options(), *arguments], f"apt-{self.release}.log", what, **options
        )

    def field(self, package, name):
        """Return the field ``name`` (e.g. Version, Depends) of the package's newest version, or None (str)."""
        shown = subprocess.run(
            ["apt-cache", *self._options(), "show", "--no-all-versions", package], capture_output=True, text=True
        ).stdout
        found = re.search(rf"^{name}: (.*)$", shown, re.MULTILINE)
        return found and found.group(1)

    def offers(self, package):
        """Return whether the release has the package."""
        return bool(self.field(package, "Version"))

    def missing_for(self, package):
        """Return the names (list of str) of the packages that ``package`` requires and this machine lacks.

        :raises SetupError: when apt cannot resolve them
        """
        command = ["apt-get", *self._options(), "-oDebug::NoLocking=1", "-s", "--reinstall", "--no-install-recommends"]
        shown = subprocess.run([*command, "install", package], capture_output=True, text=True)
        names = re.findall(r"^Inst (\S+)", shown.stdout, re.MULTILINE)
        if shown.returncode or not names:
            raise SetupError(f"apt offers no {package} for this machine")
        return names

    def download(self, packages):
        """Fetch packages; return their files (list of pathlib.Path).

        :raises SetupError: when apt cannot
        """
        folder = self.folder / "debs"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        self._run("download", *packages, what=f"download {' '.join(packages)}", cwd=folder)
        return sorted(folder.glob("*.deb"))


def require_apt():
    """Check that the machine has apt.

    :raises SetupError: when it has not
    """
    if missing := [
        name for name in ("apt-get", "apt-cache", "apt-config", "dpkg-deb", "tar") if not shutil.which(name)
    ]:
        raise SetupError(
            f"{', '.join(missing)} not found, so Debian's Odoo package cannot be fetched: "
            "set ODOO_SOURCE to the folder that holds the package odoo of an Odoo 19 you have"
        )


def debian_mirror():
    """Return (address of the Debian mirror, code name of the release) that the machine's own apt uses.

    :raises SetupError: when apt names none
    """
    targets = subprocess.run(
        ["apt-get", "indextargets", "--no-release-info", "--format", "$(REPO_URI) $(RELEASE)", "Created-By: Packages"],
        capture_output=True,
        text=True,
    ).stdout
    mirrors = [line.split() for line in targets.splitlines() if re.search(r"/debian/? ", line)]
    if not mirrors:
        raise SetupError(
            "the machine's apt names no Debian mirror: set ODOO_SOURCE to the folder that holds the package odoo"
        )
    return min(mirrors, key=lambda mirror: len(mirror[1]))


def unpack(deb, root, members=(), exclude=()):
    """Unpack a package file into the folder ``root``.

    :param members: patterns of paths to unpack (empty: all)
    :param exclude: patterns of paths to skip
    :raises SetupError: when the file is damaged or the disk full
    """
    pathlib.Path(root).mkdir(parents=True, exist_ok=True)
    patterns = ["--wildcards", *(f"--exclude={pattern}" for pattern in exclude), *members]
    processes.run_logged(
        ["sh", "-c", 'dpkg-deb --fsys-tarfile "$0" | tar x --no-same-owner "$@"', deb, "-C", root, *patterns],
        f"unpack-{pathlib.Path(deb).name.split('_')[0]}.log",
        f"unpack {pathlib.Path(deb).name}",
    )
