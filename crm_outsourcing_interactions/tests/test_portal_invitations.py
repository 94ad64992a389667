from odoo.exceptions import UserError
from odoo.tests.common import tagged
from odoo.tools.safe_eval import safe_eval

from ..models.events.groups import MANAGER
from .test_portal_documents import DocumentsCase
from .test_requests_bounces import RETURNED


@tagged("post_install", "-at_install")
class TestPortalInvitations(DocumentsCase):
    """Test whom *Personal Accounts* lists, failed invitations, and revoked links."""

    def listed(self, *domain):
        """Return who is listed to managers in *Personal Accounts*."""
        people = self.env["res.partner"].with_user(self.boss)
        return people.search([*safe_eval(people.action_interaction_accounts()["domain"]), *domain])

    def test_accountants_list_people_of_their_clients(self):
        people = self.env["res.partner"].with_user(self.accountant)
        listed = people.search(people.action_interaction_accounts()["domain"])
        self.assertEqual(listed, (self.anna | self.boris).partner_id)

    def test_list_without_people_does_not_say_that_they_were_invited(self):
        own = self.env["res.company"].create({"name": "Second Firm"})
        reader = self.make_staff(login="second", groups=MANAGER, company_id=own.id, company_ids=own.ids)
        action = self.env["res.partner"].with_user(reader).action_interaction_accounts()
        self.assertNotIn("has been invited", action["help"])
        self.assertIn("mark clients and add their contacts", action["help"])

    def make_new(self, **values):
        return self.env["res.partner"].create({"name": "New", "email": "new@alfa.example.com", **values})

    def test_whoever_counts_as_invited_is_listed(self):
        (self.alfa | self.beta).is_outsourcing_client = False
        self.beta.write({"is_company": True, "interaction_own_accountant_id": self.accountant.id})
        self.alfa.write({"is_company": True, "interaction_own_accountant_id": self.accountant.id})
        alone = self.make_new(is_company=True, is_outsourcing_client=True)
        address = self.make_new(parent_id=self.alfa.id, type="invoice")
        stranger = self.make_new()
        listed = self.listed()
        people = (self.anna | self.boris | self.vera).partner_id | alone
        self.assertLessEqual(people, listed)
        self.assertFalse(listed & (address | stranger | self.alfa))
        use = self.env["crm.interaction.portal.use"].with_user(self.boss).search([])
        self.assertLessEqual(use.partner_id, listed)
        self.assertIn(alone.with_user(self.boss), self.listed(("interaction_account_state", "=", "never")))

    def test_failed_invitation_is_shown(self):
        new = self.make_new(parent_id=self.alfa.id)
        new.with_user(self.boss).action_interaction_invite()
        own, failed = new.with_user(self.boss), ("interaction_account_state", "=", "failed")
        self.assertEqual(own.interaction_account_state, "invited")
        mail = self.env["mail.mail"].search([("model", "=", "res.users"), ("res_id", "=", new.user_ids.id)])
        mail.state = "exception"
        own.invalidate_recordset()
        self.assertEqual((own.interaction_account_state, self.listed(failed)), ("failed", own))
        mail.state = "sent"
        own.invalidate_recordset()
        self.assertEqual(own.interaction_account_state, "invited")
        new.interaction_bounced_email = new.email
        own.invalidate_recordset()
        self.assertEqual((own.interaction_account_state, self.listed(failed)), ("failed", own))

    def test_invitation_that_came_back_is_shown(self):
        new = self.make_new(parent_id=self.alfa.id)
        own = new.with_user(self.boss)
        own.action_interaction_invite()
        mail = self.env["mail.mail"].search([("model", "=", "res.users"), ("res_id", "=", new.user_ids.id)])
        key = mail.message_id
        mail.unlink()  # as Odoo does when it has left
        for letter, state in (("<0@nowhere>", "invited"), (key, "failed")):
            text = RETURNED.format(key=state, letter=letter, address=new.email)
            self.env["mail.thread"].message_process("mail.thread", text)
            own.invalidate_recordset()
            self.assertEqual(own.interaction_account_state, state)

    def test_account_of_a_former_client_is_closed(self):
        new, anna, boris = self.make_new(parent_id=self.alfa.id), self.anna.partner_id, self.boris.partner_id
        people = (new | anna | boris).with_user(self.boss)
        self.page("/my", self.boris)
        self.assertEqual(people.mapped("interaction_account_state"), ["never", "invited", "seen"])
        self.alfa.interaction_client_until = "2026-01-01"
        self.assertEqual(people.mapped("interaction_account_state"), ["closed"] * 3)
        self.assertEqual(people.mapped("interaction_link_state"), ["none", "closed", "none"])
        self.assertEqual(self.listed(("interaction_account_state", "=", "closed")), people)
        self.assertEqual(self.listed(("interaction_link_state", "=", "closed")), anna)
        opened = ("never", "failed", "invited", "seen")
        self.assertFalse(self.listed(("interaction_account_state", "in", opened)) & people)
        self.assertFalse(self.listed(("interaction_link_state", "in", ("sent", "used"))) & people)
        self.assertEqual(self.listed(("interaction_account_state", "in", ("closed", "never"))) & people, people)
        with self.assertRaisesRegex(UserError, "no current client"):
            people.action_interaction_invite()

    def test_link_of_a_failed_letter_was_not_sent(self):
        anna, failed = self.anna.partner_id.with_user(self.accountant), ("interaction_link_state", "=", "failed")
        before = self.env["mail.mail"].search([])
        sending = self.env["crm.interaction.request.sending"].with_user(self.accountant)
        sending.create({"list_id": self.list.id}).action_send()
        mail = (self.env["mail.mail"].search([]) - before).filtered(lambda mail: anna in mail.recipient_ids)
        self.assertEqual(anna.interaction_link_state, "sent")
        mail.state = "exception"
        self.assert_link_state(anna, "failed")
        anna.action_interaction_send_link()
        self.assert_link_state(anna, "sent")
        self.anna.partner_id.interaction_bounced_email = anna.email
        self.assert_link_state(anna, "failed")
        self.link._by_code().last_used = "2026-11-01 10:00:00"
        self.assert_link_state(anna, "used")
        self.assertNotIn(anna, anna.search([failed]))

    def assert_link_state(self, person, state):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(person.interaction_link_state, state)
        self.assertIn(person.with_user(self.boss), self.listed(("interaction_link_state", "=", state)))

    def test_people_who_share_an_address_are_invited_once(self):
        first, second = (self.make_new(parent_id=self.alfa.id, email=email) for email in ("o@a.com", "O@A.com"))
        message = (first | second).with_user(self.boss).action_interaction_invite()["params"]["message"]
        self.assertEqual((first.user_ids.login, second.user_ids.ids), ("o@a.com", []))
        self.assertIn("1 person invited, left out", message)

    def test_second_invitation_goes_to_the_corrected_address(self):
        new = self.make_new(parent_id=self.alfa.id)
        own, mails = new.with_user(self.boss), self.env["mail.mail"]
        own.action_interaction_invite()
        mails.search([("model", "=", "res.users"), ("res_id", "=", new.user_ids.id)]).state = "exception"
        new.email = "right@alfa.example.com"
        own.action_interaction_invite()
        own.invalidate_recordset()
        self.assertEqual((new.user_ids.login, own.interaction_account_state), (new.email, "invited"))

    def test_invitation_needs_an_address_to_write_from(self):
        new = self.make_new(parent_id=self.alfa.id)
        self.env.company.email = self.boss.email = False
        with self.assertRaisesRegex(UserError, "e-mail address to write from"):
            new.with_user(self.boss).action_interaction_invite()
        self.assertFalse(new.user_ids)

    def test_revoked_link_is_not_expired(self):
        anna = self.anna.partner_id.with_user(self.accountant)
        self.link._by_code().expires = "2020-01-01"
        self.assertEqual(anna.interaction_link_state, "expired")
        anna.action_interaction_revoke_links()
        self.assertEqual(anna.interaction_link_state, "revoked")
        for state, found in (("revoked", anna), ("expired", anna.browse())):
            self.assertEqual(anna.search([("id", "=", anna.id), ("interaction_link_state", "=", state)]), found)
        with self.assertRaisesRegex(UserError, "not yours"):
            self.vera.partner_id.with_user(self.accountant).action_interaction_revoke_links()
        anna.action_interaction_send_link()
        self.assertEqual(anna.interaction_link_state, "sent")

    def test_new_link_is_offered_while_something_is_outstanding(self):
        anna = self.anna.partner_id.with_user(self.accountant)
        self.assertTrue(anna.interaction_is_link_needed)
        (self.statement | self.invoices).action_not_applicable()
        anna.invalidate_recordset()
        self.assertFalse(anna.interaction_is_link_needed)
