import csv
import doctest
from datetime import date

from odoo.tests.common import BaseCase, tagged
from odoo.tools.misc import file_open

from odoo.addons.crm_outsourcing_interactions.demo import answers, plan


@tagged("post_install", "-at_install")
class TestDemoPlan(BaseCase):
    """Test that the demo plan has the published figures; ``tests/test_demo.py`` checks the database."""

    def test_examples_hold(self):
        self.assertFalse(doctest.testmod(plan).failed)
        self.assertFalse(doctest.testmod(answers).failed)

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
