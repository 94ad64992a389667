from odoo.tests.common import new_test_user, tagged

from .unknown_sender_common import UnknownSenderCase

ANNA = "Anna <anna@client.example.com>"


@tagged("post_install", "-at_install")
class TestCaptureSeveral(UnknownSenderCase):
    """One person of several clients, and a client in the thread of another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.beta = cls.make_client(name="Beta")
        cls.betas = cls.make_project(partner_id=cls.beta.id, alias_name="beta", alias_contact="everyone")
        cls.boris = cls.make_contact(name="Boris", email="boris@beta.example.com", parent_id=cls.beta.id)
        cls.of_beta = cls.make_contact(name="Anna B", email="anna@client.example.com", parent_id=cls.beta.id)
        cls.make_project(alias_name="general", alias_contact="everyone")

    def open_thread(self, to="general"):
        """Receive Anna's first mail; return its interaction and the task, whose customer Odoo takes from the mail."""
        first = self.wait(sender=ANNA, to=f"{to}@firm.example.com", key=f"first.{to}")
        return first, self.env["project.task"].browse(first.res_id)

    def again(self, task, key="again"):
        """Receive a further mail of Anna in the thread."""
        sent = {"sender": ANNA, "to": "catchall@firm.example.com", "headers": self.reply_to(task), "key": key}
        interaction = self.wait(**sent)
        self.assertEqual((interaction.res_model, interaction.res_id), ("project.task", task.id))
        return interaction

    def reply_to(self, task):
        mails = task.message_ids.filtered(lambda message: message.message_type == "email")
        return f"In-Reply-To: {mails[:1].message_id}\n"

    def tell(self, task, *people):
        """Have staff answer; return what was logged."""
        before = self.everything()
        ids = [person.id for person in people]
        task.with_user(self.staff).sudo().message_post(
            body="Hello",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.staff.partner_id.id,
            partner_ids=ids,
        )
        return (self.everything() - before).with_env(self.env)

    def assert_open(self, interaction):
        self.assertRecordValues(interaction, [{"commercial_partner_id": False, "state": "to_review"}])
        self.assertEqual(interaction.why["code"], "address_of_several")

    # --- one person, several clients --------------------------------------------------------

    def test_nothing_is_decided_by_what_odoo_filled_in(self):
        first, task = self.open_thread()
        self.assertIn(task.partner_id, self.anna | self.of_beta)
        self.assert_open(first)
        self.assert_open(self.again(task))
        self.assert_open(self.tell(task, self.anna, self.of_beta))

    def test_customer_filled_in_after_a_notice_of_odoo_decides_nothing(self):
        self.team.user_id = self.staff  # Odoo notes the assignment before it posts the mail
        first = self.wait(sender=ANNA, key="first")
        lead = self.env["crm.lead"].browse(first.res_id)
        self.assertEqual(lead.user_id, self.staff)
        self.assertIn(lead.partner_id, self.anna | self.of_beta)
        self.assert_open(first)

    def test_confirmed_once_the_thread_decides(self):
        first, task = self.open_thread()
        first.with_user(self.manager).write({"partner_id": self.of_beta.id})
        first.with_user(self.manager).tag({"type_id": self.type_("1.1.3").id})
        again = self.again(task)
        self.assertEqual((again.partner_id, again.why["code"]), (self.of_beta, "rule"))
        answer = self.tell(task, self.anna, self.of_beta)
        self.assertRecordValues(answer, [{"partner_id": self.of_beta.id, "direction": "outgoing"}])
        self.assertNotIn("several", answer.reason or "")

    def test_proposal_of_another_thread_decides_nothing(self):
        self.log(partner_id=self.of_beta.id, type_id=self.type_("1.1.3").id)
        first, task = self.open_thread()
        for interaction in (first, self.again(task), self.tell(task, self.anna)):
            self.assertRecordValues(interaction, [{"partner_id": self.of_beta.id, "state": "to_review"}])
            self.assertEqual(interaction.why["code"], "last_of_several")

    def test_project_decides_for_the_whole_thread(self):
        for client, alias in ((self.beta, "beta"), (self.alfa, "bookkeeping")):  # Odoo fills in Alfa's Anna for both
            with self.subTest(client.name):
                first, task = self.open_thread(alias)
                for interaction in (first, self.again(task, f"again.{alias}"), self.tell(task, self.anna)):
                    self.assertRecordValues(interaction, [{"commercial_partner_id": client.id}])
                    self.assertEqual(interaction.why["code"], "rule")

    def test_rule_confirms_in_the_thread_of_a_project(self):
        self.env.ref("crm_outsourcing_interactions.rule_gratitude").confirms = True
        sent = {"sender": ANNA, "to": "beta@firm.example.com", "body": "Thank you for your work"}
        self.assertRecordValues(self.wait(**sent), [{"partner_id": self.of_beta.id, "state": "confirmed"}])

    def test_customer_set_by_a_person_decides(self):
        first, task = self.open_thread()
        answer = self.tell(task, self.anna)
        task.partner_id = other = self.of_beta if task.partner_id == self.anna else self.anna
        for interaction in (first, answer, self.again(task)):
            self.assertRecordValues(interaction, [{"partner_id": other.id}])
            self.assertNotIn("several", interaction.reason or "")

    def test_task_made_by_staff_for_one_of_them_decides(self):
        interaction = self.answer(sender=ANNA)
        self.assertRecordValues(interaction, [{"partner_id": self.anna.id}])
        self.assertNotIn("several", interaction.reason or "")

    def test_others_written_to_at_the_same_time_count(self):
        _first, task = self.open_thread("beta")
        answers = self.tell(task, self.anna, self.of_beta, self.boris)
        self.assertEqual(answers.commercial_partner_id, self.beta)
        self.assertEqual(len(answers), 1)

    def test_mail_of_staff_from_a_mail_program(self):
        _first, task = self.open_thread()
        to = "general@firm.example.com, anna@client.example.com"
        sent = self.wait(sender="Staff <staff@firm.example.com>", to=to, key="sent", headers=self.reply_to(task))
        self.assert_open(sent.filtered(lambda i: i.direction == "outgoing"))

    def test_portal_user_is_who_he_is(self):
        user = new_test_user(self.env, "anna.portal", groups="base.group_portal", partner_id=self.anna.id)
        task = self.make_task(partner_id=False)
        task.message_subscribe(self.anna.ids)
        before = self.everything()
        task.with_user(user).sudo().message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment", author_id=self.anna.id
        )
        self.assertEqual((self.everything() - before).commercial_partner_id, self.alfa)

    # --- a client in the thread of another -------------------------------------------------------

    def test_client_in_anothers_thread_is_reviewed(self):
        interaction = self.answer(sender="Boris <boris@beta.example.com>")
        self.assertRecordValues(
            interaction,
            [{"partner_id": self.boris.id, "state": "to_review", "reason": "Written in a thread of Alfa"}],
        )

    def test_confirmed_there_once_it_needs_no_review(self):
        first = self.answer(sender="Boris <boris@beta.example.com>")
        first.with_user(self.manager).tag({"type_id": self.type_("1.1.3").id})
        again = self.answer(sender="Boris <boris@beta.example.com>", key="2", body="And another thing")
        self.assertRecordValues(again, [{"partner_id": self.boris.id}])
        self.assertNotIn("thread", again.reason or "")

    def test_person_of_both_clients_is_the_threads(self):
        interaction = self.answer(sender=ANNA)
        self.assertNotIn("thread", interaction.reason or "")
        self.assertEqual(interaction.commercial_partner_id, self.alfa)

    def test_colleague_of_the_client_is_its_own(self):
        self.make_contact(name="Carl", email="carl@client.example.com", parent_id=self.alfa.id)
        interaction = self.answer(sender="carl@client.example.com")
        self.assertEqual(interaction.commercial_partner_id, self.alfa)
        self.assertNotIn("thread", interaction.reason or "")
