"""Count the features of messages for training, exactly as ``Scorer`` weighs them. It requires SciPy."""

import math
from array import array
from collections import Counter
from itertools import chain
from typing import NamedTuple

from .text_scorer import FACT_WEIGHT, GRAM_WEIGHT
from .text_tokens import GRAM, damped, parts, tokens

MOST_WORDS, MOST_GRAMS = 12_000, 6_000
"""Maximum number of words and pairs, and of n-grams, in a model: the most frequent ones."""
RARE, SOME = 2, 200
"""Number of messages in which a feature must occur, once there are so many messages."""


class Space(NamedTuple):
    """Hold the features of a model: name → idf, for facts 1."""

    languages: tuple[str, ...]
    idf: dict[str, float]

    @classmethod
    def of(cls, samples, languages):
        """Return the ``Space`` of the most frequent features of ``samples``."""
        counts = Counter()
        for sample in samples:
            names = {name for token in chain(*tokens(sample.text, languages)) for name in parts(token, languages)}
            counts.update(names | set(sample.facts))
        rare = RARE if len(samples) >= SOME else 1
        kept = {True: MOST_GRAMS, False: MOST_WORDS}
        idf = {}
        for name, count in counts.most_common():
            is_gram = name[0] == GRAM
            if count >= rare and kept[is_gram]:
                kept[is_gram] -= 1
                idf[name] = round(math.log((1 + len(samples)) / (1 + count)) + 1, 2)
        return cls(languages, idf)

    def matrix(self, samples):
        """Return the features of ``samples`` as a sparse matrix, exactly as ``Scorer.scores`` weighs them."""
        from scipy.sparse import csr_matrix

        column = {name: i for i, name in enumerate(self.idf)}
        cache, columns, values, ends = {}, array("l"), array("f"), [0]
        for sample in samples:
            row = self._row(sample, column, cache)
            columns.extend(row)
            values.extend(row.values())
            ends.append(len(columns))
        return csr_matrix((values, columns, ends), shape=(len(samples), len(column)))

    def _row(self, sample, column, cache):
        """Return ``{column: value}`` of one sample."""
        blocks, lengths = ({}, {}), [0.0, 0.0]
        words, pairs = tokens(sample.text, self.languages)
        for token, count in chain(words.items(), pairs.items()):
            if token not in cache:
                cache[token] = self._token(token, column)
            weight = damped(count)
            for block, (share, length) in enumerate(cache[token]):
                lengths[block] += weight * weight * length
                for i, value in share:
                    blocks[block][i] = blocks[block].get(i, 0) + weight * value
        row = {column[name]: FACT_WEIGHT for name in sample.facts if name in column}
        for block, weight in enumerate((1, GRAM_WEIGHT)):
            row |= {i: weight * value / math.sqrt(lengths[block]) for i, value in blocks[block].items()}
        return row

    def _token(self, token, column):
        """Return ``(values by column, squared length)`` of a token: of its words, and of its n-grams."""
        counts = Counter(name for name in parts(token, self.languages) if name in column)
        blocks = [], []
        for name, count in counts.items():
            blocks[name[0] == GRAM].append((column[name], count * self.idf[name]))
        return tuple((block, sum(value * value for _i, value in block)) for block in blocks)
