import unittest

from odoo.tests.common import tagged

from ..models.classification import learner
from ..models.classification.stems import DEFAULT
from ..models.classification.text_space import Space
from .test_classification_learner import PHRASES, LearnerCase


@tagged("post_install", "-at_install")
@unittest.skipUnless(learner.is_available(), "SciPy is not installed")
class TestClassificationTraining(LearnerCase):
    """Test training with words, rare types and a single tag."""

    def test_learns_from_the_first_tag_on(self):
        self.env.company.interaction_suggest_threshold = 0.5
        self.receive("The parrot is dead").type_id = self.type_("2.1.1")
        self.receive("The ferry sails at noon").type_id = self.type_("4.1.1")
        self.learner._train(self.env.company)
        self.assertEqual(self.receive("My parrot died").type_id, self.type_("2.1.1"))

    def test_training_and_suggesting_weigh_alike(self):
        """The matrix of the training and the score of a message are the same sum."""
        samples = [learner.Sample(f"{phrases[0].format(3)} act", code) for code, phrases in PHRASES.items()]
        model = learner.train(samples, DEFAULT)
        space = Space(DEFAULT, {name: row[0] for name, row in model.features.items()})
        for row, sample in zip(space.matrix(samples).toarray(), samples, strict=True):
            for i, score in enumerate(model.scores(sample.text)):
                products = zip(row, model.features.values(), strict=True)
                expected = model.bias[i] + sum(value * weights[1 + i] for value, weights in products)
                self.assertAlmostEqual(score, expected, places=4)

    def test_rare_types_are_measured_too(self):
        self.receive("A single greeting").type_id = self.type_("4.1.1")
        model = self.teach(20)
        self.assertEqual(model.metrics["n"], 61)
        self.assertEqual(model.metrics["types"][self.type_("4.1.1").id]["n"], 21)
