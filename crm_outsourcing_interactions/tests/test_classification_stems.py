import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from odoo.tests.common import tagged

from ..models.classification import learner, stems
from ..models.classification.phrases import Phrases, SearchedText, has_phrase
from ..models.classification.text_model import TextModel
from .common import InteractionCase
from .test_classification_learner import PHRASES
from .test_classification_words import word_of

FORMS = {
    "english": (
        ("reply", "replies", "replied", "replying"),
        ("hope", "hopes", "hoped", "hoping"),
        ("lie", "lies", "lied", "lying"),
        ("possible", "possibly", "possibility"),
        ("plan", "plans", "planned", "planning"),
        ("sky", "skies"),
    ),
    "russian": (
        ("жалоба", "жалобу", "жалобами"),
        ("просить", "просим", "просили"),
        ("отчёт", "отчета", "отчётами"),
        ("новый", "нового", "новейшая"),
    ),
}
NEEDED = {
    # line of a seed: what must be found; behind "!", what must not
    "not satisfied": ("We are not satisfied", "not satisfying at all"),
    "unhappy with": ("unhappy with it",),
    "claim about": ("a claim about", "claims about", "claimed about"),
    "thank you for your work": ("Thank you for your work!",),
    "thank you for the great": ("Thank you for the great service",),
    "great job": ("great job", "great jobs"),
    "well done": ("Well done!",),
    "very disappointed": ("I am very disappointed", "!very good", "!disappointed a little"),
    '"пожаловаться"': ("Хочу пожаловаться", "!Добро пожаловать"),
    '"пожалуюсь"': ("Я пожалуюсь", "!Пожалуйста"),
    '"пожалуемся"': ("Мы пожалуемся",),
    "очень разочарован*": ("Я очень разочарована", "мы очень разочарованы", "!очень рад"),
    '"спасибо за оперативность"': ("Спасибо за оперативность!", "!оперативность не нужна"),
    '"спасибо большое за оперативность"': ("Спасибо большое за оперативность",),
    "bank details have changed": ("Our bank details have changed", "!the details of the bank"),
    "изменились реквизиты": ("У нас изменились реквизиты", "!пришлите реквизиты"),
    "изменились наши реквизиты": ("изменились наши реквизиты",),
    "изменились наши банковские реквизиты": ("изменились наши банковские реквизиты",),
    "изменились банковские реквизиты": ("изменились банковские реквизиты", "!банковские реквизиты в договоре"),
    "спасибо за работу": ("Спасибо за работу",),
    "благодарим за работу": ("благодарим за работу", "Благодарю за работу", "благодарен за работу"),
    "благодарны за работу": ("Благодарны за работу", "благодарна за работу"),
    "благодарност*": ("благодарность", "Благодарности", "с благодарностью", "!Будем благодарны, если пришлёте"),
    "new bank details": ("our new bank details",),
    "our new address": ("Our new address is", "our new addresses"),
    "new director": ("a new director", "new directors", "!a new direction", "!new directory"),
    "happy new year": ("Happy New Year!",),
    "merry christmas": ("Merry Christmas",),
    "новые реквизиты": ("новые реквизиты", "новых реквизитов", "новыми реквизитами", "!новости"),
    "наш новый адрес": ("наш новый адрес", "нашего нового адреса", "нашем новом адресе", "нашему новому адресу"),
    '"с новым годом"': ("С Новым годом!", "!за новый год", "!С нового года мы платим НДС"),
    "how satisfied": ("How satisfied are you",),
    "rate our": ("Rate our work", "rating our work", "rated our work"),
    "your feedback": ("your feedback",),
    "оцените": ("Оцените нас", "просим оценить", "оценим", "!оценка запасов", "!ценные бумаги"),
    "our new bank details": ("our new bank details",),
    "new price*": ("new prices", "!the news: prices"),
    "наши новые реквизиты": ("наши новые реквизиты", "наших новых реквизитов", "нашими новыми реквизитами"),
    "please send": ("Please send the act", "!pleasant sender"),
    "please provide": ("please provide", "!pleasant provider"),
    "could you send": ("Could you send it",),
    '"пришлите"': ("Пришлите акт", "!Выписка пришла", "!деньги пришли"),
    '"пришлёте"': ("Когда пришлете акт?", "Когда пришлёте акт?"),
    "предоставьте": ("Предоставьте акт", "!предоставим отчёт"),
    '"предоставить"': ("Необходимо предоставить акт",),
    "прошу прислать": ("Прошу прислать акт",),
    "просим прислать": ("Просим прислать акт",),
    '"accounting"': ("our accounting", "!bank account", "!ask the accountant"),
    "payroll": ("payroll", "payrolls"),
    "vacation pay": ("vacation pay", "vacations pay"),
    "profit tax": ("profit tax", "profits taxes"),
    "ндс": ("НДС",),
    "приём* на работу": ("прием на работу", "приёма на работу", "приему на работу", "при приёме на работу"),
    "sick leave*": ("sick leaves",),
    "vat return*": ("VAT returns",),
    "tax return*": ("tax returns", "tax return"),
    "employment contract*": ("employment contracts",),
    "new employee*": ("new employees",),
    "legal opinion*": ("legal opinions",),
    "pay slip*": ("pay slips", "Pay slip of May", "!slip of paper"),
    "sick note*": ("sick notes", "!a note"),
    "wages": ("Wages of May", "!he wagers"),
    "2-ндфл": ("справка 2-НДФЛ", "!ставка НДФЛ"),
}


