"""Learn from a firm's confirmed interactions which words indicate which type, without database access.

Training requires scikit-learn; prediction requires only Python. The model is stored as JSON, numbers and words
only, so that loading it executes nothing.
"""

import importlib.util
import json
import math
import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import islice

from .phrases import folded
from .stems import AVAILABLE, MOST_WORDS, stems

WORD = re.compile(r"[^\W\d_]{3,}")
LARGEST_VOCABULARY = 5000
FOLDS = 5
SMALLEST_SAMPLE = 50
SMALLEST_CLASS = FOLDS
WORDS_SHOWN = 3


def is_available():
    """Return whether scikit-learn is installed."""
    return importlib.util.find_spec("sklearn") is not None


def words(text, languages):
    """Return the stems of a text's words (list of str), each in every language that uses its alphabet.

    >>> words("Пришлите, пожалуйста, счета и счёт-фактуры", ("english", "russian"))
    ['пришл', 'пожалуйст', 'счет', 'счет', 'фактур']
    """
    found = islice(WORD.finditer(folded(text)), MOST_WORDS)
    return [stem for word in found for stem in stems(word[0], languages)]


@dataclass(frozen=True)
class Suggestion:
    """Hold a suggested type, its confidence between 0 and 1, and the words with the largest weights."""

    type_id: int
    confidence: float
    words: tuple[str, ...]


@dataclass
class TextModel:
    """Hold a linear model over word stems: one row of weights for each type.

    :param languages: Snowball's names of the languages used for stemming.
    :param words: stem → its column. :param idf: weight of each column.
    :param metrics: ``{"n", "types": {id: {"n", "precision", "recall"}}, "confusion": [[n]]}``, cross-validated.
    """

    languages: tuple[str, ...]
    words: dict[str, int]
    idf: list[float]
    types: list[int]
    weights: list[list[float]]
    bias: list[float]
    metrics: dict = field(default_factory=dict)

    def suggest(self, text, allowed):
        """Return the best ``Suggestion`` for a text among the types ``allowed`` (set of ids), or ``None``."""
        vector = self._vector(text)
        rows = [row for row, type_id in enumerate(self.types) if type_id in allowed]
        if not vector or not rows:
            return None
        scores = {
            row: self.bias[row] + sum(self.weights[row][i] * value for i, value in vector.items()) for row in rows
        }
        best = max(rows, key=scores.get)
        confidence = 1 / sum(math.exp(min(score - scores[best], 0)) for score in scores.values())
        return Suggestion(self.types[best], confidence, self._telling_words(vector, best))

    def _vector(self, text):
        """Return ``{column: weight}`` of length 1, as scikit-learn's ``TfidfVectorizer`` does."""
        counts = Counter(self.words[word] for word in words(text, self.languages) if word in self.words)
        vector = {i: (1 + math.log(count)) * self.idf[i] for i, count in counts.items()}
        length = math.sqrt(sum(value * value for value in vector.values()))
        return {i: value / length for i, value in vector.items()}

    def _telling_words(self, vector, row):
        names = {i: word for word, i in self.words.items() if i in vector}
        ranked = sorted(vector, key=lambda i: -self.weights[row][i] * vector[i])
        return tuple(names[i] for i in ranked[:WORDS_SHOWN] if self.weights[row][i] > 0)

    def to_json(self):
        """Return the model as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text):
        """Return the model serialised by :meth:`to_json`.

        :raises ValueError: when the text is not a valid model.
        """
        try:
            model = cls(**json.loads(text))
            model.languages = tuple(model.languages)
            model.metrics["types"] = {int(id_): values for id_, values in model.metrics["types"].items()}
            assert len(model.weights) == len(model.types) == len(model.bias)
            assert AVAILABLE.issuperset(model.languages)
        except (TypeError, KeyError, AssertionError, AttributeError) as error:
            raise ValueError("this is no text model") from error
        return model


def train(texts, labels, languages):
    """Return a ``TextModel`` trained on texts and their types (ids), or ``None`` when there are too few.

    :param languages: see ``TextModel``.
    :raises ImportError: without scikit-learn.
    """
    counts = Counter(labels)
    pairs = [(text, label) for text, label in zip(texts, labels, strict=True) if counts[label] >= SMALLEST_CLASS]
    if len(pairs) < SMALLEST_SAMPLE or len({label for _text, label in pairs}) < 2:
        return None
    texts, labels = map(list, zip(*pairs, strict=True))
    pipeline = _pipeline(languages)
    metrics = _measured(pipeline, texts, labels)
    pipeline.fit(texts, labels)
    vectorizer, classifier = pipeline[0], pipeline[1].estimators_
    return TextModel(
        languages=languages,
        words={word: int(i) for word, i in vectorizer.vocabulary_.items()},
        idf=[round(float(value), 5) for value in vectorizer.idf_],
        types=[int(type_id) for type_id in pipeline[1].classes_],
        weights=[[round(float(value), 5) for value in row] for row in _rows(classifier)],
        bias=[round(float(value), 5) for value in _biases(classifier)],
        metrics=metrics,
    )


def _pipeline(languages):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline

    return make_pipeline(
        TfidfVectorizer(
            analyzer=partial(words, languages=languages), sublinear_tf=True, min_df=2, max_features=LARGEST_VOCABULARY
        ),
        OneVsRestClassifier(LogisticRegression(C=20, max_iter=500)),
    )


def _rows(estimators):
    if len(estimators) == 1:  # two classes share one estimator
        return [-estimators[0].coef_[0], estimators[0].coef_[0]]
    return [estimator.coef_[0] for estimator in estimators]


def _biases(estimators):
    if len(estimators) == 1:
        return [-estimators[0].intercept_[0], estimators[0].intercept_[0]]
    return [estimator.intercept_[0] for estimator in estimators]


def _measured(pipeline, texts, labels):
    """Return precision, recall and confusion matrix of the model, cross-validated."""
    from sklearn.metrics import confusion_matrix, precision_recall_fscore_support
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    predicted = cross_val_predict(pipeline, texts, labels, cv=folds)
    names = sorted(set(labels))
    precision, recall, _f, n = precision_recall_fscore_support(labels, predicted, labels=names, zero_division=0)
    types = {
        type_id: {"n": int(n[i]), "precision": round(float(precision[i]), 3), "recall": round(float(recall[i]), 3)}
        for i, type_id in enumerate(names)
    }
    confusion = confusion_matrix(labels, predicted, labels=names).tolist()
    return {"n": len(labels), "types": types, "confusion": confusion}
