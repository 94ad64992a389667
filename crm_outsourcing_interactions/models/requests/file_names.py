"""Clean names of files and texts that come from outside. Pure."""

import re
import unicodedata

LONGEST = 120
LONGEST_TEXT = 5_000
"""Maximum number of characters of a text that a client writes: an answer, a remark, a complaint."""
STEM = 4
"""Letters by which words are compared, so that endings do not matter."""
WORD = re.compile(r"[^\W\d_]+")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
MONTH_YEAR = re.compile(r"(?<!\d)(?<!\d[.\-_ ])(0?[1-9]|1[0-2])[.\-_ ](20\d\d)(?!\d|[.\-_ ]\d)")
YEAR_MONTH = re.compile(r"(?<!\d)(?<!\d[.\-_ ])(20\d\d)[.\-_ ](0[1-9]|1[0-2])(?!\d|[.\-_ ]\d)")
"""Months in figures; whole dates are none: they may be the day on which a file was made."""
FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2028\u2029\u2800\u3164\uffa0")
"""Invisible characters that Unicode does not call format characters; variation selectors are added below."""


def is_visible(character):
    r"""Return whether a character can be seen and leaves the order of the text alone.

    Others disguise extensions: ``a.e\u200bxe`` looks like a program and is none, ``a\u202efdp.exe`` like a PDF.

    >>> [is_visible(character) for character in "a й\u200b\u202e\ufe0f\u3164\x07"]
    [True, True, True, False, False, False, False, False]
    """
    is_variation = "\u180b" <= character <= "\u180f" or "\ufe00" <= character <= "\ufe0f"
    return unicodedata.category(character)[0] != "C" and character not in FILLERS and not is_variation


def clean_name(name, default="file"):
    r"""Return the name of a file without its path and invisible characters, at most :data:`LONGEST` characters long.

    >>> clean_name("../../etc/passwd"), clean_name("C:\\Docs\\Акт № 7.pdf"), clean_name("a\r\nb.pdf")
    ('passwd', 'Акт № 7.pdf', 'ab.pdf')
    >>> clean_name("a.e\u200bxe"), clean_name("a\u202efdp.exe"), clean_name("и\u0306.pdf") == "й.pdf"
    ('a.exe', 'afdp.exe', True)
    >>> clean_name(".."), clean_name("/"), clean_name(None), clean_name(" .pdf ")
    ('file', 'file', 'file', '.pdf')
    >>> len(clean_name("x" * 500 + ".pdf")), clean_name("x" * 500 + ".pdf")[-5:]
    (120, 'x.pdf')
    """
    name = "".join(filter(is_visible, unicodedata.normalize("NFC", name or "")))
    name = name.replace("\\", "/").rpartition("/")[2].strip()
    if not name.strip("."):
        return default
    stem, dot, extension = name.rpartition(".")
    end = dot + extension if stem and len(extension) <= 10 else ""
    return name if len(name) <= LONGEST else name[: LONGEST - len(end)] + end


def clean_text(text):
    r"""Return a text without the characters that no database stores, with the line ends of Unix; empty without a
    visible character.

    >>> clean_text(" a\x00\r\nb "), clean_text(None), clean_text("\u200b \x01")
    ('a\nb', '', '')
    """
    text = (text or "").replace("\x00", "").replace("\r\n", "\n").strip()
    return text if any(is_visible(character) and not character.isspace() for character in text) else ""


def likeness(document, name):
    """Return how many words of a document's name begin like words of a file's name.

    >>> likeness("Bank statements", "statement_october.pdf"), likeness("Банковские выписки", "Выписка банка.pdf")
    (1, 2)
    >>> likeness("Time sheet", "scan0001.pdf")
    0
    """
    stems = {word[:STEM] for word in WORD.findall(name.lower()) if len(word) >= STEM}
    return sum(word[:STEM] in stems for word in set(WORD.findall(document.lower())) if len(word) >= STEM)


def named_months(name, words):
    """Return the months that the name of a file contains, as a set of ``(month, year)``; the year may be ``None``.

    :param dict words: numbers of months by their names in lower case, see ``month_words``.

    >>> named_months("Bank statements October.csv", {"october": 10}), named_months("выписка_11.2026.pdf", {})
    ({(10, None)}, {(11, 2026)})
    >>> named_months("акт за ноябрь 2026 г.pdf", {"ноябрь": 11}), named_months("2026-11 statement", {})
    ({(11, 2026)}, {(11, 2026)})
    >>> named_months("statement 05.11.2026.pdf", {}), named_months("2026-11-05.pdf", {}), named_months("7 2026 11", {})
    (set(), set(), set())
    """
    found = {(int(month), int(year)) for month, year in MONTH_YEAR.findall(name)}
    found |= {(int(month), int(year)) for year, month in YEAR_MONTH.findall(name)}
    years = set(map(int, YEAR.findall(name))) or {None}
    return found | {(words[word], year) for word in WORD.findall(name.lower()) if word in words for year in years}
