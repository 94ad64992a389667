"""Unpack a Debian program with missing libraries into the cache, without installing anything."""

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
    :raises SetupError: when apt cannot provide it
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
    """Write the script that starts the program with the libraries, plugins and fonts beside it."""
    libraries = {str(path.parent) for folder in ("usr/lib", "lib") for path in tree.glob(f"{folder}/**/*.so*")}
    variables = {
        "LD_LIBRARY_PATH": ":".join(sorted(libraries, key=len)),
        "QT_PLUGIN_PATH": ":".join(map(str, tree.glob("usr/lib/*/qt5/plugins"))),
        "FONTCONFIG_FILE": _font_settings(tree),
    }
    lines = [f"export {name}={shlex.quote(str(value))}" for name, value in variables.items() if value]
    starter.parent.mkdir()
    unfinished = starter.with_suffix(".new")
    unfinished.write_text("\n".join(["#!/bin/sh", *lines, f'exec {shlex.quote(str(tree / binary))} "$@"', ""]))
    unfinished.chmod(0o755)
    unfinished.rename(starter)


def _font_settings(tree):
    """Return a copy of the fonts' settings that looks for fonts in the unpacked tree too, else None."""
    settings = tree / "etc/fonts/fonts.conf"
    if not settings.exists():
        return None
    changed = settings.with_name("unpacked.conf")
    changed.write_text(re.sub(r"(?=<dir>)", f"<dir>{tree}/usr/share/fonts</dir>", settings.read_text(), count=1))
    return changed
