"""Split a message into words and pairs of words, and these into the features of a ``TextModel``."""

import math
import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .phrases import folded
from .stems import stems

TOKEN = re.compile(r"[^\W\d_]+|\d+|[?!]")
MOST_CHARACTERS, MOST_TOKENS = 20_000, 500
"""Maximum number of characters and tokens read of a message: bounds the time, above nearly any real letter."""
NUMBER, BEGIN, END = "0", "^", "$"
WORD_LENGTHS = (2, 30)
"""Minimum and maximum length of a word with character n-grams."""
SHORTEST_GRAM, LONGEST_GRAM = 3, 4
GRAM = "~"
"""First character of the name of a character n-gram."""
MOST_STEMS = 20_000


class Tokens(NamedTuple):
    """Hold the words of a text (``Counter`` of str), and the pairs of their stems (``Counter`` of tuples)."""

    words: Counter
    pairs: Counter


class Stems(dict):
    """Cache the last stem of each word, the one of its pairs."""

    def __init__(self, languages):
        super().__init__()
        self.languages = languages

    def __missing__(self, word):
        if len(self) >= MOST_STEMS:
            self.clear()
        self[word] = stem = stems(word, self.languages)[-1]
        return stem


stems_of = lru_cache(32)(Stems)


def tokens(text, languages):
    """Return the ``Tokens`` of a text; digits count as one word, whatever the number.

    >>> found = tokens("2 acts!", ("english",))
    >>> list(found.words), list(found.pairs)
    (['0', 'acts', '!'], [('^', '0'), ('0', 'act'), ('act', '!'), ('!', '$')])
    """
    found = TOKEN.findall(folded(text[:MOST_CHARACTERS]))[:MOST_TOKENS]
    words = [NUMBER if word.isdigit() else word for word in found]
    return Tokens(Counter(words), Counter(pairwise([BEGIN, *map(stems_of(languages).__getitem__, words), END])))


def parts(token, languages):
    """Return the names of the features (list of str) of a token: stems and n-grams of a word, or the pair.

    >>> parts("acts", ("english",))
    ['act', '~_ac', '~act', '~cts', '~ts_', '~_act', '~acts', '~cts_']
    >>> parts(("send", "act"), ("english",))
    ['send act']
    """
    if isinstance(token, tuple):
        return [" ".join(token)]
    return [*stems(token, languages), *grams(token)]


def grams(word):
    """Return the n-grams of a word with its borders, each as ``~abc``."""
    if not word.isalpha() or not WORD_LENGTHS[0] <= len(word) <= WORD_LENGTHS[1]:
        return []
    bordered = f"_{word}_"
    lengths = range(SHORTEST_GRAM, LONGEST_GRAM + 1)
    return [GRAM + bordered[i : i + n] for n in lengths for i in range(len(bordered) - n + 1)]


def damped(count):
    """Return the weight of a token that occurs ``count`` times."""
    return 1 + math.log(count)
