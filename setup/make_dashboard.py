#!/usr/bin/env python3
"""Write the spreadsheets of Odoo's Dashboards app: python3 setup/make_dashboard.py

The files are crm_outsourcing_interactions/data/files/interaction_dashboard.json, for companies with data, and
interaction_sample_dashboard.json, shown while there is none. Edit the package ``dashboard``, not the files.
"""

import json
import pathlib

import dashboard

FOLDER = pathlib.Path(__file__).parents[1] / "crm_outsourcing_interactions" / "data" / "files"


def files():
    """Return ``{name: text}`` of the files."""
    contents = {"interaction_dashboard": dashboard.live(), "interaction_sample_dashboard": dashboard.sample()}
    return {
        f"{name}.json": json.dumps(content, ensure_ascii=False, indent=1) + "\n" for name, content in contents.items()
    }


def main():
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
