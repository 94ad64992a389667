from datetime import timedelta

from freezegun import freeze_time

from odoo.tests.common import tagged

from .requests_common import MONDAY, WEEK, LetterCase


@tagged("post_install", "-at_install")
@freeze_time(MONDAY - timedelta(days=3))
class TestRequestMatters(LetterCase):
    """Test that every list is one matter, also when one letter or one mail is about several."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.september = cls.make_list(period="2026-09-01", names=("Act",))
        cls.lists = cls.list | cls.september

    def hand_over(self, *args, **kwargs):
        with freeze_time(MONDAY + timedelta(days=1)):
            return super().hand_over(*args, **kwargs)

    def assert_one_matter_each(self, lists):
        matters = [list_.matter_id for list_ in lists]
        self.assertEqual(len(set(matters)), len(lists))
        self.env.invalidate_all()
        for matter, list_ in zip(matters, lists, strict=True):
            self.assertEqual((matter.type_id.code, matter.waiting, matter.asked_by), ("1.2.2", "client", "us"))
            self.assertEqual((matter.res_model, matter.res_id), (list_._name, list_.id))
            self.assertEqual(set(matter.interaction_ids.mapped("type_id.code")), {"1.2.2"})
            self.assertFalse(matter.interaction_ids.proposed_matter_id)

    def test_letter_about_two_new_lists_opens_both(self):
        letter = self.run_job()
        self.assert_one_matter_each(self.lists)
        rows = self.env["crm.interaction"].search([("message_id", "=", letter.message_id.id)])
        self.assertEqual((len(rows), sum(rows.mapped("interaction_count"))), (2, 1), "two purposes, one interaction")
        self.assertEqual((rows - letter.interaction_id).split_from_id, letter.interaction_id)
        self.assertEqual(rows.mapped("state"), ["confirmed"] * 2)

    def test_letter_about_three_new_lists_opens_all(self):
        lists = self.lists | self.make_list(period="2026-08-01", names=("Contract",))
        self.run_job()
        self.assert_one_matter_each(lists)

    def test_matters_of_one_letter_are_told_apart(self):
        self.make_list(period="2026-07-01", period_length="quarter", names=("Contract",))
        letter = self.run_job()
        matters = self.env["crm.interaction.request.list"].search([], order="period").matter_id
        self.assertEqual(set(matters.interaction_ids.mapped("subject")), {letter.subject})
        periods = ["Q3 2026", "September 2026", "October 2026"]
        seen = matters.with_user(self.accountant)
        self.assertEqual(seen.mapped("subject"), [f"Documents for {period}" for period in periods])
        self.env["res.lang"]._activate_lang("ru_RU")
        self.assertEqual(seen.with_context(lang="ru_RU")[1].subject, "Документы за сентябрь 2026")

    def test_question_about_a_list_keeps_its_subject(self):
        values = {"code": "message_in", "record": self.list, "partner": self.ivan, "subject": "Which account?"}
        question = self.capture(MONDAY, **values)
        self.assertEqual(question.matter_id.with_user(self.accountant).subject, "Which account?")

    def test_reminder_is_one_interaction_of_one_list(self):
        self.run_job()
        purposes = self.captured(self.list) | self.captured(self.september)
        reminder = self.run_job(MONDAY + WEEK)
        of_reminder = self.env["crm.interaction"].search([("message_id", "=", reminder.message_id.id)])
        self.assertEqual(of_reminder, reminder.interaction_id)
        self.assertNotIn(of_reminder, purposes)
        self.assert_one_matter_each(self.lists)

    def test_letters_to_two_persons_open_each_matter_once(self):
        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.invoices.partner_id = olga
        self.make_list(period="2026-08-01", names=("Contract",)).item_ids.partner_id = olga
        self.run_job()
        self.assert_one_matter_each(self.env["crm.interaction.request.list"].search([]))

    def test_ignored_letter_takes_its_lists_along(self):
        letter = self.run_job()
        letter.interaction_id.tag({"state": "ignored"})
        self.assertFalse(self.lists.matter_id.filtered("is_open"))

    def test_each_list_is_answered_by_its_own_documents(self):
        self.run_job()
        self.hand_over(self.september.item_ids, ("act.pdf", b"act"))
        matters = self.september.matter_id, self.list.matter_id
        self.assertEqual([matter.waiting for matter in matters], ["nobody", "client"])

    def test_answered_list_that_asks_again_waits_again(self):
        self.run_job()
        self.hand_over(self.statement, ("a.pdf", b"a"))
        self.hand_over(self.invoices, ("b.pdf", b"b"))
        self.assertEqual(self.list.matter_id.waiting, "nobody")
        self.list.item_ids.create({"list_id": self.list.id, "name": "Contract"})
        self.run_job(MONDAY + WEEK)
        self.assert_one_matter_each(self.lists)

    def test_submission_for_two_lists_is_one_interaction(self):
        self.run_job()
        items = self.statement | self.september.item_ids
        files = {item.id: {"files": [(item.name, b"%d" % item.id)]} for item in items}
        with freeze_time(MONDAY + timedelta(days=1)):
            handovers = items._hand_over(self.ivan, files)
        rows = handovers.interaction_id
        self.assertEqual((len(rows), sum(rows.mapped("interaction_count"))), (2, 1), "two purposes")
        self.assertEqual(set(rows.mapped("type_id.code")), {"1.1.1"})
        self.assertEqual([list_.matter_id.waiting for list_ in (self.list, self.september)], ["client", "nobody"])

    def test_mail_answers_the_list_of_its_documents(self):
        letter = self.run_job()
        self.assertEqual(letter.list_id, self.september)
        mail = self.capture(MONDAY + timedelta(hours=1), code="message_in", record=self.september, partner=self.ivan)
        files = {item.id: {"files": [(item.name, b"%d" % item.id)]} for item in self.list.item_ids}
        with freeze_time(MONDAY + timedelta(days=1)):
            handover = self.list.item_ids._hand_over(self.ivan, files, how="mail", interaction=mail)
        self.assertEqual(handover.interaction_id.split_from_id, mail)
        self.assertEqual((handover.interaction_id.type_id.code, self.list.matter_id.waiting), ("1.1.1", "nobody"))
        self.assertEqual(self.list.matter_id.closed_how, "answered")
        self.assertEqual(sum((mail | handover.interaction_id).mapped("interaction_count")), 1)
