"""Train a ``TextModel`` on messages of known types, without database access. It requires SciPy.

The model is a multinomial logistic regression with a Gaussian prior whose mean is the starter: without any tag it is
the starter, and each tag moves it. Its confidence is calibrated on messages that were held out (temperature scaling).
"""

import importlib.util
import math
import random
from typing import NamedTuple

from .text_model import TextModel
from .text_quality import measured
from .text_space import Space

STRENGTH = 30.0
"""How much more one message counts than the prior of a feature's weight. The prior of a bias counts as one message."""
FOLDS, MOST_FOLDED = 5, 4_000
"""Number of parts that are held out in turn; of more messages than ``MOST_FOLDED`` only one fifth is held out once."""
MOST_STEPS = 60
SMALLEST_CALIBRATION = 25
"""Below this number of messages the confidence is left as it is: that of the starter is calibrated."""
STEADINESS = 10.0
"""Weight of the prior of the temperature's logarithm, in nats for a factor e: few messages move it little from 1."""
IMPOSSIBLE = -1e4
"""Score of a type of the other direction."""


class Sample(NamedTuple):
    """Hold a message of known type.

    :param facts: names of facts, see :func:`.text_model.fact`. :param allowed: the types that it could have.
    :param prior: ``{type: score}`` of the starter, possibly empty.
    """

    text: str
    type: object
    facts: tuple[str, ...] = ()
    allowed: frozenset = frozenset()
    prior: dict | None = None


def is_available():
    """Return whether SciPy is installed."""
    return importlib.util.find_spec("scipy") is not None


def train(samples, languages):
    """Return a ``TextModel`` trained on ``samples`` (list of ``Sample``), or ``None`` without any.

    :param languages: see ``TextModel``.
    :raises ImportError: without SciPy.
    """
    if not samples:
        return None
    types = sorted({sample.type for sample in samples}.union(*(sample.prior or () for sample in samples)))
    held_out = _held_out_scores(samples, types, languages)
    model = _fitted(samples, types, languages)
    model.temperature = _temperature(samples, types, held_out)
    model.metrics = measured(samples, types, held_out, model.temperature)
    return model


def _fitted(samples, types, languages):
    """Return the ``TextModel`` of the ``samples``, neither calibrated nor measured."""
    space = Space.of(samples, languages)
    weights, bias = _optimum(space.matrix(samples), _Targets(samples, types))
    rows = {name: [idf] for name, idf in space.idf.items()}
    for name, row in zip(rows, weights, strict=True):
        rows[name] += [round(float(value), 2) for value in row]
    return TextModel(languages, list(types), rows, [round(float(value), 3) for value in bias])


class _Targets:
    """Hold the types of samples, and the scores that they have before anything is learnt, as arrays."""

    def __init__(self, samples, types):
        import numpy as np

        column = {type_: i for i, type_ in enumerate(types)}
        self.rights = np.array([column[sample.type] for sample in samples])
        self.offsets = np.zeros((len(samples), len(types)), np.float32)
        for row, sample in zip(self.offsets, samples, strict=True):
            for type_, score in (sample.prior or {}).items():
                row[column[type_]] = score
            for type_, i in column.items():
                if sample.allowed and type_ not in sample.allowed:
                    row[i] = IMPOSSIBLE


def _optimum(matrix, targets):
    """Return weights (features × types) and bias (types) with the highest posterior probability."""
    import numpy as np
    from scipy.optimize import minimize

    transposed, rows = matrix.T.tocsr(), np.arange(matrix.shape[0])
    shape = matrix.shape[1], targets.offsets.shape[1]
    split = shape[0] * shape[1]

    def loss(flat):
        weights, bias = flat[:split].reshape(shape), flat[split:]
        scores = matrix @ weights.astype(np.float32) + bias.astype(np.float32) + targets.offsets
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        sums = shares.sum(axis=1, keepdims=True)
        errors = shares / sums
        surprise = (np.log(sums[:, 0]) - scores[rows, targets.rights]).sum(dtype=np.float64)
        errors[rows, targets.rights] -= 1
        gradient = transposed @ errors * STRENGTH + weights
        bias_gradient = (errors.sum(axis=0, dtype=np.float64) + bias) * STRENGTH
        value = STRENGTH * (surprise + bias @ bias / 2) + np.vdot(weights, weights) / 2
        return value, np.concatenate([gradient.ravel(), bias_gradient]).astype(np.float64)

    options = {"maxiter": MOST_STEPS, "ftol": 1e-5}
    found = minimize(loss, np.zeros(split + shape[1]), jac=True, method="L-BFGS-B", options=options).x
    return found[:split].reshape(shape), found[split:]


def _held_out_scores(samples, types, languages):
    """Return ``{index: scores by type}`` of samples by models that were not trained on them."""
    order = list(range(len(samples)))
    random.Random(0).shuffle(order)
    parts_ = [order[i::FOLDS] for i in range(FOLDS)]
    if len(samples) > MOST_FOLDED:
        parts_ = parts_[:1]
    found = {}
    for part in parts_:
        rest = [samples[i] for i in sorted(set(order) - set(part))]
        if rest and part:
            found |= _scores([samples[i] for i in part], part, types, _fitted(rest, types, languages))
    return found


def _scores(samples, indexes, types, model):
    """Return ``{index: {type: score}}`` of samples, only of the types that each could have."""
    found = {}
    for index, sample in zip(indexes, samples, strict=True):
        scores = dict(zip(types, model.scores(sample.text, sample.facts), strict=True))
        found[index] = {
            type_: score + (sample.prior or {}).get(type_, 0)
            for type_, score in scores.items()
            if not sample.allowed or type_ in sample.allowed
        }
    return found


def _temperature(samples, types, held_out):
    """Return the temperature at which the held-out messages and the temperature itself are least surprising."""
    if len(held_out) < SMALLEST_CALIBRATION:
        return 1.0
    import numpy as np

    table = np.full((len(held_out), len(types)), IMPOSSIBLE)
    for row, scores in zip(table, held_out.values(), strict=True):
        for i, type_ in enumerate(types):
            row[i] = scores.get(type_, IMPOSSIBLE)
    rights = [types.index(samples[i].type) for i in held_out]
    table -= table.max(axis=1, keepdims=True)

    def surprise(temperature):
        logs = table / temperature
        of_messages = (np.log(np.exp(logs).sum(axis=1)) - logs[range(len(rights)), rights]).sum()
        return float(of_messages) + STEADINESS * math.log(temperature) ** 2

    return round(min((1.05**step for step in range(-30, 60)), key=surprise), 3)
