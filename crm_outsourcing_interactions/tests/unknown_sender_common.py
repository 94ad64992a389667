from odoo.tests.common import new_test_user

from .common import MailCase

TAX = "Office <office@tax.example.gov>"


class UnknownSenderCase(MailCase):
    """Set up a fresh installation: clients with a project and some contacts, often without a company address."""

    counted_clients = "customers"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alfa = cls.make_client(name="Alfa")
        cls.anna = cls.make_contact(parent_id=cls.alfa.id, email="Anna <anna@client.example.com>")
        cls.project = cls.make_project(partner_id=cls.alfa.id, alias_name="bookkeeping", alias_contact="everyone")
        cls.task = cls.make_task(project_id=cls.project.id, partner_id=cls.anna.id, user_ids=cls.staff.ids)
        cls.team = cls.env["crm.team"].create({"name": "Sales", "alias_name": "hello"})
        cls.team.alias_id.alias_contact = "everyone"

    def post(self):
        return self.task.with_user(self.staff).message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=self.anna.ids
        )

    def answer(self, **values):
        """Receive an answer in Anna's thread; return what was captured of it."""
        question = self.post()
        before = self.everything()
        self.receive(**{"headers": f"In-Reply-To: {question.message_id}\n", **values})
        return (self.everything() - before).with_env(self.env)

    def everything(self):
        return self.env["crm.interaction"]._everything().search([("event", "!=", False)])

    def wait(self, sender=TAX, key="1", to="hello@firm.example.com", **values):
        """Receive a mail of a stranger; return what waits."""
        before = self.everything()
        self.receive(sender=sender, to=to, key=key, **values)
        return (self.everything() - before).with_env(self.env)


class AssigningCase(UnknownSenderCase):
    """Set up ``user``, with the group of users only, who decides whose messages unknown senders' are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "only.user", groups="crm_outsourcing_interactions.group_user")

    def of_user(self, interactions):
        interactions.sudo().user_id = self.user
        return interactions.with_user(self.user)

    def assign(self, interactions, client):
        wizard = self.env["crm.interaction.sender"].with_user(self.user)
        wizard.create({"interaction_ids": interactions.ids, "partner_id": client.id}).action_assign()
