from datetime import timedelta

from freezegun import freeze_time
from lxml import html

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests.common import tagged

from ..controllers.portal_pages import account_pages
from .test_portal_documents import DocumentsCase


@tagged("post_install", "-at_install")
class TestPortalStaff(DocumentsCase):
    """Test what staff do: invite, revoke and preview."""

    def make_new(self, number=1):
        vals = [
            {"name": f"New {i}", "email": f"new{i}@alfa.example.com", "parent_id": self.alfa.id, "lang": "en_US"}
            for i in range(number)
        ]
        return self.env["res.partner"].create(vals)

    def states(self, people):
        return people.with_user(self.boss).mapped("interaction_account_state")

    def found(self, name, value, people):
        domain = [(name, "=", value), ("id", "in", people.ids)]
        return self.env["res.partner"].with_user(self.boss).search(domain)

    def test_only_managers_are_offered_invite(self):
        view = self.env.ref("crm_outsourcing_interactions.res_partner_view_list_accounts")
        for user, offered in ((self.boss, 1), (self.accountant, 0)):
            arch = html.fromstring(self.env["res.partner"].with_user(user).get_view(view.id, "list")["arch"])
            buttons = arch.xpath("//button[@name='action_interaction_invite'][@confirm]")
            self.assertEqual(len(buttons), offered, user.login)

    def test_login_and_link_are_two_states(self):
        new, boris, anna = self.make_new(), self.boris.partner_id, self.anna.partner_id
        people = new | boris | anna
        self.assertEqual(self.states(people), ["never", "invited", "invited"])
        self.link._of(new, self.env.company)
        self.page("/my", self.boris)
        self.link._by_code().last_used = "2026-11-01 10:00:00"
        self.assertEqual(self.states(people), ["never", "seen", "invited"])
        self.assertEqual(people.with_user(self.boss).mapped("interaction_link_state"), ["sent", "none", "used"])
        self.link.with_user(self.accountant).action_revoke()
        self.assertEqual(anna.with_user(self.boss).interaction_link_state, "revoked")
        for name, states in (
            ("interaction_account_state", ("never", "seen", "invited")),
            ("interaction_link_state", ("sent", "none", "revoked")),
        ):
            for person, state in zip(people, states, strict=True):
                with self.subTest(state=state):
                    self.assertEqual(self.found(name, state, people), person)
        self.assertEqual(self.found("interaction_link_state", "used", people), new.browse())

    def test_new_link_goes_at_once_and_ends_the_old_one(self):
        old, links = self.path(), self.link.with_user(self.accountant)
        links.action_revoke()
        before, known = self.env["mail.mail"].search([]), self.captured()
        action = self.anna.partner_id.with_user(self.accountant).action_interaction_send_link()
        self.assertEqual(action["params"]["type"], "success")
        mail = self.env["mail.mail"].search([]) - before
        self.assertEqual((len(mail), mail.recipient_ids), (1, self.anna.partner_id))
        self.assertIn(self.path(), mail.body_html)
        self.assertNotIn(self.path(), mail.mail_message_id.body)
        self.env.flush_all()
        self.assertIn("Bank statement", self.url_open(self.path()).text)
        self.assertEqual(self.url_open(old).status_code, 404)
        self.assertEqual(self.captured(), known, "an automatic mail is no interaction")

    def test_new_link_needs_address_and_request(self):
        links = self.link.with_user(self.accountant)
        with self.assertRaises(AccessError):
            self.link._of(self.vera.partner_id, self.env.company).with_user(self.accountant).action_send_new()
        self.anna.partner_id.email = False
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            links.action_send_new()
        self.anna.partner_id.email = "anna@example.com"
        (self.statement | self.invoices).action_not_applicable()
        with self.assertRaisesRegex(UserError, "nothing is requested"):
            links.action_send_new()

    def test_what_makes_a_link_is_read_by_nobody(self):
        names = {"nonce", "seal", "day", "tries", "files", "size"}
        self.assertTrue(names.isdisjoint(self.link.with_user(self.env.ref("base.user_admin")).fields_get()))

    def test_people_are_invited_at_once_by_one_letter_each(self):
        people = self.make_new(3)
        before = self.env["mail.mail"].search([])
        people.with_user(self.boss).action_interaction_invite()
        self.assertEqual(self.states(people), ["invited"] * 3)
        self.assertTrue(all(user.has_group("base.group_portal") for user in people.user_ids))
        mails = self.env["mail.mail"].search([]) - before
        self.assertEqual(len(mails), 3)
        self.assertEqual(people.user_ids.mapped("login"), people.mapped("email"))

    def test_nobody_is_invited_without_address_or_after_the_end(self):
        new = self.make_new()
        new.email = False
        with self.assertRaises(UserError):
            new.with_user(self.boss).action_interaction_invite()
        new.email = "accountant@firm.example.com"
        self.accountant.login = "accountant@firm.example.com"
        with self.assertRaises(UserError):
            new.with_user(self.boss).action_interaction_invite()
        new.email = "new@alfa.example.com"
        self.alfa.interaction_client_until = self.ended
        with self.assertRaises(UserError):
            new.with_user(self.boss).action_interaction_invite()
        with self.assertRaises(AccessError):
            new.with_user(self.accountant).action_interaction_invite()

    def test_accountant_revokes_a_link(self):
        path = self.path()
        self.anna.partner_id.with_user(self.accountant).action_interaction_revoke_links()
        self.env.flush_all()
        self.assertEqual(self.url_open(path).status_code, 404)

    def preview(self, person, user):
        """Return the path that the button opens."""
        return person.with_user(user).action_interaction_preview()["url"]

    def test_preview_is_that_of_the_person_and_recorded(self):
        path, key = self.preview(self.anna.partner_id, self.accountant).split("?")
        self.assertIn("previewed", self.anna.partner_id.message_ids[:1].body)
        messages = self.anna.partner_id.message_ids
        page = self.page(f"{path}?{key}", self.accountant)
        self.assertIn("Bank statement", page)
        self.assertNotIn("Payslips", page)
        self.assertIn("disabled", page)
        for name in list(account_pages(self.env))[1:]:
            self.assertIn(f"/{name}?{key}", page)
            with self.subTest(name):
                other = html.fromstring(self.page(f"{path}/{name}?{key}", self.accountant))
                self.assertEqual(other.xpath("//nav[@aria-label='Preview']//@aria-current"), ["page"])
                self.assertFalse(other.xpath("//main//form//button[not(@disabled)]"))
        self.page(f"{path}/link?{key}", self.accountant, 404)
        self.page(f"{path}/nonsense?{key}", self.accountant, 404)
        self.assertEqual(self.anna.partner_id.message_ids, messages, "nothing changes on GET")
        self.assertEqual(self.session.uid, self.accountant.id)

    def test_preview_is_in_the_language_and_time_zone_of_the_person(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env["ir.module.module"]._load_module_terms(["crm_outsourcing_interactions"], ["ru_RU"])
        self.anna.write({"lang": "ru_RU", "tz": "Asia/Vladivostok"})
        with freeze_time("2026-10-31 21:00:00"):
            self.asks(self.anna)
        path, key = self.preview(self.anna.partner_id, self.accountant).split("?")
        page = self.page(f"{path}/questions?{key}", self.accountant)
        self.assertIn("1 ноября 2026", page, "the day in Vladivostok")
        self.assertIn("1 ноября 2026", self.page("/ru/my/interactions/questions", self.anna))
        self.assertEqual(self.accountant.lang, "en_US")

    def test_preview_without_a_login_is_the_page_of_the_link(self):
        new = self.make_new()
        self.statement.partner_id = new
        url = self.preview(new, self.accountant)
        page = self.page(url, self.accountant)
        self.assertIn("Bank statement", page)
        self.assertNotIn("Invoices", page)
        self.assertIn("This link is for you only", page)
        self.assertIn("disabled", page)
        self.assertFalse(new.interaction_link_ids, "a preview makes no link")
        path, key = url.split("?")
        self.page(f"{path}/statement?{key}", self.accountant, 404)
        second = self.env["res.company"].create({"name": "Second Firm"})
        deed = Command.create({"name": "Deed", "partner_id": new.id})
        vals = {"commercial_partner_id": self.alfa.id, "company_id": second.id, "period": "2026-10-01"}
        self.env["crm.interaction.request.list"].create({**vals, "item_ids": [deed]}).action_open()
        self.statement.action_not_applicable()
        self.assertNotIn("Deed", self.page(url, self.accountant))
        self.accountant.company_ids += second
        self.assertIn("Deed", self.page(url, self.accountant))

    def test_statement_is_that_of_the_companies_of_the_visitor(self):
        second = self.env["res.company"].create({"name": "Second Firm"})
        self.asks(self.anna, company=second)
        path, key = self.preview(self.anna.partner_id, self.accountant).split("?")
        none = "Your interactions with us will appear here"
        self.assertIn(none, self.page(f"{path}/statement?{key}", self.accountant))
        self.accountant.company_ids += second
        self.assertNotIn(none, self.page(f"{path}/statement?{key}", self.accountant))

    def test_preview_shows_no_text_of_a_rating(self):
        self.env["rating.rating"]._interaction_rate(self.anna.partner_id, 1, "Nobody calls back")
        path, key = self.preview(self.anna.partner_id, self.accountant).split("?")
        self.assertNotIn("Nobody calls back", self.page(f"{path}/rating?{key}", self.accountant))

    def test_preview_shows_the_companies_of_the_visitor(self):
        second = self.env["res.company"].create({"name": "Second Firm"})
        item = Command.create({"name": "Deed", "partner_id": self.anna.partner_id.id})
        vals = {"commercial_partner_id": self.alfa.id, "company_id": second.id, "period": "2026-10-01"}
        other = self.env["crm.interaction.request.list"].create({**vals, "item_ids": [item]})
        other.action_open()
        handed = self.env["crm.interaction.request.list"].create({**vals, "period": "2026-09-01", "item_ids": [item]})
        handed.action_open()
        deed = handed.item_ids
        deed._hand_over(self.anna.partner_id, {deed.id: {"files": [("deed.pdf", b"1")]}}, how="login")
        path, key = self.preview(self.anna.partner_id, self.accountant).split("?")
        shown = {"": "Deed", "/handed": "deed.pdf"}
        for page, text in shown.items():
            self.assertNotIn(text, self.page(f"{path}{page}?{key}", self.accountant))
        self.accountant.company_ids += second
        for page, text in shown.items():
            self.assertIn(text, self.page(f"{path}{page}?{key}", self.accountant))

    def test_preview_is_for_those_who_see_the_client(self):
        path = self.preview(self.vera.partner_id, self.boss)
        self.page(path, self.boss)
        for user in (self.accountant, self.anna, self.vera):
            self.page(path, user, 404)
            with self.assertRaises(AccessError):
                self.preview(self.vera.partner_id, user)
        new = self.make_new()
        new.email = False
        with self.assertRaisesRegex(UserError, "neither a login nor"):
            self.preview(new, self.boss)

    def test_preview_ends_after_an_hour_and_is_for_who_opened_it(self):
        path = self.preview(self.anna.partner_id, self.accountant)
        self.page(path, self.auditor, 404)
        self.page(path.partition("?")[0], self.accountant, 404)
        self.page(f"{path}x", self.accountant, 404)
        self.page(path.replace(str(self.anna.partner_id.id), str(self.boris.partner_id.id), 1), self.accountant, 404)
        with freeze_time(fields.Datetime.now() + timedelta(hours=1, minutes=1)):
            self.page(path, self.accountant, 404)
