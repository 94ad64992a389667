#!/usr/bin/env python3
"""Write the addon's README.rst and its page for Odoo's Apps: python3 setup/make_description.py

Both are generated from the fragments in crm_outsourcing_interactions/readme. Edit these, not the two files.
"""

import sys

from sandbox import addon, python_env
from sandbox.places import ADDON
from sandbox.steps import run_command

SECTIONS = {
    "DESCRIPTION": "",
    "USAGE": "Usage",
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "CONTEXT": "Background",
    "ROADMAP": "Known limits",
    "CREDITS": "Credits",
}
PAGE = """\
<div class="container py-3">
{body}
</div>
"""
# What docutils writes and what the web client has styles for.
CLASSES = {
    "<figure": '<figure class="text-center my-3"',
    "<img ": '<img class="img-fluid border rounded shadow-sm" ',
    "<figcaption>": '<figcaption class="text-muted small mt-2">',
    "<h2>": '<h2 class="mt-5 mb-3">',
    "<h3>": '<h3 class="mt-4 mb-2">',
}


def main(_arguments):
    """Write both files."""
    python_env.enter_environment()
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
    return 0


def files():
    """Return ``{path: text}`` of both files."""
    name = addon.read_manifest(ADDON / "__manifest__.py")["name"]
    return {
        ADDON / "README.rst": readme(name),
        ADDON / "static" / "description" / "index.html": page(),
    }


def readme(name):
    """Return the addon's README (str) in reStructuredText."""
    return "\n\n".join([f"{'=' * len(name)}\n{name}\n{'=' * len(name)}", *sections()]) + "\n"


def sections():
    """Return the existing sections (list of str) with their titles."""
    found = []
    for fragment, title in SECTIONS.items():
        text = (ADDON / "readme" / f"{fragment}.rst").read_text(encoding="utf-8").strip()
        found.append(f"{title}\n{'=' * len(title)}\n\n{text}" if title else text)
    return found


def page():
    """Return the page (str) for Odoo's Apps, which shows name, summary and icon above it."""
    from docutils.core import publish_parts  # noqa: PLC0415  (only in the sandbox's environment)

    source = "\n\n".join(sections()).replace("static/description/", "")
    settings = {"doctitle_xform": False, "initial_header_level": 2, "section_self_link": False}
    body = publish_parts(source, writer_name="html5", settings_overrides=settings)["body"]
    body = "\n".join(f"    {line}".rstrip() for line in body.strip().splitlines())
    for plain, styled in CLASSES.items():
        body = body.replace(plain, styled)
    return PAGE.format(body=body)


if __name__ == "__main__":
    sys.exit(run_command(main, sys.argv[1:]))
