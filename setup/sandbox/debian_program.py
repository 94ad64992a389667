"""A program of Debian with the libraries this machine lacks, unpacked into the cache: nothing is installed."""

import os
import re
import shlex
import shutil

from . import apt, locks
from .places import cache
from .steps import SetupError, step


def fetch_program(package, binary):
    """Return a starter (pathlib.Path, named like ``binary``) of a program in a Debian package.

    :param binary: path of the program in the package
    :raises SetupError: when apt cannot give it
    """
    root = cache("programs", package)
    starter = root / "bin" / os.path.basename(binary)
    if not starter.exists():
        with locks.exclusive(f"program-{package}"):
            starter.exists() or _fetch(package, binary, root, starter)
    return starter


def _fetch(package, binary, root, starter):
    shutil.rmtree(root, ignore_errors=True)
    with step(f"{package}: download with the libraries it needs"):
        release = apt.PrivateApt()
        for deb in release.download(release.missing_for(package)):
            apt.unpack(deb, root / "tree")
            deb.unlink()
    if not (root / "tree" / binary).exists():
        raise SetupError(f"Debian's package {package} holds no {binary}")
    _write_starter(root / "tree", binary, starter)


def _write_starter(tree, binary, starter):
    """Write the script that starts the program with the libraries beside it and, if need be, the fonts' settings."""
    libraries = {str(path.parent) for path in tree.glob("usr/lib/**/*.so*")} | {
        str(path.parent) for path in tree.glob("lib/**/*.so*")
    }
    lines = [
        "#!/bin/sh",
        f"LD_LIBRARY_PATH={shlex.quote(':'.join(sorted(libraries, key=len)))}",
        "export LD_LIBRARY_PATH",
    ]
    if (tree / "etc/fonts/fonts.conf").exists():
        lines += [f"FONTCONFIG_FILE={shlex.quote(str(_font_settings(tree)))}", "export FONTCONFIG_FILE"]
    lines.append(f'exec {shlex.quote(str(tree / binary))} "$@"')
    starter.parent.mkdir()
    starter.with_suffix(".new").write_text("\n".join(lines) + "\n")
    starter.with_suffix(".new").chmod(0o755)
    starter.with_suffix(".new").rename(starter)


def _font_settings(tree):
    """Return a copy of the fonts' settings that looks for fonts in the unpacked tree too."""
    text = (tree / "etc/fonts/fonts.conf").read_text()
    changed = tree / "etc/fonts/unpacked.conf"
    changed.write_text(re.sub(r"(?=<dir>)", f"<dir>{tree}/usr/share/fonts</dir>", text, count=1))
    return changed
