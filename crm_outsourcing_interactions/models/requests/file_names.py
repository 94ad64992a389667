"""Clean names of files and texts that come from outside. Pure."""

import re
import unicodedata

LONGEST = 120
LONGEST_TEXT = 5_000
"""Maximum number of characters of a text that a client writes: an answer, a remark, a complaint."""
STEM = 4
"""Letters by which words are compared, so that endings do not matter."""
WORD = re.compile(r"[^\W\d_]+")
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
    r"""Return a text without the characters that no database stores, with the line ends of Unix.

    >>> clean_text(" a\x00\r\nb "), clean_text(None)
    ('a\nb', '')
    """
    return (text or "").replace("\x00", "").replace("\r\n", "\n").strip()


def likeness(document, name):
    """Return how many words of a document's name begin like words of a file's name.

    >>> likeness("Bank statements", "statement_october.pdf"), likeness("Банковские выписки", "Выписка банка.pdf")
    (1, 2)
    >>> likeness("Time sheet", "scan0001.pdf")
    0
    """
    stems = {word[:STEM] for word in WORD.findall(name.lower()) if len(word) >= STEM}
    return sum(word[:STEM] in stems for word in set(WORD.findall(document.lower())) if len(word) >= STEM)
