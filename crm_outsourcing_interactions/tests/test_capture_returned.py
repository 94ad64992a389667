from odoo.tests.common import tagged

from .common import ClientMailCase


@tagged("post_install", "-at_install")
class TestCaptureReturned(ClientMailCase):
    """Test that own mail returned by a list with another Message-Id counts once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.task = cls.make_task(project_id=cls.project.id, partner_id=cls.contact.id)

    def receive_own(self, key, **values):
        """Receive a mail of the staff to Anna with an alias in copy; return how many are logged now."""
        defaults = {
            "sender": "Staff <staff@firm.example.com>",
            "to": "bookkeeping@firm.example.com, anna@client.example.com",
            "body": "Please send us the act by Friday.",
        }
        self.receive(key=key, **{**defaults, **values})
        return len(self.captured())

    def test_copy_of_a_list_counts_once(self):
        self.assertEqual(self.receive_own("original"), 1)
        footer = "Please send us the act by Friday.\n\nOffice list"
        self.assertEqual(self.receive_own("copy", subject="[Office] Question", body=footer), 1)

    def test_another_mail_counts(self):
        self.receive_own("original")
        self.assertEqual(self.receive_own("text", body="The act is here, thank you very much."), 2)
        self.assertEqual(self.receive_own("subject", subject="Another question"), 3)
        self.assertEqual(self.receive_own("later", date="Date: Mon, 02 Nov 2026 09:00:01 +0000\n"), 4)
        self.make_contact(parent_id=self.make_client(name="Beta").id, email="boris@beta.example.com")
        project = self.make_project(alias_name="payroll")
        self.assertFalse(project.partner_id)
        self.assertEqual(self.receive_own("client", to="payroll@firm.example.com, boris@beta.example.com"), 5)
        colleague = self.make_staff("colleague")
        self.assertEqual(self.receive_own("colleague", sender=colleague.email), 6)

    def test_mail_of_odoo_that_comes_back_counts_once(self):
        message = self.task.with_user(self.staff).message_post(
            body="Please send us the act by Friday.", message_type="comment", subtype_xmlid="mail.mt_comment",
            partner_ids=self.contact.ids, subject="Act",
        )  # fmt: skip
        self.assertEqual(len(self.captured()), 1)
        date = f"Date: {message.date:%a, %d %b %Y %H:%M:%S} +0000\n"
        body = "Month end\nPlease send us the act by Friday.\nOffice list"
        self.assertEqual(self.receive_own("back", subject="[Office] Act", date=date, body=body), 1)
        answer = "We have found the act, so nothing is to be sent any more. Please do not send us anything else."
        self.assertEqual(self.receive_own("answer", subject="Re: Act", date=date, body=answer), 2)

    def test_history_counts_once(self):
        self.receive_own("original")
        self.receive_own("copy", subject="[Office] Question")
        self.captured()._by_code().unlink()
        replay = self.env["crm.interaction.replay"].create({"date_from": "2026-11-01", "date_to": "2026-12-01"})
        for _once, _again in enumerate("ab"):
            replay.action_run()
            while replay.state == "running":
                replay._run_batch()
            self.assertEqual(len(self.captured()), 1)
            replay = replay.copy()
