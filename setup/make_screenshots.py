#!/usr/bin/env python3
"""Take the pictures of the documentation from the demo data: python3 setup/make_screenshots.py [--lang ru_RU] [name …]

They go to crm_outsourcing_interactions/static/description/screens, or to --folder; screenshots/shots.py defines them.
With --screens each screen at 1366 and 390 pixels goes to --folder, see screenshots/screens.py. If some fail, the others
are kept.
"""

import argparse
import json
import pathlib
import sys
import tempfile

from sandbox import browser, node, web
from sandbox.places import ADDON
from sandbox.prepared import DEFAULT_LANGUAGE
from sandbox.sandbox import open_sandbox
from sandbox.steps import run_command, say
from screenshots.screens import screens
from screenshots.shots import IDS, SHOTS

FOLDER = ADDON / "static" / "description" / "screens"
NPM_PACKAGES = ["playwright-core@1.65.1"]
COLORS = 128  # enough for screens, at a third of the size


def main(arguments):
    """Take the named screenshots, by default all; return an exit code."""
    options = _parse(arguments)
    known = screens() if options.screens else SHOTS
    shots = [shot for shot in known if shot.name in options.names or not options.names]
    with open_sandbox() as databases, databases.demo(options.lang) as demo, databases.passing(demo) as database:
        ids = json.loads(databases.odoo.shell(database, ids_code()))
        with web.serving(databases.odoo, database) as url, tempfile.TemporaryDirectory() as passing:
            try:
                take([shot.prepared(ids) for shot in shots], url, pathlib.Path(passing), options.lang)
            finally:
                keep(pathlib.Path(passing), options.folder)
    return 0


def _parse(arguments):
    parser = argparse.ArgumentParser(prog="setup/make_screenshots.py", description="Take pictures of the demo.")
    parser.add_argument("names", nargs="*", help="names of pictures (all)")
    parser.add_argument("--folder", type=pathlib.Path, default=FOLDER, help="where to put them")
    parser.add_argument("--lang", default=DEFAULT_LANGUAGE, metavar="ru_RU", help="language of the web client")
    parser.add_argument("--screens", action="store_true", help="each screen, to be looked through in --folder")
    options = parser.parse_args(arguments)
    if options.screens and options.folder == FOLDER:
        parser.error("name a --folder outside of the repository for the screens")
    return options


def ids_code():
    """Return the Python for odoo shell that prints the ids which paths need, as JSON."""
    pairs = ", ".join(f'"{name}": {code}' for name, code in IDS.items())
    return f"import json\nprint(json.dumps({{{pairs}}}))"


def take(shots, url, folder, language=DEFAULT_LANGUAGE):
    """Take pictures (list of dicts) of the Odoo at ``url`` into ``folder``, with a browser that prefers ``language``.

    :raises SetupError: when one fails
    """
    script = pathlib.Path(__file__).parent / "screenshots" / "take.mjs"
    order = {"chromium": str(browser.find_chromium()), "url": url, "folder": str(folder.absolute()), "shots": shots}
    order["locale"] = language.replace("_", "-")  # decides the language of the portal
    node.run_script(script, node.installed("screenshots", NPM_PACKAGES), order)


def keep(passing, folder):
    """Move the screenshots from ``passing`` (pathlib.Path) to ``folder``, with fewer colours."""
    from PIL import Image  # noqa: PLC0415  (only in the sandbox's environment)

    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(passing.glob("*.png")):
        with Image.open(path) as picture:
            reduced = picture.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
        reduced.save(folder / path.name, optimize=True)
        say(f"{path.name}: {(folder / path.name).stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(run_command(main, sys.argv[1:]))
