"""Recognise that somebody, or his or her mail program, writes to be away."""

import re

from ...events.message_text import body_text
from .automatic_signs import ABSENT, GREETINGS

READ = 2000
"""Number of characters of a body, with its HTML, that are read."""
LONGEST = 300
"""Number of characters of the text in which it must be said."""
SENTENCE = re.compile(r"[.!?,;:\n–—]+\s*")


def absence_sign(subject, body):
    r"""Return the first words of a mail that say that the writer is away, at its beginning, else an empty text.

    >>> absence_sign("Я в отпуске до 5 мая", ""), absence_sign("", "<p>Hello,</p><p>I am out of office.</p>")
    ('Я в отпуске до 5 мая', 'I am out of office')
    >>> absence_sign("Re: Act", "<p>Спасибо за письмо! Я сейчас в отпуске.</p>")
    'Я сейчас в отпуске'
    >>> absence_sign("Re: I am on vacation", "<p>Enjoy! Is it signed?</p>"), absence_sign(False, False)
    ('', '')
    >>> absence_sign("Payroll", "<p>Please pay my leave: I am on vacation from May 5.</p>")
    ''
    """
    for text in (subject or "", body_text((body or "")[:READ])):
        for sentence in filter(None, map(str.strip, SENTENCE.split(text[:LONGEST]))):
            words = sentence.lower().replace("’", "'")
            if words.startswith(ABSENT):
                return sentence[:80]
            if not words.startswith(GREETINGS):
                break
    return ""
