import csv
import doctest
from collections import Counter
from datetime import date

from odoo.tests.common import BaseCase, tagged
from odoo.tools.misc import file_open

from odoo.addons.crm_outsourcing_interactions.demo import answers, characters, past, people, plan


@tagged("post_install", "-at_install")
class TestDemoPlan(BaseCase):
    """Test that the demo plan has the published figures; ``tests/test_demo.py`` checks the database."""

    def test_examples_hold(self):
        for module in (plan, past, answers, characters):
            self.assertFalse(doctest.testmod(module).failed)

    def test_every_client_has_a_name_and_a_character(self):
        self.assertEqual(len(people.CLIENTS), len(characters.CHARACTERS))
        self.assertEqual(set(people.REPORTING_WEEKS), set(characters.REPORTING))

    def test_the_months_before_lead_to_the_article(self):
        for month in range(1, 13):
            today = date(2026, month, 15)
            messages = past.messages(today)
            firsts = [*past.months(today), plan.months(today)[0]]
            counts = Counter(message.moment.date().replace(day=1) for message in messages)
            with self.subTest(month=month):
                self.assertEqual(set(counts), set(firsts[:-1]))
                self.assertGreater(max(counts.values()), 1.25 * min(counts.values()))
                offers = [m for m in messages if m.type_code[0] == "3"]
                middle = sum(m.moment.date() < firsts[6] for m in offers)
                self.assertLess(middle, 0.55 * len(offers))

    def test_past_questions_are_answered_after_they_were_asked(self):
        messages = past.messages(date(2026, 11, 15))
        answered = {id(message.question) for message in messages if message.question}
        questions = [message for message in messages if message.type_code in past.ANSWERED_BY]
        self.assertGreater(len(answered), 0.75 * len(questions))
        for message in filter(lambda message: message.question, messages):
            self.assertLess(message.question.moment, message.moment)
            self.assertEqual(message.question.client, message.client)

    def test_a_burden_and_a_bundle_are_planned_whatever_the_month(self):
        code, client, n = plan.BURDEN
        for month in range(1, 13):
            today = date(2026, month, 15)
            days = [
                c.moment.date()
                for c in plan.contacts(today)
                if (c.type_code, c.client, c.variant < n) == (code, client, True)
            ]
            with self.subTest(month=month):
                self.assertEqual(len(days), n)
                self.assertLess((today.replace(day=1) - min(days)).days, 28)
                self.assertEqual(days.count(max(days)), 3)

    def test_every_planned_type_has_texts_in_both_languages(self):
        with file_open("crm_outsourcing_interactions/demo/messages.tsv") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        self.assertEqual({row["type"] for row in rows}, set(plan.MESSAGES))
        self.assertFalse([row for row in rows if not all(row[name] for name in row if not name.startswith("reply"))])
        answered = [row for row in rows if answers.ANSWERS.get(row["type"])]
        self.assertFalse([row for row in answered if not all(row.values())])

    def test_most_questions_are_answered_on_their_own_document(self):
        parts = {}
        for contact in plan.contacts(date(2026, 11, 15)):
            parts.setdefault(contact.topic, []).append(contact)
        pairs = [pair for topic, pair in parts.items() if "-" in topic and len(pair) > 1]
        self.assertEqual(len(pairs), sum(sum(numbers.values()) for numbers in answers.ANSWERS.values()))
        for question, answer in pairs:
            self.assertEqual((question.part, answer.part, question.client), (0, 1, answer.client))
            self.assertIn(answer.type_code, answers.ANSWERS[question.type_code])
            self.assertLess(question.moment, answer.moment)
