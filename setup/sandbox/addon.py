"""Read the addon on disk: its manifest, dependencies, and a hash of the files that an installation reads."""

import ast
import hashlib

from .places import ADDON, ADDON_NAME
from .steps import SetupError

# Tests are read when they run, not when the addon is installed; the others are for people.
NOT_INSTALLED = ("tests", "__pycache__", "docs", "readme", "screens")
NOT_INSTALLED_SUFFIXES = (".pyc", ".md", ".rst", ".html")


def read_manifest(path):
    """Return the manifest (dict) at ``path`` without running it."""
    return ast.literal_eval(path.read_text(encoding="utf-8"))


def dependencies(tree):
    """Return the sorted names of all modules the addon needs, directly or not, without ``base``.

    :raises SetupError: when the addon or a module is missing
    """
    found, waiting = set(), [ADDON_NAME]
    while waiting:
        name = waiting.pop()
        path = ADDON / "__manifest__.py" if name == ADDON_NAME else tree.manifest(name)
        if not (path and path.exists()):
            raise SetupError(f"no module {name} in {ADDON.parent} or in this Odoo")
        new = set(read_manifest(path).get("depends") or ["base"]) - found
        found |= new
        waiting += new - {"base"}
    return sorted(found - {"base"})


def installed_hash():
    """Return hexadecimal digits (str) that change with any file an installation reads."""
    digest = hashlib.sha256()
    for path in sorted(filter(_is_installed, ADDON.rglob("*"))):
        digest.update(f"{path.relative_to(ADDON)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def script_times():
    """Return the times (list of int, ns) of scripts and styles, by which Odoo decides whether its bundles are current.

    A database made from another checkout of the same files would make them anew in each browser test.
    """
    return [path.stat().st_mtime_ns for path in sorted((ADDON / "static").rglob("*")) if path.is_file()]


def _is_installed(path):
    parts = path.relative_to(ADDON).parts
    return path.is_file() and not set(parts) & set(NOT_INSTALLED) and path.suffix not in NOT_INSTALLED_SUFFIXES
