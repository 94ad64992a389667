"""Locate the checkout, the cache outside it and the contents of the cache."""

import hashlib
import os
import pathlib
import platform

from .steps import SetupError

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
ADDON_NAME = "crm_outsourcing_interactions"
ADDON = CHECKOUT / ADDON_NAME
REQUIREMENTS = CHECKOUT / "requirements.txt"
CACHE_VARIABLE = "CRM_INTERACTIONS_CACHE"


def cache(*parts):
    """Return a path in the cache (pathlib.Path), creating its parent folder.

    :raises SetupError: when the cache cannot be created or written
    """
    path = _cache_root().joinpath(*parts)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(
            f"cannot make {path.parent} ({error.strerror}): set {CACHE_VARIABLE} to a folder you own"
        ) from error
    return path


def _cache_root():
    """Return the cache folder; root's is outside its home, because PostgreSQL runs as another user."""
    if os.environ.get(CACHE_VARIABLE):
        return pathlib.Path(os.environ[CACHE_VARIABLE]).absolute()
    if os.geteuid() == 0:
        return pathlib.Path("/var/cache") / ADDON_NAME
    base = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(base) / ADDON_NAME


def short_hash(*texts):
    """Return a hash of the texts, ten hexadecimal digits."""
    return hashlib.sha256("\0".join(map(str, texts)).encode()).hexdigest()[:10]


def checkout_key():
    """Return the hash that identifies this checkout among those sharing the cache."""
    return short_hash(CHECKOUT)


def python_key():
    """Return the hash that identifies Python version and machine type."""
    return f"py{'.'.join(platform.python_version_tuple()[:2])}-{platform.machine()}"
