"""Score the types of a message with a linear model over words, pairs of words, character n-grams and facts.

No database, no library: prediction requires only Python. A model is stored as JSON, numbers and words only, so that
loading it executes nothing. The score of a type is a sum over the distinct tokens of the text, and the share of each
token is cached: a message costs as much as it has words.
"""

import json
import math
import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from itertools import islice, pairwise
from typing import NamedTuple

from .phrases import folded
from .stems import AVAILABLE, stems

TOKEN = re.compile(r"[^\W\d_]+|\d+|[?!]")
MOST_TOKENS = 500
"""Maximum number of tokens read of a message: bounds the time for hostile texts, above nearly any real letter."""
NUMBER, BEGIN, END = "0", "^", "$"
WORD_LENGTHS = (2, 30)
"""Minimum and maximum length of a word with character n-grams."""
SHORTEST_GRAM, LONGEST_GRAM = 3, 4
GRAM, FACT = "~", "@"
"""First character of the name of a character n-gram or of a fact; words and pairs of words have none."""
GRAM_WEIGHT, FACT_WEIGHT = 0.7, 0.2
"""Length of the vector of all n-grams, and of one fact; that of words and pairs is 1."""
MOST_CACHED = 50_000
WORDS_SHOWN = 3


def tokens(text, languages):
    """Return the words of a text and its pairs of stems with their numbers (``Counter`` of str and of tuples).

    Digits count as one word, whatever the number:

    >>> list(tokens("2 acts!", ("english",)))
    ['0', 'acts', '!', ('^', '0'), ('0', 'act'), ('act', '!'), ('!', '$')]
    """
    words = [NUMBER if found[0].isdigit() else found[0] for found in islice(TOKEN.finditer(folded(text)), MOST_TOKENS)]
    counts = Counter(words)
    stem_of = {word: stems(word, languages)[-1] for word in counts}
    counts.update(pairwise([BEGIN, *(stem_of[word] for word in words), END]))
    return counts


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


class Share(NamedTuple):
    """Hold what one token adds: scores by type, and squared length, of its words and of its n-grams."""

    words: list[float]
    words_length: float
    grams: list[float]
    grams_length: float


@dataclass
class TextModel:
    """Hold a linear model.

    :param languages: Snowball's names of the languages used for stemming.
    :param types: the types: ids, in the starter codes.
    :param features: name → ``[idf, weight for each type …]``.
    :param bias: one number for each type.
    :param temperature: divides scores so that the confidence is the share of right suggestions.
    :param metrics: see :func:`.learner.measured`.
    """

    languages: tuple[str, ...]
    types: list
    features: dict[str, list[float]]
    bias: list[float]
    temperature: float = 1.0
    metrics: dict = field(default_factory=dict)

    def __post_init__(self):
        self._shares = {}

    def scores(self, text, facts=()):
        """Return the score of each of ``types`` (list of float) for a message, see :meth:`scores_of`."""
        return self.scores_of(tokens(text, self.languages), facts)

    def scores_of(self, counts, facts=()):
        """Return the score of each of ``types`` (list of float) for the tokens of a message.

        :param counts: as :func:`tokens` returns them.
        :param facts: names of facts, see :func:`fact`; unknown ones add nothing.
        """
        total = list(self.bias)
        sums, lengths = ([0.0] * len(total), [0.0] * len(total)), [0.0, 0.0]
        for token, count in counts.items():
            share, weight = self._share(token), damped(count)
            if share is None:
                continue
            for block, length in enumerate((share.words_length, share.grams_length)):
                if length:
                    lengths[block] += weight * weight * length
                    sums[block][:] = [
                        old + weight * new for old, new in zip(sums[block], share[2 * block], strict=True)
                    ]
        for block, weight in enumerate((1, GRAM_WEIGHT)):
            if lengths[block]:
                add(total, sums[block], weight / math.sqrt(lengths[block]))
        for name in facts:
            if name in self.features:
                add(total, self.features[name][1:], FACT_WEIGHT)
        return total

    def _share(self, token):
        """Return the ``Share`` of a token, ``None`` when all its features are unknown (cached)."""
        if token not in self._shares:
            if len(self._shares) >= MOST_CACHED:
                self._shares.clear()
            self._shares[token] = self._read_share(token)
        return self._shares[token]

    def _read_share(self, token):
        counts = Counter(name for name in parts(token, self.languages) if name in self.features)
        if not counts:
            return None
        share = Share([0.0] * len(self.types), 0.0, [0.0] * len(self.types), 0.0)
        lengths = [0.0, 0.0]
        for name, count in counts.items():
            idf, *weights = self.features[name]
            block = int(name[0] == GRAM)
            lengths[block] += (count * idf) ** 2
            add(share[2 * block], weights, count * idf)
        return Share(share.words, lengths[0], share.grams, lengths[1])

    def telling_words(self, counts, column):
        """Return the words (tuple of str) among tokens that speak most for the type in ``column``."""
        weights = {
            token: self._share(token).words[column]
            for token in counts
            if isinstance(token, str) and len(token) > 2 and self._share(token)
        }
        ranked = sorted(weights, key=lambda word: -weights[word])
        return tuple(word for word in ranked[:WORDS_SHOWN] if weights[word] > 0)

    def to_json(self):
        """Return the model as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text):
        """Return the model serialised by :meth:`to_json`.

        :raises ValueError: when the text is not a valid model.
        """
        try:
            model = cls(**json.loads(text))
            model.languages = tuple(model.languages)
            assert AVAILABLE.issuperset(model.languages)
            assert len(model.types) == len(model.bias)
            assert all(len(row) == 1 + len(model.types) for row in model.features.values())
            by_name = {str(type_): type_ for type_ in model.types}
            model.metrics["types"] = {by_name[name]: found for name, found in model.metrics.get("types", {}).items()}
        except (TypeError, KeyError, AssertionError, AttributeError) as error:
            raise ValueError("this is no text model") from error
        return model


def fact(name, value):
    """Return the name of a fact as a feature.

    >>> fact("client", 7)
    '@client:7'
    """
    return f"{FACT}{name}:{value}"


def add(total, values, weight):
    """Add ``values`` times ``weight`` to the list ``total``."""
    for i, value in enumerate(values):
        total[i] += weight * value


@dataclass(frozen=True)
class Suggestion:
    """Hold a suggested type, its confidence between 0 and 1, and the words that speak most for it."""

    type_id: int
    confidence: float
    words: tuple[str, ...]


def confidences(scores, temperature):
    """Return the probabilities (dict) of ``scores`` (dict), which sum up to 1.

    >>> confidences({1: 0.0, 2: 0.0}, 1)
    {1: 0.5, 2: 0.5}
    """
    highest = max(scores.values())
    shares = {key: math.exp((score - highest) / temperature) for key, score in scores.items()}
    total = sum(shares.values())
    return {key: share / total for key, share in shares.items()}
