"""Score messages for some types of a linear model: without any library, and cheap for many messages.

The score of a type is a sum over the distinct tokens of a text. Each token has one row of what it adds to each type;
the rows of a message are summed column by column.
"""

import math
from collections import Counter
from itertools import islice

from .function_words import FUNCTION_WORDS
from .text_tokens import GRAM, damped, parts

GRAM_WEIGHT, FACT_WEIGHT = 0.7, 0.2
"""Length of the vector of all n-grams, and of one fact; that of words and pairs is 1."""
MOST_CACHED = 20_000
WORDS_SHOWN = 3
ENOUGH_WORDS = 2
"""Number of telling words from which a message has text enough, see :meth:`Scorer.count_telling`."""
THANKS = frozenset({"thank", "thanks", "спасибо"})
"""Function words that may be the whole message."""


class Rows(dict):
    """Cache the rows of words and their numbers as ``(row of stems, row of n-grams)``; ``None`` if nothing is known.

    A row holds what the token adds to the score of each type, and last the square of its length.

    :param model: ``TextModel``. :param columns: positions of the types in the rows of its features.
    """

    def __init__(self, model, columns):
        super().__init__()
        self.model, self.columns = model, columns

    def __missing__(self, item):
        if len(self) >= MOST_CACHED:
            self.clear()
        word, number = item
        counts = Counter(name for name in parts(word, self.model.languages) if name in self.model.features)
        blocks = {}, {}
        for name, count in counts.items():
            blocks[name[0] == GRAM][name] = count
        self[item] = rows = tuple(weighted(self.row(block), number) if block else None for block in blocks)
        return rows

    def row(self, counts):
        """Return the row of features, ``{name: count}``."""
        features = [(self.model.features[name], count) for name, count in counts.items()]
        length = sum((count * feature[0]) ** 2 for feature, count in features)
        return *(sum(f[column] * f[0] * count for f, count in features) for column in self.columns), length


class Scorer:
    """Score messages for some types.

    :param model: ``TextModel``. :param types: some of its types (tuple).
    """

    def __init__(self, model, types):
        self.model, self.types = model, types
        self.columns = [1 + model.types.index(type_) for type_ in types]
        self.bias = [model.bias[column - 1] for column in self.columns]
        self.rows = Rows(model, self.columns)
        pairs = (name for name in model.features if " " in name)
        self.pair_rows = {tuple(name.split(" ")): self.rows.row({name: 1}) for name in pairs}

    def scores(self, tokens, facts=()):
        """Return the score of each of ``types`` (list of float) for a message.

        :param tokens: its ``Tokens``. :param facts: names of facts, see :func:`.text_model.fact`; unknown ones add
            nothing.
        """
        found = list(map(self.rows.__getitem__, tokens.words.items()))
        words = [row for row, _grams in found if row]
        grams = [row for _words, row in found if row]
        known = self.pair_rows
        words += [weighted(known[pair], number) for pair, number in tokens.pairs.items() if pair in known]
        total = list(self.bias)
        for rows, weight in ((words, 1), (grams, GRAM_WEIGHT)):
            if rows:
                *sums, length = map(sum, zip(*rows, strict=True))
                add(total, sums, weight / math.sqrt(length))
        for name in facts:
            if feature := self.model.features.get(name):
                add(total, [feature[column] for column in self.columns], FACT_WEIGHT)
        return total

    def count_telling(self, tokens):
        """Return how many words among ``tokens`` the model knows that are no mere greeting, at most enough.

        See :data:`ENOUGH_WORDS`.
        """
        known = (item for item in tokens.words.items() if is_telling(item[0]) and self.rows[item][0])
        return sum(1 for _item in islice(known, ENOUGH_WORDS))

    def indicative_words(self, tokens, type_, exclusive=False):
        """Return the words (tuple of str) among ``tokens`` that speak most for a type.

        :param exclusive: only words that speak for no other type twice as much, as a rule needs them.
        """
        place = self.types.index(type_)
        words = [item for item in tokens.words.items() if is_telling(item[0]) and item[0] not in THANKS]
        rows = [(self.rows[item][0], item[0]) for item in words]
        weights = [(row[place], word) for row, word in rows if row and row[place] > 0]
        if exclusive:
            best = {word: max(row[:-1]) for row, word in rows if row}
            weights = [(weight, word) for weight, word in weights if 2 * weight >= best[word]]
        return tuple(word for _weight, word in sorted(weights, key=lambda pair: -pair[0])[:WORDS_SHOWN])


def is_telling(word):
    """Return whether a word says something of the subject of a message.

    >>> [is_telling(word) for word in ("invoice", "thanks", "hello", "re", "0", "?")]
    [True, True, False, False, False, False]
    """
    return len(word) > 2 and (word not in FUNCTION_WORDS or word in THANKS)


def weighted(row, count):
    """Return the row of a token that occurs ``count`` times."""
    if count == 1:
        return row
    weight = damped(count)
    return *(weight * value for value in row[:-1]), weight * weight * row[-1]


def add(total, values, weight):
    """Add ``values`` times ``weight`` to the list ``total``."""
    total[:] = [old + weight * value for old, value in zip(total, values, strict=True)]
