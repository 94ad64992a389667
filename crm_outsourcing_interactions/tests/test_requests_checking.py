from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form
from odoo.tests.common import tagged

from .requests_common import DAY, MONDAY, RequestCase


@tagged("post_install", "-at_install")
class TestRequestChecking(RequestCase):
    """Test what the accountant decides about items, with our group only."""

    def handed(self):
        return self.list.interaction_ids.filtered(lambda row: row.event == "documents_handed_over").sorted("id")

    def give_back(self, item, reason="The stamp is missing"):
        """Return an item as the dialog does."""
        action = item.action_ask_return()
        wizard = self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"])
        wizard.create({"reason": reason}).action_return()

    def test_list_closes_with_its_last_item(self):
        self.hand_over(self.statement, ("a.pdf", b"a"))
        self.statement.action_accept()
        self.assertEqual((self.statement.state, self.list.state), ("accepted", "open"))
        with self.assertRaisesRegex(UserError, "outstanding"):
            self.list.action_close()
        self.invoices.action_not_applicable()
        self.assertEqual((self.list.state, self.list.done_count), ("closed", 2))

    def test_returned_item_is_replaced(self):
        matter = self.ask().matter_id
        for item in self.list.item_ids:
            self.hand_over(item, ("a.pdf", b"a"))
        self.assertEqual(matter.waiting, "nobody")
        self.give_back(self.statement)
        self.assertEqual((self.statement.state, self.statement.return_reason), ("returned", "The stamp is missing"))
        self.assertEqual(matter.waiting, "client", "what is returned was no answer")
        self.hand_over(self.statement, ("b.pdf", b"b"))
        self.assertEqual((self.statement.state, matter.waiting), ("handed_over", "nobody"))
        self.assertEqual(self.handed().mapped("matter_mark"), ["part", "part", False])
        self.list.item_ids.action_accept()
        self.assertEqual(self.list.state, "closed")
        self.assertEqual(matter.interaction_count, 4, "one request, three hand-overs")
        self.assertNotEqual(self.statement.remark, self.statement.return_reason)

    @freeze_time(MONDAY - DAY)
    def test_dialog_says_when_the_client_learns_of_a_return(self):
        self.hand_over(self.statement, ("a.pdf", b"a"))
        person, company = self.statement.partner_id.sudo(), self.env.company.sudo()

        def notice():
            action = self.statement.with_user(self.accountant).action_ask_return()
            dialog = self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"])
            return Form(dialog).notice

        company.interaction_letter_weekday = False
        self.assertIn("Letters go by hand only", notice())
        company.interaction_letter_weekday = "0"
        self.assertIn(f"{person.name} reads it in the letter of Monday", notice())
        person.interaction_notify = "at_once"
        self.assertEqual(notice(), f"{person.name} is notified at once.")
        person.email = False
        self.assertIn("No letter goes to", notice())

    def test_correction_returns_nothing_unread(self):
        self.hand_over(self.statement, ("a.pdf", b"a"))
        with self.assertRaisesRegex(UserError, "reason"):
            self.give_back(self.statement, reason="  ")
        self.give_back(self.statement)
        action = self.statement.action_ask_return()
        dialog = self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"])
        correction = dialog.create({"reason": "Page 2 is missing"})
        correction.action_return()
        self.assertEqual(self.statement.return_reason, "Page 2 is missing")
        self.hand_over(self.statement, ("b.pdf", b"b"))
        with self.assertRaisesRegex(UserError, "in the meantime"):
            correction.action_return()
        self.assertEqual(self.statement.state, "handed_over")

    def test_only_what_was_handed_over_is_returned(self):
        with self.assertRaisesRegex(UserError, "not handed over"):
            self.give_back(self.statement)

    def test_decision_is_taken_back(self):
        self.hand_over(self.statement, ("a.pdf", b"a"))
        self.vector.interaction_files_on = "client"
        self.statement.action_accept()
        self.invoices.action_not_applicable()
        self.list.item_ids.action_reopen()
        self.assertEqual((self.statement.state, self.invoices.state), ("handed_over", "open"))
        self.assertEqual(self.list.state, "open")
        self.assertEqual(self.statement.sudo().attachment_ids.res_model, self.statement._name)

    def passed_on(self, item, person):
        """Return the warning that the form shows when an item is passed on."""
        new = item.new({"partner_id": person.id}, origin=item)
        return (new._onchange_partner_id() or {}).get("warning", {}).get("message", "")

    def test_decisions_about_two_lists_are_taken_back(self):
        items = self.list.item_ids | self.make_list(period="2026-09-01").item_ids
        items.with_user(self.accountant).action_accept()
        items.with_user(self.accountant).action_reopen()
        self.assertEqual((set(items.mapped("state")), set(items.list_id.mapped("state"))), ({"open"}, {"open"}))

    def test_staff_learn_that_a_successor_sees_the_files(self):
        boris = self.make_contact(name="Boris", parent_id=self.vector.id)
        self.assertFalse(self.passed_on(self.statement, boris))
        self.hand_over(self.statement, ("a.pdf", b"a"))
        self.assertIn("Boris will see the files", self.passed_on(self.statement, boris))
        self.assertFalse(self.passed_on(self.statement, self.ivan))
        new = self.list.new({"audience": "client"}, origin=self.list)
        self.assertIn("All contacts", new._onchange_audience()["warning"]["message"])

    def test_confidential_item_with_files_gets_no_other_person(self):
        boris = self.make_contact(name="Boris", parent_id=self.vector.id)
        payroll = self.env["crm.interaction.service"].search([("is_confidential", "=", True)], limit=1)
        (self.statement | self.invoices).service_id = payroll
        self.hand_over(self.statement, ("a.pdf", b"a"))
        with self.assertRaisesRegex(ValidationError, "confidential"), self.cr.savepoint():
            self.statement.partner_id = boris
        self.statement._return("Too old")
        with self.assertRaisesRegex(ValidationError, "confidential"), self.cr.savepoint():
            self.statement.partner_id = boris
        self.invoices.write({"service_id": False, "partner_id": boris.id})
        self.hand_over(self.invoices, ("b.pdf", b"b"), person=boris)
        self.invoices.partner_id = self.ivan
        with self.assertRaisesRegex(ValidationError, "confidential"), self.cr.savepoint():
            self.invoices.service_id = payroll

    def test_reason_of_a_return_is_corrected(self):
        self.hand_over(self.statement, ("a.pdf", b"a"))
        self.give_back(self.statement)
        told = self.env["crm.interaction.notice"].search_count([])
        action = self.statement.action_ask_return()
        self.assertEqual(action["context"]["default_reason"], "The stamp is missing")
        self.give_back(self.statement, "The signature is missing")
        self.assertEqual((self.statement.state, self.statement.return_reason), ("returned", "The signature is missing"))
        self.assertEqual(self.env["crm.interaction.notice"].search_count([]), told, "it is told once")

    def test_accepted_files_stay_by_default(self):
        self.hand_over(self.statement, ("a.pdf", b"a"))
        self.statement.action_accept()
        self.assertEqual(self.statement.sudo().attachment_ids.res_id, self.statement.id)
        self.assertIn(self.accountant.name, self.list.files_readers)

    def test_accepted_item_that_gets_a_file_is_to_check(self):
        self.hand_over(self.statement, ("a.pdf", b"a"))
        self.statement.action_accept()
        self.hand_over(self.statement, ("b.pdf", b"b"))
        self.assertEqual(self.statement.state, "handed_over")

    def test_same_file_again_answers_the_return(self):
        self.hand_over(self.statement, ("a.pdf", b"a"))
        self.give_back(self.statement)
        self.assertFalse(self.hand_over(self.statement, ("empty.pdf", b"")))
        self.assertTrue(self.hand_over(self.statement, ("a.pdf", b"a")), "it is right, says the client")
        self.assertFalse(self.hand_over(self.statement, ("a.pdf", b"a")), "a double click")
        self.assertEqual((self.statement.state, len(self.statement.attachment_ids)), ("handed_over", 1))

    def test_list_that_was_answered_keeps_client_and_month(self):
        self.hand_over(self.statement, ("a.pdf", b"a"))
        beta = self.make_client(name="Beta", user_id=self.accountant.id)
        for vals in ({"commercial_partner_id": beta.id}, {"period": "2026-09-01"}):
            with self.assertRaisesRegex(ValidationError, "has files or answers"), self.cr.savepoint():
                self.list.write(vals)

    def test_files_of_clients_are_not_deleted(self):
        self.hand_over(self.statement, ("a.pdf", b"a"))
        with self.assertRaisesRegex(UserError, "belongs to"):
            self.statement.attachment_ids.unlink()
        self.statement.sudo().attachment_ids.copy({"res_model": False, "res_id": 0}).unlink()

    def test_nothing_is_requested_after_the_contract(self):
        self.vector.interaction_client_until = "2026-01-31"
        with self.assertRaisesRegex(UserError, "has ended"):
            self.make_list(period="2026-11-01")

    def test_colleagues_decide_nothing(self):
        stranger = self.make_staff(login="other.user", groups="crm_outsourcing_interactions.group_user")
        for method in ("action_accept", "action_not_applicable", "action_ask_return", "action_reopen"):
            with self.assertRaises(AccessError):
                getattr(self.statement.with_user(stranger), method)()

    def test_merged_clients_merge_their_lists(self):
        other = self.make_client(name="Vector Ltd", user_id=self.accountant.id)
        second = self.make_list(other)
        self.ask()
        self.hand_over(second.item_ids[0], ("a.pdf", b"a"), person=other)
        kept = second.item_ids | self.list.item_ids
        letter = {"list_id": second.id, "partner_id": self.ivan.id, "company_id": second.company_id.id}
        letter = self.env["crm.interaction.request.letter"].create({**letter, "week": "2026-11-02"})
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.vector | other).ids, self.vector)
        self.env.invalidate_all()
        self.assertFalse(second.exists())
        self.assertEqual(self.list.item_ids, kept)
        self.assertEqual(kept.commercial_partner_id, self.vector)
        self.assertEqual(len(self.list.interaction_ids), 2)
        self.assertEqual(len(self.list.handover_ids), 1)
        self.assertEqual(letter.list_id, self.list, "reminders go on counting")

    def test_merge_shows_items_to_their_persons_only(self):
        other = self.make_client(name="Vector Ltd", user_id=self.accountant.id)
        self.make_contact(name="Office", email="office@vector.example.com", parent_id=other.id)
        kept = self.make_list(other, audience="client")
        item = self.invoices
        item.service_id = self.env["crm.interaction.service"].search([("is_confidential", "=", True)], limit=1)
        self.assertTrue(item.service_id)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.vector | other).ids, other)
        self.env.invalidate_all()
        self.assertEqual((item.list_id, item.partner_id), (kept, self.ivan))
        self.assertEqual(kept.audience, "person")
