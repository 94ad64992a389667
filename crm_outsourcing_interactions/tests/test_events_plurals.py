import doctest

from odoo.tests.common import tagged
from odoo.tools.translate import code_translations

from ..models.events import plurals
from ..models.events.plurals import plural
from .common import InteractionCase

MODULE = "crm_outsourcing_interactions"


@tagged("post_install", "-at_install")
class TestEventsPlurals(InteractionCase):
    """Test plural forms in the reader's language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        cls.russian = cls.env(context={"lang": "ru_RU"})

    def test_examples(self):
        result = doctest.testmod(plurals)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    def test_russian_terms_have_four_forms(self):
        python = code_translations.get_python_translations(MODULE, "ru_RU")
        web = {m["id"]: m["string"] for m in code_translations.get_web_translations(MODULE, "ru_RU")["messages"]}
        terms = {source: text for source, text in ({**python, **web}).items() if source.count("|") == 1}
        self.assertIn("%(n)s day|%(n)s days", terms)
        self.assertIn("%(n)s interaction|%(n)s interactions", terms)
        for source, text in terms.items():
            with self.subTest(source):
                forms = text.split("|")
                self.assertEqual(len(forms), 4)
                self.assertTrue(all(form.count("%(n)s") == 1 for form in forms))

    def test_days_of_targets(self):
        target = self.env["crm.interaction.target"].new({"measure": "type_interval"})
        days = {1: "1 day", 1.04: "1 day", 1.5: "1.5 days", 2: "2 days", 21: "21 days"}
        self.assertEqual({n: target._value_text(n) for n in days}, days)
        expected = {1: "1 день", 2: "2 дня", 5: "5 дней", 11: "11 дней", 21: "21 день", 1.5: "1,5 дня"}
        target = target.with_env(self.russian)
        self.assertEqual({n: target._value_text(n) for n in expected}, expected)
        self.assertEqual(target._limits_text("ceiling", 0, 1), "каждый 1 день")
        self.assertEqual(target._limits_text("ceiling", 0, 90), "каждые 90 дней")

    def test_number_of_clients(self):
        label = self.env["crm.interaction.summary.report.xlsx"].with_env(self.russian)._clients_label
        clients = self.env["res.partner"].union(*(self.make_client() for _number in range(5)))
        self.assertEqual(label(clients), "5 клиентов")
        self.assertEqual(label(clients[:4]), "4 клиента")

    def test_no_language_is_english(self):
        self.assertEqual(plural(self.env(context={}), "%(n)s day|%(n)s days", 1), "1 day")
