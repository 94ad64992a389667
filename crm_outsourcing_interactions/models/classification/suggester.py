"""Combine the starter model with that of a firm, without database access."""

from dataclasses import dataclass

from .text_model import Suggestion, TextModel, confidences, tokens

UNKNOWN_TO_STARTER = 2.0
"""How far below its lowest score the starter sees a type that it does not know."""


class Read(dict):
    """Hold the tokens of a text by the languages of a model, each read once: ``Read(text)[model]``."""

    def __init__(self, text):
        super().__init__()
        self.text = text

    def __getitem__(self, model):
        if model.languages not in self:
            self[model.languages] = tokens(self.text, model.languages)
        return super().__getitem__(model.languages)


@dataclass
class Suggester:
    """Suggest types: the scores of the starter plus the corrections learnt from a firm's tags.

    :param starter: ``TextModel`` whose types are codes. :param codes: type id → code, of seeded types.
    :param own: ``TextModel`` of the firm, trained on top of the starter, or ``None``.
    """

    starter: TextModel
    codes: dict[int, str]
    own: TextModel | None = None

    @property
    def temperature(self):
        """Return the temperature of the firm's model; the scores of the starter are calibrated already."""
        return self.own.temperature if self.own else 1.0

    def scores(self, read, facts, type_ids):
        """Return ``{type id: score}`` of the ``type_ids`` that either model knows.

        :param read: the ``Read`` of a message.
        """
        own = dict(zip(self.own.types, self.own.scores_of(read[self.own], facts), strict=True)) if self.own else {}
        known = [id_ for id_ in type_ids if id_ in own or self.is_known_to_starter(id_)]
        return {id_: score + own.get(id_, 0) for id_, score in self.starter_scores(read, facts, known).items()}

    def is_known_to_starter(self, type_id):
        """Return whether the starter has scores for a type."""
        return self.codes.get(type_id) in self.starter.types

    def starter_scores(self, read, facts, type_ids):
        """Return ``{type id: calibrated score}`` of the starter; types unknown to it come below its lowest one."""
        scores = dict(zip(self.starter.types, self.starter.scores_of(read[self.starter], facts), strict=True))
        temperature = self.starter.temperature
        known = {id_: scores[self.codes[id_]] / temperature for id_ in type_ids if self.is_known_to_starter(id_)}
        lowest = min(known.values(), default=0.0) - UNKNOWN_TO_STARTER
        return {id_: known.get(id_, lowest) for id_ in type_ids}

    def ranked(self, text, facts, type_ids):
        """Return ``[(type id, confidence), …]``, the best first; empty for an empty text."""
        return self._ranked(Read(text), facts, type_ids)

    def _ranked(self, read, facts, type_ids):
        scores = self.scores(read, facts, type_ids)
        found = confidences(scores, self.temperature) if scores and read.text.strip() else {}
        return sorted(found.items(), key=lambda pair: -pair[1])

    def suggest(self, text, facts, type_ids, threshold=0.0):
        """Return the best ``Suggestion`` among the types ``type_ids`` (set), or ``None`` below the ``threshold``."""
        read = Read(text)
        type_id, confidence = next(iter(self._ranked(read, facts, type_ids)), (0, 0.0))
        if not type_id or confidence < threshold:
            return None
        return Suggestion(type_id, confidence, self._words(read, type_id))

    def telling_words(self, text, type_id):
        """Return the words (tuple) of ``text`` that speak most for the type, possibly none."""
        return self._words(Read(text), type_id)

    def _words(self, read, type_id):
        own = self.own.telling_words(read[self.own], self.own.types.index(type_id)) if self._is_taught(type_id) else ()
        if own or not self.is_known_to_starter(type_id):
            return own
        return self.starter.telling_words(read[self.starter], self.starter.types.index(self.codes[type_id]))

    def _is_taught(self, type_id):
        return bool(self.own) and type_id in self.own.types
