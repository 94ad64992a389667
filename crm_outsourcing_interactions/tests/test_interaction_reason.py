import doctest
import re

from odoo.tests.common import tagged

from ..models.events import reasons
from ..models.events.event import Event
from ..models.events.reasons import REASONS, because, reason_text
from .common import InteractionCase

PLACEHOLDER = re.compile(r"%\((\w+)\)\w|%%")


@tagged("post_install", "-at_install")
class TestInteractionReason(InteractionCase):
    """Test that reasons are stored as codes with values and shown in the reader's language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        cls.contact = cls.make_contact(parent_id=cls.make_client().id)
        cls.task = cls.make_task(partner_id=cls.contact.id)

    def make_rule(self, **vals):
        vals = {"event": "message_in", "sequence": -5, "type_id": self.type_("2.1.1").id, **vals}
        return self.env["crm.interaction.rule"].create({"name": "Complaints", "words": "complain*", **vals})

    def write_in(self, body="This is a complaint", lang=None):
        self.task.with_user(self.env.ref("base.user_root")).with_context(lang=lang).message_post(
            body=body, author_id=self.contact.id, message_type="email", subtype_xmlid="mail.mt_comment"
        )
        return self.captured(self.task)[:1]

    def russian(self, record):
        return record.with_context(lang="ru_RU")

    def test_examples(self):
        result = doctest.testmod(reasons)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    def test_unknown_code_is_refused(self):
        with self.assertRaises(KeyError):
            because("mood")

    def test_russian_templates_have_the_same_values(self):
        russian = self.env(context={"lang": "ru_RU"})
        for code, template in REASONS.items():
            with self.subTest(code):
                source, translated = self.env._(template), russian._(template)
                self.assertCountEqual(PLACEHOLDER.findall(source), PLACEHOLDER.findall(translated))
                self.assertNotEqual(source, translated)
                values = dict.fromkeys(filter(None, PLACEHOLDER.findall(source)), 7)
                self.assertNotIn("%(", reason_text(russian, because(code, **values)))

    def test_confirmation_is_read_in_each_language(self):
        interaction = self.log(type_id=self.type_("1.1.3").id)
        interaction.with_user(self.manager).with_context(lang="ru_RU").action_confirm()
        self.assertEqual(interaction.why, {"code": "confirmed", "name": self.manager.name})
        self.assertEqual(interaction.reason, f"Confirmed by {self.manager.name}")
        self.assertEqual(self.russian(interaction).reason, f"Подтверждено сотрудником: {self.manager.name}")

    def test_rule_is_named_as_it_is_now(self):
        rule = self.make_rule()
        interaction = self.write_in(lang="ru_RU").with_env(self.env)
        self.assertEqual(interaction.why, {"code": "rule", "name": "Complaints"})
        self.assertEqual(interaction.reason, "Rule “Complaints”")
        rule.update_field_translations("name", {"ru_RU": "Жалобы"})
        interaction.invalidate_recordset(["reason"])
        self.assertEqual(self.russian(interaction).reason, "Правило «Жалобы»")
        rule.active = False
        rule.name = "Claims"
        interaction.invalidate_recordset(["reason"])
        self.assertEqual(interaction.with_user(self.manager).reason, "Rule “Claims”")

    def test_deleted_rule_keeps_the_name_it_had(self):
        rule = self.make_rule()
        interaction = self.write_in()
        rule.unlink()
        interaction.invalidate_recordset()
        self.assertFalse(interaction.rule_id)
        self.assertEqual(self.russian(interaction).reason, "Правило «Complaints»")

    def test_badge_shows_it_in_the_language_of_its_reader(self):
        interaction = self.log(type_id=self.type_("1.1.3").id, message_id=self.task.message_ids[:1].id)
        message = interaction.message_id.with_user(self.staff)
        for lang, text in (("en_US", "Chosen by"), ("ru_RU", "Выбор сотрудника")):
            badge = message.with_context(lang=lang)._interaction_badges()[message.id][0]
            self.assertIn(text, badge["reason"])

    def test_badges_of_rules_ask_for_no_names(self):
        self.make_rule()
        interaction = self.write_in()
        interaction.reason  # noqa: B018
        messages = interaction.message_id.with_user(self.staff)
        messages._interaction_badges()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse([s for s in self.statements(messages._interaction_badges) if "crm_interaction_rule" in s])

    def test_undo_restores_it(self):
        self.make_rule()
        interaction = self.write_in().with_user(self.manager).sudo(False)
        before = interaction.why
        undo = interaction.tag({"state": "ignored"})["undo"]
        self.assertEqual(interaction.why["code"], "ignored")
        interaction.undo_tag(undo)
        self.assertEqual(interaction.why, before)

    def test_retry_of_a_capture_error_keeps_it(self):
        event = Event(
            code="message_in",
            record=self.task,
            key="<doubt@client.example.com>",
            company=self.env.company,
            date=self.env.cr.now(),
            hint=because("address_of_several", address="anna@client.example.com"),
        )
        again = Event.from_json(self.env, event.to_json())
        self.env["crm.interaction.pipeline"]._run([again])
        interaction = self.captured(self.task)
        self.assertEqual(interaction.reason, "anna@client.example.com matches several clients")
        self.assertEqual(self.russian(interaction).reason, "anna@client.example.com подходит нескольким клиентам")

    def test_code_of_an_addon_that_is_gone_shows_its_values(self):
        self.assertEqual(reason_text(self.env, {"code": "gone", "name": "Anna", "amount": 3}), "Anna, 3")

    def test_row_stays_small(self):
        self.make_rule()
        interaction = self.write_in()
        self.env.cr.execute("SELECT pg_column_size(why) FROM crm_interaction WHERE id = %s", [interaction.id])
        self.assertLess(self.env.cr.fetchone()[0], 64)
