"""Recognise the subjects of mail that no person wrote, by the tables of :mod:`.automatic_signs`."""

import re
import unicodedata

from .automatic_signs import ABSENCE_WORDS, BOUNCE_SUBJECTS, CERTAIN, DOUBTFUL, RECEIPT_SUBJECTS, REPLY_SUBJECTS, Sign

LONGEST = 500
"""Number of characters of a subject that are read."""
COLONS = (":", "：")
TAG = re.compile(r"\s*\[[^\[\]]{0,40}\]\s*")
"""A tag such as ``[External]`` or ``[SPAM]`` in front of a subject."""


def subject_sign(subject):
    """Return the ``Sign`` of a subject; ``None`` when there is none, as in an answer to an automatic reply.

    The words of a mail program are followed by a colon; without it a person may have written them. Accents do not
    count: gateways drop them.

    >>> [s and s.strength for s in map(subject_sign, ("Автоответ: Акт", "[External] Automatic reply: Act"))]
    ['certain', 'certain']
    >>> [s and s.strength for s in map(subject_sign, ("Reponse automatique : Acte", "Respuesta automatica: Acta"))]
    ['certain', 'certain']
    >>> [s and s.strength for s in map(subject_sign, ("Out of office next week", "Undeliverable: Act", "Poissaolo"))]
    ['doubtful', 'doubtful', None]
    >>> [s and s.strength for s in map(subject_sign, ("Прочтено: Акт", "Accepted: Call", "Read the act: a"))]
    ['doubtful', 'doubtful', None]
    >>> subject_sign("Re: Automatic reply: Act"), subject_sign(""), subject_sign(False)
    (None, None, None)
    """
    text = unicodedata.normalize("NFC", " ".join((subject or "")[:LONGEST].split()))
    while tag := TAG.match(text):
        text = text[tag.end() :]
    plain = without_accents(text)
    if not plain.startswith(BEGINNINGS):
        return None
    for phrase, strength in STRENGTHS.items():
        after = plain[len(phrase) :]
        if plain.startswith(phrase) and not after[:1].isalnum():
            has_colon = after.lstrip().startswith(COLONS)
            if has_colon or phrase not in BEFORE_COLON:
                return Sign("subject", strength if has_colon else DOUBTFUL, text[:80])
    return None


def without_accents(text):
    """Return a text in lower case without accents and other combining marks.

    >>> without_accents("Réponse"), without_accents("Не удаётся")
    ('reponse', 'не удается')
    """
    return "".join(char for char in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(char))


BEFORE_COLON = frozenset(map(without_accents, RECEIPT_SUBJECTS))
STRENGTHS = {
    without_accents(phrase): CERTAIN if phrase in REPLY_SUBJECTS and phrase not in ABSENCE_WORDS else DOUBTFUL
    for phrase in (*REPLY_SUBJECTS, *BOUNCE_SUBJECTS, *RECEIPT_SUBJECTS)
}
"""Beginning of a subject → strength before a colon."""
BEGINNINGS = tuple(STRENGTHS)
