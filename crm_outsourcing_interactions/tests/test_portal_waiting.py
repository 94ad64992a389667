from datetime import timedelta

from odoo import fields
from odoo.tests.common import tagged

from ..models.requests.letter_days import week_of
from .test_portal_documents import DocumentsCase

QUESTIONS = "/my/interactions/questions"


@tagged("post_install", "-at_install")
class TestPortalWaiting(DocumentsCase):
    """Test what is shown of questions that wait, and of documents handed over."""

    def write_message(self, author, **values):
        """Return the matter of a message in the chatter of a task."""
        task = self.make_task(partner_id=self.anna.partner_id.id)
        values = {"message_type": "comment", "subtype_id": self.env.ref("mail.mt_comment").id, **values}
        vals = {"model": task._name, "res_id": task.id, "author_id": author.id, **values}
        message = self.env["mail.message"].create(vals)
        return self.asks(self.anna, message_id=message.id, record=task)

    def rows(self, user):
        return self.env["crm.interaction.portal.matter"].with_user(user).search([])

    def test_own_question_is_named_by_subject_and_first_line(self):
        body = "<p>Hi Igor,</p><p>Can you register the till?</p><p>Best regards, Anna</p>"
        self.write_message(self.anna.partner_id, subject="New till", body=body)
        page = self.page(QUESTIONS, self.anna)
        for text in ("New till", "Can you register the till?", "Your questions", "Received"):
            self.assertIn(text, page)
        self.assertNotIn("New till", self.page(QUESTIONS, self.boris))

    def test_message_of_somebody_else_names_nothing(self):
        for author, is_internal in (
            (self.accountant.partner_id, False),
            (self.boris.partner_id, False),
            (self.anna.partner_id, True),
        ):
            matter = self.write_message(author, subject="Zanzibar", body="<p>Zanzibar</p>", is_internal=is_internal)
            row = self.rows(self.anna).browse(matter.id)
            self.assertEqual((row.subject, row.beginning), (False, False), (author.name, is_internal))
        self.assertNotIn("Zanzibar", self.page(QUESTIONS, self.anna))

    def test_question_back_waits_for_the_client(self):
        matter = self.write_message(self.anna.partner_id, subject="New till", body="<p>Can you?</p>")
        back = self.capture(
            fields.Datetime.now() - timedelta(minutes=10),
            partner=self.anna.partner_id,
            record=self.env["project.task"].browse(matter.res_id),
            user=self.accountant,
            type_code="1.2.4",
        )
        self.assertEqual(back.matter_id, matter)
        back.action_matter_question_back()
        self.assertEqual(self.rows(self.anna).state, "asked")
        self.assertNotIn("New till", self.page(QUESTIONS, self.anna))
        page = self.page("/my/interactions", self.anna)
        for text in ("Your Reply Is Needed", "New till", "Please reply to our last message"):
            self.assertIn(text, page)

    def test_answered_complaint_says_what_to_do(self):
        self.post("/my/interactions/complaint", self.anna, text="You forgot us", token="abc")
        complaint = self.env["crm.interaction.portal.complaint"].search([])
        row = self.rows(self.anna)
        self.assertEqual((row.beginning, row.state), ("You forgot us", "received"))
        self.answer(complaint)
        row.invalidate_recordset()
        self.assertEqual(row.state, "answered")
        self.assertIn("If that does not settle it", self.page(QUESTIONS, self.anna))

    def test_rating_is_named_by_its_grade_and_remark(self):
        self.post("/my/interactions/rating", self.anna, value="1", text="Nobody calls back")
        row = self.rows(self.anna)
        self.assertEqual((row.label, row.beginning), ("Your rating: dissatisfied", "Nobody calls back"))
        page = self.page(QUESTIONS, self.anna)
        self.assertEqual(page.count("Your rating: dissatisfied"), 1)
        self.assertIn("Nobody calls back", page)
        self.assertNotIn("Your praise and complaints", page)
        self.assertFalse(self.rows(self.boris))
        self.assertNotIn("rating_id", row.fields_get())
        self.env["res.lang"]._activate_lang("ru_RU")
        self.assertEqual(row.with_context(lang="ru_RU").label, "Ваша оценка: плохо")

    def test_rating_of_somebody_else_names_nothing(self):
        self.post("/my/interactions/rating", self.anna, value="1", text="Nobody calls back")
        self.env["rating.rating"].search([]).partner_id = self.boris.partner_id
        row = self.rows(self.anna)
        self.assertEqual((row.label, row.beginning), ("Your praise and complaints", False))

    def test_preview_hides_a_complaint_from_the_accountant(self):
        self.post("/my/interactions/complaint", self.anna, text="You forgot us", token="abc")
        for user, is_shown in ((self.accountant, False), (self.auditor, True)):
            url = self.anna.partner_id.with_user(user).action_interaction_preview()["url"]
            page = self.page(url.replace("?", "/questions?"), user)
            self.assertIn("Waiting for us", page)
            self.assertEqual("You forgot us" in page, is_shown)

    def test_documents_to_check_wait_for_us(self):
        self.send("/my/interactions", (self.statement, "a.pdf", b"1"), user=self.anna)
        page = self.page(QUESTIONS, self.anna)
        for text in ("Received, Being Checked", "Bank statement", "a.pdf"):
            self.assertIn(text, page)
        self.assertNotIn("Bank statement", self.page(QUESTIONS, self.boris))
        self.statement.action_accept()
        self.assertNotIn("Bank statement", self.page(QUESTIONS, self.anna))

    def test_what_was_sent_is_listed_once(self):
        for path, user, item in (("/my/interactions", self.anna, self.statement), (self.path(), None, self.invoices)):
            with self.subTest(path=path):
                sent = self.send(path, (item, "Выписка.pdf", b"1"), user=user)
                page = self.url_open(sent.headers["Location"]).text
                self.assertIn(f"{item.name}: Выписка.pdf", page)
                self.assertNotIn(f"{item.name}: Выписка.pdf", self.url_open(sent.headers["Location"]).text)

    def test_overdue_items_are_marked(self):
        self.assertNotIn("Overdue", self.page("/my/interactions", self.anna))
        self.statement.due = self.ended
        pages = [lambda: self.page("/my/interactions", self.anna), lambda: self.url_open(self.path()).text]
        for page in pages:
            self.assertIn("As soon as possible", page(), "no letter asked for it")
            self.assertNotIn("Overdue", page())
        today = self.env.company._interaction_today()
        letter = self.env["crm.interaction.request.letter"].create(
            {
                "partner_id": self.statement.partner_id.id,
                "week": week_of(today),
                "list_id": self.statement.list_id.id,
                "company_id": self.env.company.id,
            }
        )
        self.statement._by_code().letter_ids = letter
        for page in pages:
            self.assertIn("As soon as possible", page(), "a letter of this week has asked for it late")
        letter.week -= timedelta(weeks=1)
        for page in pages:
            self.assertIn("Overdue", page())

    def test_complaint_belongs_to_who_answers_it(self):
        complaint = self.env["crm.interaction.portal.complaint"]._send(self.anna.partner_id, "Always late", "token")
        matter = (
            self.env["crm.interaction"]
            .search([("res_model", "=", complaint._name), ("res_id", "=", complaint.id)])
            .matter_id
        )
        matter._update_complaint_activities()
        self.env.invalidate_all()
        for user, mine, subject in (
            (self.accountant, 0, f"Private, to be answered by {self.auditor.name}"),
            (self.auditor, 1, matter.subject),
        ):
            own = matter.with_user(user)
            self.assertEqual(own.waiting_counts(), {"mine": mine, "team": 1})
            self.assertEqual(own.subject, subject)

    def test_rating_is_named_by_what_it_says(self):
        self.env["rating.rating"]._interaction_rate(self.anna.partner_id, 1, "Slow answers")
        row = self.env["crm.interaction"].search([("event", "=", "feedback_given")], order="id desc", limit=1)
        self.assertEqual(row.matter_id.with_user(self.accountant).subject, "Rating: Dissatisfied")

    def test_late_answer_is_said_to_be_late(self):
        matter = self.asks(self.anna)
        now = fields.Datetime.now()
        for due, text, other in (
            (now + timedelta(days=2), "Answer due:", "Late. Our answer was due:"),
            (now - timedelta(days=2), "Late. Our answer was due:", "Answer due:"),
        ):
            matter._by_code().due = due
            self.env.flush_all()
            page = self.page(QUESTIONS, self.anna)
            self.assertIn(text, page)
            self.assertNotIn(other, page)
            self.assertIn("Received:", page)
