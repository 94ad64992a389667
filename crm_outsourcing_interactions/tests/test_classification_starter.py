import csv
import pathlib
import sys

from odoo.tests.common import tagged

from ..models.classification.suggester import Suggester
from ..models.classification.text_quality import lower_bound
from .test_classification_learner import LearnerCase

MESSAGES = {
    # written independently of the starter's and before its training
    "everyday_messages.csv": 300,
    # written by others after it, without knowledge of either
    "later_messages.csv": 200,
}
"""Made-up messages, half of them Russian: ``{file: number}``."""
RIGHT_TYPE, RIGHT_KIND, AMONG_THREE = 0.75, 0.88, 0.92
DOCUMENTS = {"lead": "crm.lead", "invoice": "account.move", "task": "project.task"}


@tagged("post_install", "-at_install")
class TestClassificationStarter(LearnerCase):
    """Test suggestions on the first day, without SciPy and without tags."""

    starts = True

    def test_values_of_a_suggestion_cost_no_statement(self):
        learner, type_id, company = self.env["crm.interaction.learner"], self.type_("1.1.2").id, self.env.company
        expected = learner._prepare_suggested_vals(type_id, company)
        self.assertEqual(self.count_statements(lambda: learner._prepare_suggested_vals(type_id, company)), 0)
        self.type_("1.1.2").kind_id = self.type_("3.1.1").kind_id
        self.assertNotEqual(learner._prepare_suggested_vals(type_id, company), expected)

    def test_suggests_right_types_on_the_first_day(self):
        for name, number in MESSAGES.items():
            with (pathlib.Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            self.assertEqual(len(rows), number)
            found = [(self.ranked(row), row["code"]) for row in rows]
            self.check(name, "right type", [codes[0] == code for codes, code in found], RIGHT_TYPE)
            self.check(name, "right kind", [codes[0][0] == code[0] for codes, code in found], RIGHT_KIND)
            self.check(name, "right among the first three", [code in codes[:3] for codes, code in found], AMONG_THREE)

    def check(self, name, what, hits, least):
        """Print a share of ``hits`` (list of bool) with its 95 % interval, and compare it with the ``least`` one."""
        count, n = sum(hits), len(hits)
        low, high = lower_bound(count, n), 1 - lower_bound(n - count, n)
        sys.stdout.write(f"\n{name}: {what} {count / n:.1%} of {n}, 95 % interval {low:.1%}–{high:.1%}\n")
        with self.subTest(name, what=what):
            self.assertGreaterEqual(count / n, least)

    def ranked(self, row):
        """Return the codes for a row, the most probable first."""
        codes = self.learner._seeded_codes()
        allowed = frozenset(id_ for id_, way in self.learner._directions().items() if way == row["direction"])
        facts = self.learner._facts(1, DOCUMENTS.get(row["channel"], "res.partner"), "email", False)
        text = "\n".join(filter(None, (row["subject"], row["body"])))
        return [codes[id_] for id_, _share in Suggester(self.learner._starter(), codes).ranked(text, facts, allowed)]

    def test_a_document_with_a_greeting_is_a_source_document(self):
        for body, attachments, code in (
            ("Hello", [("invoice.pdf", b"x")], "1.1.1"),
            ("Добрый день!", [("акт.pdf", b"x")], "1.1.1"),
        ):
            task = self.make_task(partner_id=self.client_company.id)
            task.message_post(
                body=body,
                author_id=self.client_company.id,
                message_type="email",
                subtype_xmlid="mail.mt_comment",
                attachments=attachments,
            )
            with self.subTest(body=body):
                self.assertEqual(self.captured(task).type_id.code, code)
                self.assertEqual(self.captured(task).classified_by, "suggestion")

    def test_next_to_no_text_is_unsure(self):
        for text in ("?", "Ok", "+", "Да", "Hello", "Ок", "…", "hi", "Hi!\nhi", "Привет", "Добрый день", "123", "Zzz"):
            with self.subTest(text=text):
                self.assertLess(self.best(text)[1], 0.5)

    def test_a_document_or_a_telling_word_is_evidence(self):
        for text, code in (("thanks", "2.1.1"), ("Спасибо!", "2.1.1"), ("Paid", "1.1.1")):
            with self.subTest(text=text):
                self.assertEqual(self.best(text)[0], code)
                self.assertTrue(0.6 < self.best(text)[1] < 0.9)
        self.assertGreater(self.best("hi", has_attachment=True)[1], 0.9)

    def test_feelings_count_under_a_subject_that_says_nothing(self):
        for text in (
            "Re: task\nvery disappointed",
            "Январь\nспасибо большое за оперативность",
            "Bookkeeping 2026\nI am very disappointed",
        ):
            with self.subTest(text=text):
                self.assertEqual(self.best(text)[0], "2.1.1")

    def best(self, text, has_attachment=False):
        """Return ``(code, confidence)`` of the most probable incoming type of a text on a task."""
        codes = self.learner._seeded_codes()
        question = self.learner._question("incoming", self.env.company)
        facts = self.learner._facts(1, "project.task", "email", has_attachment)
        type_id, confidence = next(iter(question.ranked(text, facts)), (0, 0.0))
        return codes.get(type_id), confidence

    def test_a_message_on_a_task_gets_the_suggestion_before_the_fallback(self):
        task = self.make_task(partner_id=self.client_company.id)
        for body, code, source in (
            ("How much would it cost to register a branch? It is not in our contract", "3.1.1", "suggestion"),
            ("Zzz", "1.1.2", "rule"),
        ):
            with self.subTest(body=body):
                message = task.message_post(
                    body=body,
                    author_id=self.client_company.id,
                    message_type="email",
                    subtype_xmlid="mail.mt_comment",
                )
                interaction = self.captured(task).filtered(lambda i, message=message: i.message_id == message)
                self.assertEqual((interaction.type_id.code, interaction.classified_by), (code, source))
                self.assertEqual(interaction.state, "to_review")

    def test_a_reason_for_review_does_not_hide_the_suggestion(self):
        task = self.make_task(partner_id=self.client_company.id)
        message = task.message_post(
            body="How much would it cost to register a branch? It is not in our contract",
            email_from="stranger@other.example.com",
            author_id=False,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        everything = self.env["crm.interaction"].with_context(active_test=False)
        interaction = everything.search([("message_id", "=", message.id)])
        self.assertEqual((interaction.type_id.code, interaction.why["code"]), ("3.1.1", "unknown_sender"))

    def test_starter_confirms_nothing(self):
        types = self.env["crm.interaction.type"].search([("is_group", "=", False)])
        types.confirms_suggestions = True
        self.assertEqual(self.receive("How much would it cost to register a branch?").state, "to_review")

    def test_types_keep_their_meaning_under_another_code(self):
        self.type_("3.1.1").code = "9.9"
        interaction = self.receive("How much would it cost to register a branch? It is not in our contract")
        self.assertEqual(interaction.type_id.code, "9.9")

    def test_tags_outweigh_the_starter(self):
        text = "How much would it cost to register a branch? It is not in our contract"
        for _number in range(8):
            self.receive(text).type_id = self.type_("1.1.3")
        self.learner._train(self.env.company)
        self.assertEqual(self.receive(text).type_id, self.type_("1.1.3"))
        self.assertEqual(self.receive("We have moved, please note our new office address").type_id, self.type_("4.1.1"))

    def test_a_word_deep_in_a_long_message_does_not_decide(self):
        story = "Please find the statements of the month attached as agreed with Peter. " * 20
        self.assertEqual(self.receive(story + "No complaint").classified_by, "suggestion")
        self.assertEqual(self.receive("I complain. " + story).classified_by, "rule")
