#!/usr/bin/env python3
"""Train the starter model on the invented messages in setup/starter: ./setup/train_starter.py

It writes crm_outsourcing_interactions/data/files/starter_model.json and prints its quality on held-out messages. The
messages were written by hand for this purpose and contain no real mail. The tests use other messages, written
independently (crm_outsourcing_interactions/tests/everyday_messages.csv and later_messages.csv).
"""

import csv
import importlib
import pathlib
import re
import sys
import types

TOP = pathlib.Path(__file__).parents[1]
ADDON = TOP / "crm_outsourcing_interactions"
FILE = ADDON / "data" / "files" / "starter_model.json"
LANGUAGES = ("english", "russian")
DOCUMENTS = {"lead": "crm.lead", "invoice": "account.move"}
"""Channel in the tables → model of the document, where it says something about the type."""

ATTACHED = re.compile(
    r"\b(?:attach|enclos|pfa\b)|во вложени|в приложении|прилага|приложен|вложил|вложен|прикреп", re.IGNORECASE
)
"""Words by which a message implies a document, where the table has no column ``attachment``."""


def room(name):
    """Return a pure module of the addon's room ``classification``, imported without Odoo."""
    package = types.ModuleType("classification")
    package.__path__ = [str(ADDON / "models" / "classification")]
    sys.modules.setdefault("classification", package)
    return importlib.import_module(f"classification.{name}")


def messages(path):
    """Yield the rows (dict of str) of a table of messages."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def facts(row):
    """Return the facts of a row, as ``crm.interaction.learner`` names them."""
    fact, found = room("text_model").fact, []
    if row["channel"] in DOCUMENTS:
        found.append(fact("document", DOCUMENTS[row["channel"]]))
    if row.get("attachment") or ("attachment" not in row and ATTACHED.search(f"{row['subject']} {row['body']}")):
        found.append(fact("attachment", "yes"))
    return tuple(found)


def samples(rows):
    """Return ``learner.Sample`` records of rows; a message can have the types of its direction."""
    directions = {row["code"]: row["direction"] for row in rows}
    return [
        room("learner").Sample(
            "\n".join(filter(None, (row["subject"], row["body"]))),
            row["code"],
            facts(row),
            frozenset(code for code, direction in directions.items() if direction == row["direction"]),
        )
        for row in rows
    ]


def main():
    """Write the model."""
    rows = [row for path in sorted((TOP / "setup" / "starter").glob("*.csv")) for row in messages(path)]
    model = room("learner").train(samples(rows), LANGUAGES)
    FILE.write_text(model.to_json() + "\n", encoding="utf-8")
    metrics = model.metrics
    print(f"{len(rows)} messages, {len(model.features)} features, {FILE.stat().st_size / 1e6:.1f} MB")
    print(
        f"right {metrics['right'] / metrics['n']:.3f} of held-out messages, calibration error"
        f" {metrics['calibration_error']}, of a perfectly calibrated model {metrics['perfect_calibration_error']}"
    )


if __name__ == "__main__":
    main()
