"""Check the log of an installation of the addon, in which any warning is a fault of the addon."""

import re

from .places import cache
from .steps import SetupError

RECORD = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (?P<level>[A-Z]+) \S+ (?P<logger>\S+): (?P<text>.*)$")
LEVELS = ("WARNING", "ERROR", "CRITICAL")


def complaints(text):
    """Return the records (list of str) of a log's ``text`` that are warnings or worse.

    >>> complaints("2025-01-01 10:00:00,000 7 WARNING db odoo.orm: bad")
    ['WARNING odoo.orm: bad']
    >>> complaints("2025-01-01 10:00:00,000 7 INFO db odoo.orm: fine")
    []
    """
    found = (RECORD.match(line) for line in text.splitlines())
    return [
        f"{match['level']} {match['logger']}: {match['text']}" for match in found if match and match["level"] in LEVELS
    ]


def require_clean(log_name):
    """Reject an installation that logged a warning; only the addon is installed, so it caused all of them.

    :raises SetupError: with the first warning
    """
    log = cache("logs", log_name)
    found = complaints(log.read_text(errors="replace")) if log.exists() else []
    if found:
        raise SetupError(f"installing the addon logged {len(found)} warning(s), the first: {found[0]} (log: {log})")
