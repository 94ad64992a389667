import json
import math
import unittest

from odoo.tests.common import tagged

from ..models.classification import learner
from .test_classification_learner import LearnerCase


@tagged("post_install", "-at_install")
@unittest.skipUnless(learner.is_available(), "SciPy is not installed")
class TestClassificationModel(LearnerCase):
    """Test what a stored model is used for, and that a damaged one is not."""

    def test_a_damaged_model_is_no_model_and_is_learnt_anew(self):
        sound = json.loads(self.teach(20).to_json())
        word = next(iter(sound["features"]))
        row = sound["features"][word]
        damages = {
            "a word for a number": {"features": {**sound["features"], word: [row[0], "x", *row[2:]]}},
            "no number": {"features": {**sound["features"], word: [row[0], math.nan, *row[2:]]}},
            "no row": {"features": {**sound["features"], word: "abcd"}},
            "no weight": {"features": {**sound["features"], word: [0, *row[1:]]}},
            "list of features": {"features": list(sound["features"])},
            "bias": {"bias": [None] * len(sound["bias"])},
            "temperature": {"temperature": 0},
            "same types": {"types": [sound["types"][0]] * len(sound["types"])},
            "nested types": {"types": [[type_] for type_ in sound["types"]]},
            "metrics": {"metrics": [1]},
            "metrics of types": {"metrics": {**sound["metrics"], "types": {str(sound["types"][0]): {}}}},
            "confusion": {"metrics": {**sound["metrics"], "confusion": [[1]]}},
            "no such value": {"depth": 3},
        }
        attachment = self.learner._attachment(self.env.company.id)
        for name, damage in damages.items():
            with self.subTest(name), self.assertLogs("odoo.addons.crm_outsourcing_interactions", "WARNING"):
                attachment.raw = json.dumps({**sound, **damage}).encode()
                self.env.registry.clear_cache()
                self.assertFalse(self.receive("The report came late again").type_id)
                self.assertEqual(self.learner._report(self.env.company)["n"], 0)
        self.assertFalse(self.env["crm.interaction.capture.error"].search_count([]))
        self.assertTrue(self.learner._train(self.env.company))
        self.assertEqual(self.receive("The report came late again").type_id, self.type_("2.1.1"))

    def test_probable_types_are_offered_to_who_may_read_the_message(self):
        self.teach(20)
        self.client_company.user_id = self.staff
        self.env.company.interaction_suggest_threshold = 1
        interaction = self.receive("The report came late: how do we book it?")
        self.assertFalse(interaction.type_id)
        self.assertEqual(len(interaction.probable_types), 3)
        self.assertEqual(interaction.probable_types[0], self.type_("2.1.1").id)
        (badge,) = interaction.message_id._interaction_badges()[interaction.message_id.id]
        self.assertEqual(badge["probable"], interaction.probable_types)
        self.patch(type(self.env["mail.message"]), "_filtered_access", lambda messages, _operation: messages.browse())
        self.env.invalidate_all()
        self.assertFalse(interaction.with_user(self.staff).probable_types)
        interaction.type_id = self.type_("2.1.1")
        self.assertFalse(interaction.probable_types)
        self.env.company.interaction_suggest = False
        self.assertFalse(self.receive("The report came late").probable_types)
