import unittest

from odoo.tests.common import tagged

from ..models.classification import learner
from .test_classification_learner import LearnerCase


@tagged("post_install", "-at_install")
@unittest.skipUnless(learner.is_available(), "SciPy is not installed")
class TestClassificationPrevious(LearnerCase):
    """Test what the learner knows beside the text: the previous message of the thread, and the client's habits."""

    def test_habits_of_clients_decide_between_equal_texts(self):
        other = self.make_client(email="other@example.com")
        habits = {self.client_company: "1.1.1", other: "1.1.3"}
        for _number in range(15):
            for client, code in habits.items():
                self.write_on(client, client, "The usual papers, as agreed").type_id = self.type_(code)
        self.learner._train(self.env.company)
        for client, code in habits.items():
            with self.subTest(code=code):
                self.assertEqual(self.write_on(client, client, "The usual papers, as agreed").type_id.code, code)

    def test_previous_message_of_the_thread_decides_between_equal_texts(self):
        text, codes = "Here it is, as agreed", {"1.2.2": "1.1.1", "1.2.1": "2.1.1"}
        for _number in range(15):
            for before, code in codes.items():
                self.answer_after(before, text).type_id = self.type_(code)
        self.learner._train(self.env.company)
        for before, code in codes.items():
            with self.subTest(before=before):
                answer = self.answer_after(before, text)
                self.assertEqual(answer._by_code().previous, str(self.type_(before).id))
                self.assertEqual(answer.type_id.code, code)
                self.assertEqual(answer.probable_types[0], self.type_(code).id)

    def test_first_message_and_that_of_another_client_have_none_before(self):
        task = self.make_task(partner_id=self.client_company.id)
        other = self.make_client(email="other@example.com")
        first, second = self.write_on(task, other), self.write_on(task, self.client_company)
        self.assertFalse(first._by_code().previous or second._by_code().previous)
        self.assertEqual(self.write_on(task, self.client_company)._by_code().previous, self.token(second))

    def token(self, interaction):
        return str(interaction.type_id.id) if interaction.type_id else interaction.direction

    def answer_after(self, code, body):
        """Return the client's answer to a message of ours of a type."""
        task = self.make_task(partner_id=self.client_company.id)
        task.with_user(self.staff).message_post(
            body="Hello",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.client_company.ids,
        )
        self.captured(task).type_id = self.type_(code)
        return self.write_on(task, self.client_company, body)

    def write_on(self, task, author, body="Zzz"):
        message = task.message_post(
            body=body, author_id=author.id, message_type="email", subtype_xmlid="mail.mt_comment"
        )
        return self.captured(task).filtered(lambda i: i.message_id == message)
