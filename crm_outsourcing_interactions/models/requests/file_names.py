"""Clean names of files and texts that come from outside. Pure."""

import re

LONGEST = 120
STEM = 4
"""Letters by which words are compared, so that endings do not matter."""
WORD = re.compile(r"[^\W\d_]+")
CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
"""Control characters and those that reverse the order of the text, by which ``exe.pdf`` can end in ``fdp.exe``."""


def clean_name(name, default="file"):
    r"""Return the name of a file without its path and control characters, at most :data:`LONGEST` characters long.

    >>> clean_name("../../etc/passwd"), clean_name("C:\\Docs\\Акт № 7.pdf"), clean_name("a\r\nb.pdf")
    ('passwd', 'Акт № 7.pdf', 'ab.pdf')
    >>> clean_name(".."), clean_name("/"), clean_name(None), clean_name(" .pdf ")
    ('file', 'file', 'file', '.pdf')
    >>> len(clean_name("x" * 500 + ".pdf")), clean_name("x" * 500 + ".pdf")[-5:]
    (120, 'x.pdf')
    """
    name = CONTROL.sub("", name or "").replace("\\", "/").rpartition("/")[2].strip()
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
