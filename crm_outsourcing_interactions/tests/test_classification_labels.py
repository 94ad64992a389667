import doctest

from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models.classification import crm_interaction_type_label
from ..models.classification.crm_interaction_type_label import LONGEST
from .common import InteractionCase

MODULE = "crm_outsourcing_interactions"


@tagged("post_install", "-at_install")
class TestClassificationLabels(InteractionCase):
    """Test that short labels of types are short, unique in each language and searchable."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        cls.env["ir.module.module"].search([("name", "=", MODULE)])._update_translations("ru_RU", overwrite=True)
        cls.types = cls.env["crm.interaction.type"].search([])

    def make_type(self, code="9.1", name="Help with a tax audit on the premises", **vals):
        kind = self.env.ref(f"{MODULE}.kind_1")
        return self.types.create({"code": code, "name": name, "kind_id": kind.id, "direction": "incoming", **vals})

    def test_examples(self):
        result = doctest.testmod(crm_interaction_type_label)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    def test_seeded_labels_are_short_and_unique_in_both_languages(self):
        for lang in ("en_US", "ru_RU"):
            labels = self.types.with_context(lang=lang).mapped("short_name")
            self.assertEqual(len({label.lower() for label in labels}), len(self.types), labels)
            self.assertLessEqual(max(map(len, labels)), LONGEST, labels)
        for label in labels:
            self.assertRegex(label, "^[А-ЯЁ][а-яё]", "written in Russian")

    def test_display_name_is_code_and_label_in_the_readers_language(self):
        type_ = self.type_("1.2.2")
        self.assertEqual(type_.display_name, "1.2.2 Request for source data")
        self.assertEqual(type_.with_context(lang="ru_RU").display_name, "1.2.2 Запрос исходных данных")

    def test_type_is_found_by_code_label_and_full_name(self):
        type_ = self.type_("1.2.2")
        for lang in ("en_US", "ru_RU"):
            model = self.types.browse().with_user(self.staff).with_context(lang=lang)
            own = type_.with_context(lang=lang)
            for text in (own.code, own.short_name, own.name, own.display_name, f"{own.code} {own.name}"):
                for operator in ("=", "ilike"):
                    with self.subTest(lang=lang, text=text, operator=operator):
                        found = model.name_search(text, operator=operator)
                        self.assertIn(type_.id, [id_ for id_, _name in found])

    def test_import_takes_code_label_or_full_name(self):
        type_, client = self.type_("1.2.2"), self.make_client()
        for text in (type_.code, type_.short_name, type_.name, type_.display_name):
            result = self.env["crm.interaction"].load(["partner_id/.id", "type_id"], [[str(client.id), text]])
            self.assertFalse(result["messages"])
            self.assertEqual(self.env["crm.interaction"].browse(result["ids"]).type_id, type_)

    def test_own_type_gets_its_shortened_name(self):
        first = self.make_type()
        second, third = self.types.create(
            [
                {"code": code, "name": first.name, "kind_id": first.kind_id.id, "direction": "incoming"}
                for code in ("9.2", "9.3")
            ]
        )
        self.assertEqual(first.short_name, "Help with a tax audit on the…")
        self.assertEqual(second.short_name, "Help with a tax audit on… (2)")
        self.assertEqual(third.short_name, "Help with a tax audit on… (3)")
        russian = self.types.with_context(lang="ru_RU").create(
            {"code": "9.4", "name": "Счёт", "kind_id": first.kind_id.id, "direction": "incoming"}
        )
        self.assertEqual(russian.short_name, "Счёт")
        self.assertEqual(russian.with_context(lang="en_US").short_name, "Счёт")

    def test_form_proposes_the_shortened_name(self):
        form = Form(self.types.browse().with_user(self.manager))
        form.code, form.name, form.kind_id = "9.1", "Invoicing", self.env.ref(f"{MODULE}.kind_4")
        self.assertEqual(form.short_name, "Invoicing (2)")
        form.short_name = "Bills"
        form.name = "Invoicing of other firms"
        self.assertEqual(form.save().short_name, "Bills")

    def test_copy_has_a_label_of_its_own(self):
        copy = self.type_("4.2.2").copy()
        self.assertEqual(copy.short_name, "Invoicing (2)")

    def test_label_is_unique_in_english(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.make_type(short_name="INVOICING")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.env.cr.execute(
                """UPDATE crm_interaction_type SET short_name = short_name || '{"en_US": "invoicing"}' WHERE id = %s""",
                [self.type_("1.1.2").id],
            )

    def test_label_is_unique_in_the_readers_language(self):
        taken = self.type_("4.2.2").with_context(lang="ru_RU").short_name
        type_ = self.type_("1.1.2").with_user(self.manager)
        with self.assertRaisesRegex(ValidationError, "4.2.2"), self.cr.savepoint():
            type_.with_context(lang="ru_RU").short_name = taken.upper()
        with self.assertRaisesRegex(ValidationError, "4.2.2"), self.cr.savepoint():
            type_.update_field_translations("short_name", {"ru_RU": taken})
        with self.assertRaisesRegex(ValidationError, "4.2.2"), self.cr.savepoint():
            self.make_type().with_context(lang="ru_RU").short_name = taken

    def test_label_is_short_and_not_blank(self):
        type_ = self.type_("1.1.2").with_user(self.manager)
        for label, problem in (("x" * 31, "too long"), ("  ", "needs a short label")):
            with self.assertRaisesRegex(ValidationError, problem), self.cr.savepoint():
                type_.short_name = label
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            type_.short_name = False
        with self.assertRaisesRegex(ValidationError, "too long"), self.cr.savepoint():
            type_.update_field_translations("short_name", {"ru_RU": "ж" * 31})
        type_.short_name = "x" * 30

    def test_page_shows_a_translation_at_once(self):
        http = self.env["ir.http"].with_context(lang="ru_RU")
        type_ = self.type_("1.1.2")
        http._interaction_types()
        type_.update_field_translations("short_name", {"ru_RU": "Просьба"})
        [shown] = [row for row in http._interaction_types() if row["id"] == type_.id]
        self.assertEqual(shown["short_name"], "Просьба")
        self.assertEqual(shown["name"], "Запрос входящий")
