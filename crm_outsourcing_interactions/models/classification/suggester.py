"""Combine the starter model with that of a firm, without database access."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from .text_model import Suggestion, TextModel, confidences, fact
from .text_tokens import tokens

ATTACHED = fact("attachment", "yes")
CERTAINTY = {0: 0.0, 1: 0.75}
"""Number of telling words → share of the confidence that remains; a greeting alone tells nothing."""
UNKNOWN_TO_STARTER = 2.0
"""How far below its lowest score the starter sees a type that it does not know."""


class Read(dict):
    """Hold the ``Tokens`` of a text by the languages of a model, each read once: ``Read(text)[model.languages]``."""

    def __init__(self, text):
        super().__init__()
        self.text = text

    def __missing__(self, languages):
        self[languages] = found = tokens(self.text, languages)
        return found


class Choice(NamedTuple):
    """Hold the types between which a message is decided, as the two models know them.

    :param started: ids of those known to the starter. :param codes: their codes.
    :param others: ids of those known only to the firm's model. :param taught: ids of all that it knows.
    """

    started: tuple[int, ...]
    codes: tuple[str, ...]
    others: tuple[int, ...]
    taught: tuple[int, ...]


@dataclass
class Suggester:
    """Suggest types: the scores of the starter plus the corrections learnt from a firm's tags.

    :param starter: ``TextModel`` whose types are codes. :param codes: type id → code, of seeded types.
    :param own: ``TextModel`` of the firm, trained on top of the starter, or ``None``.
    """

    starter: TextModel
    codes: dict[int, str]
    own: TextModel | None = None

    @cached_property
    def _choices(self):
        return {}

    def choice(self, type_ids):
        """Return the ``Choice`` between the types ``type_ids`` (frozenset, cached)."""
        if type_ids not in self._choices:
            started = tuple(sorted(id_ for id_ in type_ids if self.codes.get(id_) in self.starter.types))
            taught = tuple(sorted(type_ids.intersection(self.own.types))) if self.own else ()
            others = tuple(id_ for id_ in taught if id_ not in started)
            self._choices[type_ids] = Choice(started, tuple(self.codes[id_] for id_ in started), others, taught)
        return self._choices[type_ids]

    @property
    def temperature(self):
        """Return the temperature of the firm's model; the scores of the starter are calibrated already."""
        return self.own.temperature if self.own else 1.0

    def scores(self, read, facts, type_ids):
        """Return ``{type id: score}`` of the ``type_ids`` (frozenset) that either model knows.

        :param read: the ``Read`` of a message.
        """
        choice = self.choice(type_ids)
        scores = self._starter_scores(read, facts, choice, choice.others)
        if choice.taught:
            own = self.own.scorer(choice.taught).scores(read[self.own.languages], facts)
            for id_, score in zip(choice.taught, own, strict=True):
                scores[id_] += score
        return scores

    def starter_scores(self, read, facts, type_ids):
        """Return ``{type id: calibrated score}`` of the starter; types unknown to it come below its lowest one."""
        choice = self.choice(type_ids)
        return self._starter_scores(read, facts, choice, type_ids.difference(choice.started))

    def _starter_scores(self, read, facts, choice, unknown):
        found = self.starter.scorer(choice.codes).scores(read[self.starter.languages], facts)
        scores = {id_: score / self.starter.temperature for id_, score in zip(choice.started, found, strict=True)}
        if unknown:
            scores |= dict.fromkeys(unknown, min(scores.values(), default=0.0) - UNKNOWN_TO_STARTER)
        return scores

    def ranked(self, text, facts, type_ids):
        """Return ``[(type id, confidence), …]``, the best first; empty for an empty text."""
        return self._ranked(Read(text), facts, type_ids)

    def _ranked(self, read, facts, type_ids):
        scores = self.scores(read, facts, type_ids)
        found = confidences(scores, self.temperature) if scores and read.text.strip() else {}
        certainty = self._certainty(read, facts, self.choice(type_ids))
        ranked = sorted(found.items(), key=lambda pair: -pair[1])
        return [(id_, certainty * share + (1 - certainty) / len(found)) for id_, share in ranked]

    def _certainty(self, read, facts, choice):
        """Return the share of the confidence that a message deserves: little text is little evidence."""
        if ATTACHED in facts:
            return 1.0
        telling = self.starter.scorer(choice.codes).count_telling(read[self.starter.languages])
        if choice.taught and telling < len(CERTAINTY):
            telling = max(telling, self.own.scorer(choice.taught).count_telling(read[self.own.languages]))
        return CERTAINTY.get(telling, 1.0)

    def suggest(self, text, facts, type_ids, threshold=0.0):
        """Return the best ``Suggestion`` among the types ``type_ids`` (frozenset), ``None`` below the ``threshold``."""
        read = Read(text)
        type_id, confidence = next(iter(self._ranked(read, facts, type_ids)), (0, 0.0))
        if not type_id or confidence < threshold:
            return None
        return Suggestion(type_id, confidence, self._words(read, type_id, self.choice(type_ids)))

    def exclusive_words(self, text, type_id, type_ids):
        """Return the words (tuple) of ``text`` that speak for one of the ``type_ids`` (frozenset) in particular."""
        return self._words(Read(text), type_id, self.choice(type_ids), exclusive=True)

    def _words(self, read, type_id, choice, exclusive=False):
        own = ()
        if type_id in choice.taught:
            own = self.own.scorer(choice.taught).indicative_words(read[self.own.languages], type_id, exclusive)
        if own or type_id not in choice.started:
            return own
        scorer = self.starter.scorer(choice.codes)
        return scorer.indicative_words(read[self.starter.languages], self.codes[type_id], exclusive)


@dataclass
class Question:
    """Hold what all messages of one direction ask a ``Suggester``.

    :param allowed: ids of the possible types (frozenset). :param threshold: the lowest confidence of an answer.
    """

    suggester: Suggester
    allowed: frozenset
    threshold: float

    def answer(self, text, facts):
        """Return the ``Suggestion`` for a message, ``None`` below the threshold."""
        return self.suggester.suggest(text, facts, self.allowed, self.threshold)

    def ranked(self, text, facts):
        """Return ``[(type id, confidence), …]`` of all possible types, the best first; empty for an empty text."""
        return self.suggester.ranked(text, facts, self.allowed)
