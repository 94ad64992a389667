"""Hold a linear model over words, pairs of words, character n-grams and facts of messages.

No database, no library: prediction requires only Python. A model is stored as JSON, numbers and words only, so that
loading it executes nothing.
"""

import json
import math
from dataclasses import asdict, dataclass, field
from itertools import chain

from .stems import AVAILABLE
from .text_scorer import Scorer
from .text_tokens import tokens

FACT = "@"
"""First character of the name of a fact as a feature."""
MOST_SCORERS = 8
QUALITY = ("n", "suggested", "precision", "surely", "recall")
NO_METRICS = {
    "n": 0, "right": 0, "types": {}, "confusion": [], "calibration_error": 0.0, "perfect_calibration_error": 0.0,
}  # fmt: skip
"""Quality of a model without held-out messages, see :func:`.text_quality.measured`."""


@dataclass
class TextModel:
    """Hold a linear model.

    :param languages: Snowball's names of the languages used for stemming.
    :param types: the types: ids, in the starter codes.
    :param features: name → ``[idf, weight for each type …]``.
    :param bias: one number for each type.
    :param temperature: divides scores so that the confidence is the share of right suggestions.
    :param metrics: see :func:`.text_quality.measured`.
    """

    languages: tuple[str, ...]
    types: list
    features: dict[str, list[float]]
    bias: list[float]
    temperature: float = 1.0
    metrics: dict = field(default_factory=dict)

    def __post_init__(self):
        self._scorers = {}

    def scorer(self, types):
        """Return the ``Scorer`` of some types (tuple, cached)."""
        scorer = self._scorers.get(types)
        if scorer is None:
            if len(self._scorers) >= MOST_SCORERS:
                self._scorers.clear()
            self._scorers[types] = scorer = Scorer(self, types)
        return scorer

    def scores(self, text, facts=()):
        """Return the score of each of ``types`` (list of float) for a message, see :meth:`.Scorer.scores`."""
        return self.scorer(tuple(self.types)).scores(tokens(text, self.languages), facts)

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
            by_name = {str(type_): type_ for type_ in model.types}
            model.metrics = {**NO_METRICS, **model.metrics}
            model.metrics["types"] = {by_name[name]: found for name, found in model.metrics["types"].items()}
            is_sound = model._has_sound_numbers() and are_sound(model.metrics)
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError("this is no text model") from error
        if not is_sound:
            raise ValueError("this text model has wrong numbers")
        return model

    def _has_sound_numbers(self):
        width = len(self.types)
        rows = self.features.values()
        return (
            AVAILABLE.issuperset(self.languages)
            and len(set(self.types)) == len(self.bias) == width
            and all(isinstance(row, list) and len(row) == 1 + width for row in rows)
            and are_finite([self.temperature, *self.bias, *chain.from_iterable(rows)])
            and self.temperature > 0
            and all(row[0] > 0 for row in rows)
        )


def are_finite(numbers):
    """Return whether all of ``numbers`` are finite numbers.

    >>> are_finite([1, 2.5]), are_finite([math.nan]), are_finite(["1"]), are_finite([True])
    (True, False, False, False)
    """
    return all(type(number) in (int, float) and math.isfinite(number) for number in numbers)


def are_sound(metrics):
    """Return whether the quality of a model, see :func:`.text_quality.measured`, can be shown and compared."""
    types, confusion = metrics["types"], metrics["confusion"]
    return (
        are_finite([metrics["n"], metrics["right"], metrics["calibration_error"], metrics["perfect_calibration_error"]])
        and all(are_finite([found[name] for name in QUALITY]) for found in types.values())
        and len(confusion) == len(types)
        and all(len(row) == len(types) and are_finite(row) for row in confusion)
    )


def fact(name, value):
    """Return the name of a fact as a feature.

    >>> fact("client", 7)
    '@client:7'
    """
    return f"{FACT}{name}:{value}"


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
