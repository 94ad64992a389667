import unittest
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests.common import tagged

from odoo.addons.crm_outsourcing_interactions.models.classification import learner

from .common import InteractionCase

PHRASES = {
    "1.1.3": ("Как учесть расходы на командировку номер {}?", "How do we book travel expenses of trip {}?"),
    "4.1.1": ("Сообщаем о смене директора, приказ {}", "We inform you of a new office, order {}"),
    "2.1.1": ("Отчёт пришёл с опозданием на {} дней", "The report came {} days late again"),
}


@tagged("post_install", "-at_install")
@unittest.skipUnless(learner.is_available(), "scikit-learn is not installed")
class TestClassificationLearner(InteractionCase):
    """Suggestions learnt from the firm's own tags, with scikit-learn itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client(email="office@client.example.com")
        cls.learner = cls.env["crm.interaction.learner"]

    def receive(self, body):
        message = self.client_company.message_post(
            body=body, author_id=self.client_company.id, message_type="email", subtype_xmlid="mail.mt_comment"
        )
        return self.env["crm.interaction"].search([("message_id", "=", message.id)])

    def teach(self, number=12):
        for code, phrases in PHRASES.items():
            for i in range(number):
                self.receive(phrases[i % 2].format(i)).type_id = self.type_(code)
        return self.learner._train(self.env.company)

    def test_before_anything_is_learnt_rules_work_alone(self):
        self.assertRecordValues(self.receive("The report came late"), [{"type_id": False, "state": "to_review"}])
        self.assertIsNone(self.teach(number=3))

    def test_suggests_with_confidence_and_reason_in_both_languages(self):
        self.assertTrue(self.teach(20))
        for text, code in (("Отчёты опять с опозданием", "2.1.1"), ("Trip to Paris: travel expenses?", "1.1.3")):
            with self.subTest(text=text):
                interaction = self.receive(text)
                self.assertRecordValues(
                    interaction,
                    [{"type_id": self.type_(code).id, "state": "to_review", "classified_by": "suggestion"}],
                )
                self.assertRegex(interaction.reason, r"Learnt, \d+ % sure: \w+")
                self.assertEqual(interaction.coverage, "suggested")

    def test_rule_goes_before_what_was_learnt(self):
        self.teach(20)
        self.assertEqual(self.receive("I must complain: travel expenses").classified_by, "rule")

    def test_says_nothing_when_it_is_not_sure(self):
        self.teach(20)
        self.env.company.interaction_suggest_threshold = 0.99
        self.assertFalse(self.receive("Something about a report and an office").type_id)
        self.assertFalse(self.receive("Zzz").type_id)

    def test_never_suggests_a_type_of_the_other_direction(self):
        self.teach(20)
        message = self.client_company.message_post(
            body="The report came late",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.client_company.ids,
        )
        self.assertFalse(self.env["crm.interaction"].search([("message_id", "=", message.id)]).type_id)

    def test_confirms_only_what_is_allowed_and_precise_enough(self):
        self.teach(20)
        type_ = self.type_("2.1.1")
        for allowed, needed, state in ((False, 0.5, "to_review"), (True, 1.0, None), (True, 0.5, "confirmed")):
            type_.confirms_suggestions = allowed
            self.env.company.interaction_confirm_precision = needed
            measured = self.learner._model(self.env.company.id).metrics["types"][type_.id]["precision"]
            expected = state or ("confirmed" if measured >= needed else "to_review")
            with self.subTest(allowed=allowed, needed=needed):
                self.assertEqual(self.receive("The report came late again").state, expected)

    def test_switched_off_suggests_nothing(self):
        self.teach(20)
        self.env.company.interaction_suggest = False
        self.assertFalse(self.receive("The report came late again").type_id)

    def test_other_company_learns_for_itself(self):
        self.teach(20)
        other = self.env["res.company"].create({"name": "Other Firm"})
        self.assertIsNone(self.learner._model(other.id))

    def test_model_is_the_same_after_it_was_kept(self):
        model = self.teach(20)
        text, allowed = "The report came late", set(self.env["crm.interaction.type"].search([]).ids)
        again = learner.TextModel.from_json(model.to_json())
        self.assertEqual(model.suggest(text, allowed), again.suggest(text, allowed))

    def test_what_cannot_be_read_is_no_model(self):
        self.teach(20)
        self.learner._attachment(self.env.company.id).raw = b'{"words": 1}'
        self.env.registry.clear_cache()
        with self.assertLogs("odoo.addons.crm_outsourcing_interactions", "WARNING"):
            self.assertFalse(self.receive("The report came late again").type_id)

    def test_suggestion_is_as_scikit_learn_says(self):
        texts = [phrases[i % 2].format(i) for phrases in PHRASES.values() for i in range(20)]
        labels = [label for label, _phrases in enumerate(PHRASES.values(), 1) for _i in range(20)]
        model = learner.train(texts, labels)
        pipeline = learner._pipeline().fit(texts, labels)
        for text in ("Отчёты с опозданием", "A new office", "Travel expenses"):
            self.assertEqual(model.suggest(text, {1, 2, 3}).type_id, pipeline.predict([text])[0])

    def test_settings_show_what_was_measured(self):
        settings = self.env["res.config.settings"].create({})
        self.assertIn("Nothing was learnt yet", settings.interaction_learner_report)
        with self.assertRaisesRegex(UserError, "too few"):
            settings.action_train_interactions()
        self.teach(20)
        settings = self.env["res.config.settings"].create({})
        self.assertIn("2.1.1", settings.interaction_learner_report)

    def test_without_scikit_learn_settings_say_how_to_get_it(self):
        with patch.object(learner, "is_available", lambda: False):
            settings = self.env["res.config.settings"].create({})
            self.assertIn("pip install scikit-learn", settings.interaction_learner_report)
            with self.assertRaisesRegex(UserError, "pip install scikit-learn"):
                settings.action_train_interactions()
            self.assertIsNone(self.learner._train(self.env.company))

    def test_coverage_tells_corrected_from_confirmed(self):
        interaction = self.receive("I complain")
        self.assertEqual(interaction.coverage, "suggested")
        interaction.action_confirm()
        self.assertEqual(interaction.coverage, "confirmed")
        interaction.type_id = self.type_("1.1.3")
        self.assertEqual(interaction.coverage, "corrected")
        self.assertEqual(self.receive("Zzz").coverage, "unclassified")
