"""Reduce words to Snowball stems, which the inflected forms of a word share, without database access."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

DEFAULT = ("english", "russian")
"""Languages that are always stemmed."""
ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "tr": "turkish",
}
"""ISO code of a language → Snowball's algorithm. Hindi is left out: its vowel signs end a word for ``re``."""
SCRIPTS = {"arabic": "ARABIC", "persian": "ARABIC", "greek": "GREEK", "russian": "CYRILLIC"}
"""Algorithm → alphabet of its language, where it is not Latin."""
AVAILABLE = frozenset(snowballstemmer.algorithms())
SHORTEST, LONGEST = 3, 40
"""Minimum and maximum length of a word that is stemmed."""
MOST_WORDS = 2_000
"""Maximum number of distinct words stemmed per text: bounds the time for hostile texts, above any real letter."""
REMEMBERED = 2**15
CHANGED_ENDS = {"english": re.compile(r"(?:ie|[eiy]|(?<=b)l)$"), "russian": re.compile(r"(?!)")}
"""Endings to cut from a stem to get a prefix of all its words: replies, reply → repli; hoping, hope → hope."""


def known_languages(codes):
    """Return Snowball's algorithms (tuple of str) for language codes, always including ``DEFAULT``.

    >>> known_languages(["de_DE", "en_US", "sr@latin", "uk_UA"])
    ('english', 'german', 'russian', 'serbian')
    """
    found = {ALGORITHMS.get(code[:2]) for code in codes}
    return tuple(sorted((found | set(DEFAULT)) & AVAILABLE))


def stems(word, languages=DEFAULT):
    """Return the stems (tuple of str) of a folded word, one in each of ``languages`` that uses its alphabet.

    Short or long words and tokens other than words are returned unchanged:

    >>> stems("replies"), stems("жалобами"), stems("rechnungen", ("english", "german"))
    (('repli',), ('жалоб',), ('rechnungen', 'rechnung'))
    >>> stems("1с"), stems("на"), stems("לקוחות")
    (('1с',), ('на',), ('לקוחות',))
    """
    return _remembered_stems(word, languages) if has_forms(word) else (word,)


def has_forms(word):
    """Return whether a word may have inflected forms."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def common_start(word, languages=DEFAULT):
    """Return the common prefix of all words that share a stem with ``word``; empty if a language changes beginnings.

    >>> common_start("replies"), common_start("hoping"), common_start("жалоба"), common_start("1с")
    ('repl', 'hop', 'жалоб', '1с')
    >>> common_start("apfel", ("english", "german"))
    ''
    """
    spoken = _spoken(word, languages) if has_forms(word) else ()
    if not spoken:
        return word
    if len(spoken) > 1 or spoken[0] not in CHANGED_ENDS:
        return ""
    return CHANGED_ENDS[spoken[0]].sub("", _stem(word, spoken[0]))


@lru_cache(REMEMBERED)
def _remembered_stems(word, languages):
    return tuple(dict.fromkeys(_stem(word, language) for language in _spoken(word, languages))) or (word,)


def _stem(word, language):
    # a stemmer is stateful and not thread-safe; creating one is cheap
    return snowballstemmer.stemmer(language).stemWord(word)


def _spoken(word, languages):
    """Return the ``languages`` that use the alphabet of a word."""
    alphabet = unicodedata.name(word[0], "").partition(" ")[0]
    return [language for language in languages if SCRIPTS.get(language, "LATIN") == alphabet]
