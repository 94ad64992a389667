import pickle  # only to prove that it is not read
import sys
import unittest
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests.common import tagged

from odoo.addons.crm_outsourcing_interactions.models.classification import learner
from odoo.addons.crm_outsourcing_interactions.models.classification.stems import DEFAULT
from odoo.addons.crm_outsourcing_interactions.models.classification.text_model import TextModel

from .common import InteractionCase

PHRASES = {
    "1.1.3": ("Как учесть расходы на командировку номер {}?", "How do we book travel expenses of trip {}?"),
    "4.1.1": ("Сообщаем о смене директора, приказ {}", "We inform you of a new office, order {}"),
    "2.1.1": ("Отчёт пришёл с опозданием на {} дней", "The report came {} days late again"),
}


def harm():
    """What a harmful attachment would have executed."""
    Harmful.executed = True


class Harmful:
    executed = False

    def __reduce__(self):
        return harm, ()


class LearnerCase(InteractionCase):
    """Set up a client that writes, and the learner; a test switches the starter model on."""

    suggests = True
    starts = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client(email="office@client.example.com")
        cls.learner = cls.env["crm.interaction.learner"]
        if not cls.starts:
            empty = TextModel(DEFAULT, [], {}, [])
            cls.classPatch(type(cls.learner), "_starter", lambda _self: empty)

    def teach(self, number=12):
        for code, phrases in PHRASES.items():
            for i in range(number):
                self.receive(phrases[i % 2].format(i)).type_id = self.type_(code)
        return self.learner._train(self.env.company)

    def receive(self, body):
        message = self.client_company.message_post(
            body=body, author_id=self.client_company.id, message_type="email", subtype_xmlid="mail.mt_comment"
        )
        return self.env["crm.interaction"].search([("message_id", "=", message.id)])


