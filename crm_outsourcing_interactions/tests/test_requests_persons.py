from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests.common import tagged

from .requests_common import MONDAY, WEEK, LetterCase


@tagged("post_install", "-at_install")
@freeze_time(MONDAY - timedelta(days=3))
class TestRequestPersons(LetterCase):
    """Test items of nobody, of another person, and of contacts with several addresses."""

    def test_accountant_learns_of_items_asked_of_nobody(self):
        self.statement.partner_id = False
        self.run_job()
        self.assertIn("Bank statement (no contact is selected)", self.activities().note)
        self.assertNotIn("Invoices", self.activities().note)
        self.ivan.unlink()
        self.run_job(MONDAY + WEEK)
        self.assertEqual(self.activities().summary, "Follow up on missing documents: 2 items")

    def test_nobody_else_gets_the_link_of_a_person(self):
        links = self.env["crm.interaction.portal.link"]
        link = links._of(self.ivan, self.env.company)
        token = link._url().rpartition("/")[2]
        self.ivan.email = "Ivan <ivan@vector.example.com>, olga@vector.example.com"
        self.assertFalse(links._find(token))
        self.assertFalse(links._find(link._url().rpartition("/")[2]), "both have received it")
        self.assertFalse(self.run_job())
        self.assertIn("several e-mail addresses", self.activities().note)
        with self.assertRaisesRegex(UserError, "several e-mail addresses"):
            link.action_send_new()
        shared = link._url().rpartition("/")[2]
        self.ivan.email = "ivan@vector.example.com"
        self.assertFalse(links._find(shared))
        self.assertTrue(self.run_job(MONDAY + WEEK))

    def test_another_person_is_asked_anew(self):
        self.vector.interaction_reminders = "0"
        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.run_job()
        self.statement.partner_id = olga
        letter = self.run_job(MONDAY + WEEK)
        self.assertEqual((letter.partner_id, letter.item_ids), (olga, self.statement))
        self.assertFalse(self.run_job(MONDAY + 2 * WEEK))
        self.assertIn("Bank statement (Olga)", self.activities().note)

    def test_list_names_what_no_letter_asks_for_again(self):
        self.vector.interaction_reminders = "1"
        self.run_job()
        self.assertFalse(self.list.no_letter_about)
        self.run_job(MONDAY + WEEK)
        self.env.invalidate_all()
        self.assertEqual(self.list.with_user(self.accountant).no_letter_about, "Bank statement, Invoices")

    def test_only_person_who_is_asked_is_suggested_in_the_chatter(self):
        def suggested():
            found = self.list.with_user(self.accountant)._message_get_suggested_recipients()
            return [recipient["partner_id"] for recipient in found if recipient["partner_id"] in people.ids]

        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        people = self.ivan | olga | self.accountant.partner_id
        self.assertEqual(suggested(), self.ivan.ids)
        self.invoices.partner_id = olga
        self.assertFalse(suggested(), "not all of them may read it")
        self.list.audience = "client"
        self.assertEqual(set(suggested()), set((self.ivan | olga).ids))
