from freezegun import freeze_time

from odoo.tests.common import tagged

from .requests_common import GROUP, MONDAY, LetterCase


@tagged("post_install", "-at_install")
@freeze_time(MONDAY)
class TestRequestCheckActivity(LetterCase):
    """Test the activity of who is responsible for a list, while something is to check."""

    def checks(self):
        """Return the activities to check documents, also those done, the last one first."""
        return self.env["crm.interaction.matter"]._reminders_of(self.env.company, "documents")

    def hand_over_both(self):
        for item in self.list.item_ids:
            self.hand_over(item, ("a.pdf", b"a"))

    def test_hand_overs_give_one_activity_without_mail(self):
        mails = self.env["mail.mail"].search_count([])
        with freeze_time(MONDAY):
            self.hand_over_both()
        self.assertRecordValues(
            self.checks(),
            [
                {
                    "user_id": self.accountant.id,
                    "summary": "Check documents: 2 items",
                    "res_model": self.list._name,
                    "res_id": self.list.id,
                    "date_deadline": MONDAY.date(),
                    "activity_type_id": self.env.ref("crm_outsourcing_interactions.activity_type_documents").id,
                }
            ],
        )
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_deciding_about_the_last_item_does_the_activity(self):
        self.hand_over_both()
        counted = len(self.captured(self.list))
        self.statement.action_accept()
        activity = self.checks()
        self.assertEqual((activity.active, activity.summary), (True, "Check documents: 1 item"))
        self.invoices._return("The stamp is missing")
        self.assertFalse(activity.active)
        self.assertNotIn("1 item", self.list.message_ids[:1].body, "two were checked")
        self.assertEqual(len(self.captured(self.list)), counted, "it is no interaction")
        self.hand_over(self.invoices, ("b.pdf", b"b"))
        self.assertEqual(self.checks().mapped("active"), [True, False])
        self.invoices.action_accept()
        self.assertEqual((self.list.state, self.checks().mapped("active")), ("closed", [False, False]))
        self.invoices.action_reopen()
        self.assertEqual(self.checks().mapped("active"), [True, False, False])

    def test_second_activity_of_another_worker_is_removed(self):
        self.hand_over(self.statement, ("a.pdf", b"a"))
        self.checks().copy({"interaction_reminder": self.checks().interaction_reminder, "active": True})
        self.hand_over(self.invoices, ("b.pdf", b"b"))
        self.assertEqual(self.checks().mapped("summary"), ["Check documents: 2 items"])

    def test_closing_beyond_the_contract_does_the_activity(self):
        self.hand_over_both()
        self.vector.interaction_client_until = "2026-10-31"
        own = self.list.with_user(self.accountant)
        own.action_close()
        self.assertEqual((own.handed_over_count, self.checks().mapped("active")), (2, [False]))
        self.run_job()
        self.assertEqual(self.checks().mapped("active"), [False])
        own.action_reopen()
        self.assertEqual(self.checks().mapped("active"), [True, False])

    def test_deputy_has_the_activity_and_does_not_follow(self):
        followers = self.list.sudo().message_partner_ids
        successor = self.make_staff(login="successor", groups=GROUP)
        self.hand_over_both()
        self.assertEqual(self.checks().user_id, self.accountant)
        self.accountant.write(
            {
                "interaction_deputy_id": successor.id,
                "interaction_deputy_from": "2026-11-01",
                "interaction_deputy_until": "2026-11-30",
            }
        )
        self.run_job()
        self.assertEqual(self.checks().user_id, successor)
        self.run_job()
        self.assertEqual(len(self.checks()), 1)
        self.assertEqual(self.list.sudo().message_partner_ids, followers)

    def test_text_is_in_the_language_of_its_reader(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.accountant.lang = "ru_RU"
        self.hand_over_both()
        self.assertEqual(self.checks().summary, "Проверить документы: 2 позиции")

    def test_own_activities_on_the_list_stay(self):
        own = self.list.sudo().activity_schedule("mail.mail_activity_data_todo", user_id=self.accountant.id)
        self.hand_over_both()
        self.list.item_ids.action_accept()
        self.assertTrue(own.active)