@tagged("post_install", "-at_install")
class TestClassificationWithoutLearner(LearnerCase):
    """Test the learner without SciPy; its import fails here even if it is installed."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.dict(sys.modules, {"scipy": None}))

    def test_everything_else_works(self):
        self.assertEqual(self.receive("I must complain").classified_by, "rule")
        self.assertRecordValues(self.receive("Zzz"), [{"type_id": False, "state": "to_review"}])
        self.assertIsNone(self.learner._train(self.env.company))

    def test_what_was_learnt_elsewhere_is_used(self):
        type_ = self.type_("2.1.1")
        types = [type_.id, self.type_("1.1.3").id]
        model = TextModel(DEFAULT, types, {"late": [1.0, 9, -9]}, [0, 0])
        self.learner._keep(self.env.company, model)
        self.assertRecordValues(
            self.receive("It is late"), [{"type_id": type_.id, "classified_by": "suggestion", "state": "to_review"}]
        )

    def test_settings_say_how_to_get_it(self):
        settings = self.env["res.config.settings"].create({})
        self.assertIn("pip install scipy", settings.interaction_learner_report)
        with self.assertRaisesRegex(UserError, "pip install scipy"):
            settings.action_train_interactions()

    def test_model_is_never_unpickled(self):
        self.learner._keep(self.env.company, TextModel(DEFAULT, [], {}, []))
        self.learner._attachment(self.env.company.id).raw = pickle.dumps(Harmful())
        self.env.registry.clear_cache()
        with self.assertLogs("odoo.addons.crm_outsourcing_interactions", "WARNING"):
            self.assertFalse(self.receive("Zzz").type_id)
        self.assertFalse(Harmful.executed)


@tagged("post_install", "-at_install")
@unittest.skipUnless(learner.is_available(), "SciPy is not installed")
class TestClassificationLearner(LearnerCase):
    """Test suggestions learnt from the firm's own tags, with SciPy."""

    def test_before_anything_is_learnt_rules_work_alone(self):
        self.assertRecordValues(self.receive("The report came late"), [{"type_id": False, "state": "to_review"}])
        self.assertIsNone(self.learner._train(self.env.company))

    def test_suggests_with_confidence_and_reason_in_both_languages(self):
        self.assertTrue(self.teach(20))
        for text, code in (("Отчёты опять с опозданием", "2.1.1"), ("Trip to Paris: travel expenses?", "1.1.3")):
            with self.subTest(text=text):
                interaction = self.receive(text)
                self.assertRecordValues(
                    interaction,
                    [{"type_id": self.type_(code).id, "state": "to_review", "classified_by": "suggestion"}],
                )
                self.assertRegex(interaction.reason, r"Learnt, confidence \d+ %$")
                self.assertRegex(interaction.suggestion_words, r"^\w{3,}")
                (badge,) = interaction.message_id._interaction_badges()[interaction.message_id.id]
                self.assertEqual(badge["reason"], f"{interaction.reason}: {interaction.suggestion_words}")
                self.assertEqual(interaction.quality, "suggested")

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
        for allowed, needed, state in ((False, 0.5, "to_review"), (True, 1.0, "to_review"), (True, 0.5, "confirmed")):
            type_.confirms_suggestions = allowed
            self.env.company.interaction_confirm_precision = needed
            with self.subTest(allowed=allowed, needed=needed):
                self.assertEqual(self.receive("The report came late again").state, state)

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
        again = TextModel.from_json(model.to_json())
        self.assertEqual(again, model)
        self.assertEqual(again.scores("The report came late"), model.scores("The report came late"))

    def test_what_cannot_be_read_is_no_model(self):
        self.teach(20)
        self.learner._attachment(self.env.company.id).raw = b'{"words": 1}'
        self.env.registry.clear_cache()
        with self.assertLogs("odoo.addons.crm_outsourcing_interactions", "WARNING"):
            self.assertFalse(self.receive("The report came late again").type_id)

    def test_settings_show_what_was_measured(self):
        settings = self.env["res.config.settings"].create({})
        self.assertIn("Nothing has been learnt", settings.interaction_learner_report)
        with self.assertRaisesRegex(UserError, "No message"):
            settings.action_train_interactions()
        self.teach(20)
        settings = self.env["res.config.settings"].create({})
        self.assertIn("2.1.1", settings.interaction_learner_report)
        self.assertIn("Training Result", settings.interaction_learner_report)
        self.assertIn("by chance", settings.interaction_learner_report)

    def test_model_is_learnt_by_the_cron_for_who_wants_it(self):
        self.teach(20)
        self.learner._attachment(self.env.company.id).unlink()
        other = self.env["res.company"].create({"name": "Other Firm", "interaction_suggest": False})
        with self.enter_registry_test_mode():
            self.env.ref("crm_outsourcing_interactions.cron_train").method_direct_trigger()
        self.assertEqual(self.learner._attachment(self.env.company.id).mimetype, "application/json")
        self.assertFalse(self.learner._attachment(other.id))

    def test_what_was_learnt_is_read_by_the_server_only(self):
        self.teach(20)
        attachment = self.learner._attachment(self.env.company.id)
        for user in (self.staff, self.manager):
            with self.subTest(user=user.login):
                self.assertFalse(attachment.with_user(user).has_access("read"))
                self.assertFalse(attachment.with_user(user).has_access("write"))
                with self.assertRaises(AccessError):
                    user.company_id.with_user(user).read(["interaction_text_model"])

    def test_words_are_shown_to_who_may_read_the_message(self):
        self.teach(20)
        self.client_company.user_id = self.staff
        task = self.make_task(partner_id=self.client_company.id)
        task.project_id.privacy_visibility = "followers"
        task.project_id.message_unsubscribe(self.staff.partner_id.ids)
        task.message_unsubscribe(self.staff.partner_id.ids)
        task.message_post(
            body="The report came late again",
            author_id=self.client_company.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        interaction = self.captured(task)
        interaction._by_code().write(
            {"type_id": self.type_("2.1.1").id, "classified_by": "suggestion", "suggested_words": "late"}
        )
        self.env.flush_all()
        self.assertEqual(interaction.suggestion_words, "late")
        self.env.invalidate_all()
        self.assertFalse(interaction.with_user(self.staff).suggestion_words)
        with self.assertRaises(AccessError):
            interaction.with_user(self.staff).read(["suggested_words"])

    def test_quality_tells_corrected_from_confirmed(self):
        interaction = self.receive("I complain")
        self.assertEqual(interaction.quality, "suggested")
        interaction.action_confirm()
        self.assertEqual(interaction.quality, "confirmed")
        interaction.type_id = self.type_("1.1.3")
        self.assertEqual(interaction.quality, "corrected")
        self.assertEqual(self.receive("Zzz").quality, "unclassified")