@tagged("post_install", "-at_install")
class TestClassificationStems(InteractionCase):
    def seeds(self):
        """Return the lines of words of all seeded rules and services that have more than stars."""
        records = [*self.env["crm.interaction.rule"].search([]), *self.env["crm.interaction.service"].search([])]
        lines = {line for record in records for line in record._word_lines()}
        return {line for line in lines if not all("*" in word for word in line.split())}

    def test_forms_share_a_stem_and_the_way_they_begin(self):
        for language, groups in FORMS.items():
            for words in groups:
                folded = [word.replace("ё", "е") for word in words]
                start = stems.common_start(folded[0])
                with self.subTest(language=language, words=words):
                    self.assertEqual(len({stems.stems(word) for word in folded}), 1)
                    self.assertTrue(all(word.startswith(start) for word in folded), start)
                    for word in words:
                        self.assertTrue(has_phrase(f"Now {word}!", words[:1]), word)

    def test_usual_forms_of_all_seeded_words_are_found(self):
        self.assertLessEqual(self.seeds(), set(NEEDED))
        for line, texts in NEEDED.items():
            for text in texts:
                with self.subTest(line=line, text=text):
                    self.assertIs(has_phrase(text.removeprefix("!"), (line,)), not text.startswith("!"))

    def test_forms_of_an_installed_language_are_found(self):
        rule = self.env["crm.interaction.rule"].create(
            {"name": "Own", "event": "message_in", "type_id": self.type_("1.1.2").id, "words": "Äpfel\nRechnung"}
        )
        service = self.env["crm.interaction.service"].create({"name": "Own", "words": "Rechnung"})
        for text, fits in (("Ein Apfel", False), ("Die Rechnungen", False)):
            self.assert_found(rule, service, text, fits)
        self.env["res.lang"]._activate_lang("de_DE")
        self.assert_found(rule, service, "Die Rechnungen", True)
        self.assertTrue(self.phrases(rule).occur(SearchedText("Ein Apfel")), "its stem begins with another letter")
        self.assertTrue(self.phrases(rule).occur(SearchedText("Zwei Äpfel")))

    def assert_found(self, rule, service, text, fits):
        with self.subTest(text=text):
            searched = SearchedText(text)
            self.assertIs(self.phrases(rule).occur(searched), fits)
            self.assertIs(dict(self.env["crm.interaction.service"]._phrases())[service.id].occur(searched), fits)

    def phrases(self, rule):
        return next(spec.phrases for spec in self.env["crm.interaction.rule"]._specs() if spec.id == rule.id)

    def test_every_language_has_its_algorithm(self):
        for code, algorithm in stems.ALGORITHMS.items():
            with self.subTest(code=code):
                self.assertIn(algorithm, stems.known_languages([code]))
        self.assertEqual(stems.known_languages(["xx_XX", "uk_UA"]), stems.DEFAULT)

    def test_threads_do_not_disturb_each_other(self):
        words = [word for groups in FORMS.values() for group in groups for word in group]
        expected = [stems._remembered_stems.__wrapped__(word, stems.DEFAULT) for word in words]
        with ThreadPoolExecutor(4) as pool:
            for found in pool.map(self.stems_of, [words] * 40):
                self.assertEqual(found, expected)

    def stems_of(self, words):
        return [stems._remembered_stems.__wrapped__(word, stems.DEFAULT) for word in words]

    def test_phrases_with_an_empty_list_find_nothing(self):
        self.assertFalse(Phrases(()).occur(SearchedText("anything")))


@tagged("post_install", "-at_install")
@unittest.skipUnless(learner.is_available(), "SciPy is not installed")
class TestClassificationLearnerStems(InteractionCase):
    """Test the learner's stems, in the languages of its training."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.types = [cls.type_(code).id for code in PHRASES]
        cls.samples = [
            learner.Sample(phrases[i % 2].format(i), id_)
            for id_, phrases in zip(cls.types, PHRASES.values(), strict=True)
            for i in range(20)
        ]
        cls.model = learner.train(cls.samples, stems.DEFAULT)

    def test_model_keeps_the_languages_it_was_trained_with(self):
        self.assertEqual(TextModel.from_json(self.model.to_json()).languages, stems.DEFAULT)
        self.env["crm.interaction.learner"]._keep(self.env.company, self.model)
        self.env["res.lang"]._activate_lang("de_DE")
        self.assertEqual(self.env["crm.interaction.learner"]._model(self.env.company.id).languages, stems.DEFAULT)
        self.patch(type(self.env["crm.interaction.learner"]), "_samples", lambda _self, _company: self.samples)
        trained = self.env["crm.interaction.learner"]._train(self.env.company)
        self.assertEqual(trained.languages, ("english", "german", "russian"))

    def test_model_in_an_unknown_language_is_no_model(self):
        with self.assertRaises(ValueError):
            TextModel.from_json(replace(self.model, languages=("english", "klingon")).to_json())

    def test_beginning_of_a_long_message_decides(self):
        text = f"The report came days late again {' '.join(map(word_of, range(200_000)))}"
        started = time.monotonic()
        scores = dict(zip(self.model.types, self.model.scores(text), strict=True))
        self.assertEqual(max(scores, key=scores.get), self.type_("2.1.1").id)
        self.assertLess(time.monotonic() - started, 2)
