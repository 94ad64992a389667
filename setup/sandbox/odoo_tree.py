"""Find Odoo: Debian's package unpacked in the cache, or the folder in ODOO_SOURCE."""

import dataclasses
import os
import pathlib
import re
import shutil

from . import apt, locks
from .places import cache, short_hash
from .steps import SetupError, require_space, step

PACKAGE = "odoo-19"
SERIES = "19.0"
SOURCE_VARIABLE = "ODOO_SOURCE"
PYTHON_PATH = "usr/lib/python3/dist-packages"
TRANSLATIONS_KEPT = "ru"
# The package leaves this file out for its licence; pages only log an error without it, but browser tests fail on any.
STUBS = ("odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js",)


@dataclasses.dataclass(frozen=True)
class OdooTree:
    """Describe a runnable Odoo.

    ``python_path``: folder to put on PYTHONPATH; it contains the package ``odoo`` and nothing else of relevance
    ``addons``: folders of Odoo's own addons
    ``version``: identifies this Odoo in keys
    """

    python_path: pathlib.Path
    addons: tuple
    version: str

    def manifest(self, module):
        """Return the path of a module's manifest, or None when Odoo has no such module."""
        paths = (folder / module / "__manifest__.py" for folder in self.addons)
        return next((path for path in paths if path.exists()), None)

    def require_language(self, language):
        """Check that this Odoo has a translation into a language (str, e.g. ru_RU).

        :raises SetupError: when it has none
        """
        folder = self.addons[0] / "base" / "i18n"
        if language != "en_US" and not any((folder / f"{name}.po").exists() for name in (language, language[:2])):
            raise SetupError(f"this Odoo has no translation into {language}: ru_RU is kept of Debian's package")


def find_odoo():
    """Return the OdooTree to use, fetching Debian's package when needed.

    :raises SetupError: when there is no way to get one
    """
    source = os.environ.get(SOURCE_VARIABLE)
    return _from_source(pathlib.Path(source).expanduser().absolute()) if source else _from_debian()


def require_odoo():
    """Check quickly whether there is a way to get Odoo.

    :raises SetupError: when there is none
    """
    if os.environ.get(SOURCE_VARIABLE) or cache("odoo", "current").exists():
        find_odoo()
    else:
        apt.require_apt()
        require_space(cache())


def _from_source(source):
    """Link to the user's Odoo from a folder of our own: its neighbours (all of Debian's Python?) stay off the path."""
    if not (source / "odoo" / "release.py").exists():
        raise SetupError(f"{SOURCE_VARIABLE}={source} holds no package odoo (no {source}/odoo/release.py)")
    version = _release(source)
    links = cache("odoo-links", short_hash(source))
    links.mkdir(exist_ok=True)
    for name in ("odoo", "addons"):
        if (source / name).exists() and not (links / name).is_symlink():
            (links / name).symlink_to(source / name)
    neighbours = (links / "addons",) if (source / "addons" / "web" / "__manifest__.py").exists() else ()
    return OdooTree(links, (links / "odoo" / "addons", *neighbours), f"{version} {source}")


def _release(python_path):
    """Return the version (str) of an Odoo; reject series other than ours."""
    text = (python_path / "odoo" / "release.py").read_text()
    found = re.search(r"^version_info = \((\d+), (\d+), (\d+)", text, re.MULTILINE)
    version = ".".join(found.groups()) if found else "unknown"
    if not version.startswith(f"{SERIES}."):
        raise SetupError(f"Odoo {SERIES} is needed, {python_path} holds Odoo {version}")
    return version


def _from_debian():
    current = cache("odoo", "current")
    if not current.exists():
        with locks.exclusive("odoo"):
            current.exists() or _fetch(current)
    tree = current.resolve()
    python_path = tree / PYTHON_PATH
    return OdooTree(python_path, (python_path / "odoo" / "addons",), f"{_release(python_path)} {tree.name}")


def _fetch(current):
    """Unpack Odoo and its link targets beside ``current``, then point ``current`` at it, never a partial Odoo."""
    with step("Debian package lists"):
        unstable = apt.PrivateApt(apt.UNSTABLE)
        if not unstable.offers(PACKAGE):
            raise SetupError(
                f"apt offers no package {PACKAGE} any more: "
                f"set {SOURCE_VARIABLE} to the folder that holds the package odoo of an Odoo 19"
            )
    version = unstable.field(PACKAGE, "Version")
    tree = cache("odoo", re.sub(r"[^\w.+-]", "_", version))
    shutil.rmtree(tree, ignore_errors=True)
    with step(f"Odoo {version}: download and unpack"):
        _unpack_odoo(unstable, tree)
    with step("Odoo: the scripts and fonts that Debian ships apart"):
        _restore_links(unstable, tree)
    _point(current, tree)


def _unpack_odoo(unstable, tree):
    (package,) = unstable.download([PACKAGE])
    languages = [
        f"*/i18n*/[!{TRANSLATIONS_KEPT[0]}]*.po",
        f"*/i18n*/{TRANSLATIONS_KEPT[0]}[!{TRANSLATIONS_KEPT[1]}]*.po",
    ]
    apt.unpack(package, tree, members=[f"./{PYTHON_PATH}/odoo"], exclude=[*languages, "*.pot"])
    package.unlink()


def _restore_links(unstable, tree):
    """Restore dangling links, from the machine's own release first: their targets are file names of older packages."""
    wanted = re.findall(r"\b(?:fonts|libjs)-[\w.+-]+", unstable.field(PACKAGE, "Depends"))
    for source in (apt.PrivateApt(), unstable):
        available = [name for name in wanted if source.offers(name)]
        wanted = [name for name in wanted if name not in available]
        for package in source.download(available) if available else ():
            apt.unpack(package, tree)
    for stub in STUBS:
        path = tree / PYTHON_PATH / stub
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("/* stub: the library is not part of this package */\n")
    _check_scripts(tree)


def _check_scripts(tree):
    """Check that no script is a dangling link, which would cause error 500 in the web client.

    :raises SetupError: when one is
    """
    dangling = [path for path in tree.rglob("*.js") if path.is_symlink() and not path.exists()]
    if dangling:
        raise SetupError(f"Odoo lacks the script {dangling[0].name}, which no Debian package gave")


def _point(current, tree):
    link = current.with_name("next")
    link.unlink(missing_ok=True)
    link.symlink_to(tree.name)
    link.replace(current)
