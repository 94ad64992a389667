from freezegun import freeze_time
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form
from odoo.tests.common import new_test_user, tagged
from odoo.tools import mute_logger

from .requests_common import GROUP, RequestCase


@tagged("post_install", "-at_install")
class TestRequestLists(RequestCase):
    """Test request lists as the accountant sees them: with our group only."""

    def test_list_is_named_by_month_and_client(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.assertEqual(self.list.display_name, "October 2026 · Vector")
        self.assertEqual(self.list.with_context(lang="ru_RU").display_name, "Октябрь 2026 · Vector")

    def test_person_due_and_responsible_are_filled_in(self):
        draft = self.make_list(period="2026-11-01", due="2026-12-10", state="draft")
        self.assertEqual(draft.user_id, self.accountant)
        self.assertEqual(draft.item_ids.partner_id, self.ivan)
        self.assertEqual({str(item.due) for item in draft.item_ids}, {"2026-12-10"})

    def test_form_proposes_a_due_day(self):
        with Form(self.env["crm.interaction.request.list"].with_user(self.accountant)) as form:
            form.commercial_partner_id = self.vector
            form.period = "2026-08-01"
            form.due = False
            form.period = "2026-07-01"
            self.assertEqual(str(form.due), "2026-08-10")
            with form.item_ids.new() as item:
                item.name = "Act"
                self.assertEqual(str(item.due), "2026-08-10")

    @freeze_time("2026-11-20 09:00")
    def test_form_promises_no_letter_where_none_goes(self):
        bare = self.make_contact(name="Bare", email=False, parent_id=self.vector.id)
        self.list.item_ids.due = "2026-11-10"
        shown = self.list.with_user(self.accountant)
        self.assertIn("2 due dates are in the past.", shown.past_due)
        self.assertFalse(shown.no_letter_to)
        self.statement.partner_id = bare
        self.assertIn("1 due date is in the past.", shown.past_due)
        self.assertEqual(shown.no_letter_to, "Bare: no e-mail address")
        self.invoices.partner_id = False
        self.assertEqual(
            (shown.past_due, shown.no_letter_to), ("", "Bare: no e-mail address; Invoices: no contact is selected")
        )
        bare.email = "bare@vector.example.com"
        self.assertEqual(shown.no_letter_to, "Invoices: no contact is selected")
        self.list.item_ids.action_not_applicable()
        self.assertFalse(shown.past_due or shown.no_letter_to)

    def test_remark_is_what_was_said_last(self):
        self.hand_over(self.statement, ("a.csv", b"1"), answer="Only one account")
        self.assertEqual(self.statement.remark, "Only one account")
        self.statement._return("September is missing")
        self.assertEqual(self.statement.remark, "September is missing")
        self.hand_over(self.invoices, not_applicable="None this month")
        self.assertEqual(self.invoices.remark, "None this month")
        self.assertEqual(self.statement.action_view()["target"], "new")

    def test_client_without_address_is_asked_itself(self):
        bare = self.make_client(name="Bare", user_id=self.accountant.id)
        self.make_contact(parent_id=bare.id, email=False)
        self.assertEqual(self.make_list(bare).item_ids.partner_id, bare)

    def test_person_for_documents_is_asked(self):
        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.vector.interaction_request_partner_id = olga
        self.assertEqual(self.make_list(period="2026-11-01").item_ids.partner_id, olga)
        olga.active = False
        self.assertEqual(self.make_list(period="2026-12-01").item_ids.partner_id, self.ivan)

    def test_one_list_per_client_and_month_while_open(self):
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.make_list(state="draft")
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.make_list(period="2026-10-02")

    def test_list_needs_a_client_not_a_contact(self):
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.make_list(self.ivan, period="2026-11-01")

    def test_empty_list_cannot_be_opened(self):
        with self.assertRaisesRegex(UserError, "no items"):
            self.make_list(period="2026-11-01", names=())

    def test_confidential_items_are_not_shown_to_all(self):
        payroll = self.env.ref("crm_outsourcing_interactions.service_payroll")
        self.assertTrue(payroll.is_confidential)
        self.list.audience = "client"
        with self.assertRaisesRegex(ValidationError, "confidential"), self.cr.savepoint():
            self.statement.service_id = payroll
        self.list.audience = "person"
        self.statement.service_id = payroll
        with self.assertRaisesRegex(ValidationError, "confidential"), self.cr.savepoint():
            self.list.audience = "client"

    def test_confidential_items_reach_no_list_for_all(self):
        payroll = self.env.ref("crm_outsourcing_interactions.service_payroll")
        public = self.make_list(period="2026-08-01", audience="client")
        self.statement.service_id = payroll
        with self.assertRaisesRegex(ValidationError, "confidential"), self.cr.savepoint():
            self.statement.list_id = public
        taxes = self.env.ref("crm_outsourcing_interactions.service_tax")
        public.item_ids[0].service_id = taxes
        with self.assertRaisesRegex(ValidationError, "to all contacts"), self.cr.savepoint():
            taxes.is_confidential = True

    def test_state_is_set_by_buttons_only(self):
        for record in (self.list, self.statement):
            with self.assertRaises(AccessError):
                record.write({"state": "accepted" if record == self.statement else "closed"})
        for name in ("attachment_ids", "answer", "handed_over_on", "added_instead_id"):
            with self.assertRaises(AccessError):
                self.statement.write({name: [(5,)] if name == "attachment_ids" else "2026-10-01 10:00:00"})

    def test_lists_of_other_clients_are_hidden(self):
        colleague = self.make_staff(login="other.user", groups=GROUP)
        self.hand_over(self.statement, ("a.pdf", b"a"))
        for record in (self.list, self.statement, self.list.handover_ids):
            self.assertFalse(record.with_user(colleague).search([("id", "in", record.ids)]))
            self.assertTrue(record.with_user(self.manager).search([("id", "in", record.ids)]))
            with self.assertRaises(AccessError):
                record.with_user(colleague).read(["company_id"])

    def test_list_of_another_company_is_hidden(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        foreign = self.env["crm.interaction.request.list"].create(
            {"commercial_partner_id": self.vector.id, "company_id": other.id, "period": "2026-10-01"}
        )
        self.assertFalse(foreign.with_user(self.accountant).search([("id", "=", foreign.id)]))
        self.assertFalse(foreign.with_user(self.manager).search([("id", "=", foreign.id)]))

    def test_clients_see_nothing_by_rpc(self):
        portal = new_test_user(self.env, "ivan.portal", groups="base.group_portal", partner_id=self.ivan.id)
        for name in ("request.list", "matter.item", "request.handover", "request.template"):
            with self.assertRaises(AccessError):
                self.env[f"crm.interaction.{name}"].with_user(portal).search([])

    def test_client_form_leads_to_closed_lists_too(self):
        vector = self.vector.with_user(self.accountant)
        self.list.item_ids.action_not_applicable()
        self.assertEqual((self.list.state, vector.interaction_request_list_count), ("closed", 1))
        action = vector.action_view_interaction_request_lists()
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), self.list)
        self.assertFalse({key for key in action["context"] if key.startswith("search_default")})

    def test_confidential_words_are_recognised_in_a_line(self):
        payroll = self.env.ref("crm_outsourcing_interactions.service_payroll")
        line = {"list_id": self.list.id, "name": "Payslips for September"}
        self.assertEqual(
            self.env["crm.interaction.matter.item"].with_user(self.accountant).create(line).service_id, payroll
        )
        with self.assertRaisesRegex(ValidationError, "is confidential"):
            self.list.with_user(self.accountant).audience = "client"

    def test_handed_over_items_are_not_deleted(self):
        self.hand_over(self.statement, ("a.pdf", b"a"))
        self.assert_kept(self.statement, "Accept it or mark it as not applicable")
        self.assert_kept(self.list, "Accept each item or mark it as not applicable")
        self.assertTrue(self.list.item_count > self.list.done_count, "as long as Close is not offered")
        self.vector.interaction_client_until = "2026-01-01"
        self.assert_kept(self.list, "Close the list instead")
        self.vector.interaction_client_until = False
        self.invoices.unlink()
        self.statement.action_accept()
        self.assert_kept(self.statement, "remains on its list")
        self.assert_kept(self.list, "remains as a closed list")

    def test_files_of_drafts_are_deleted_before_the_draft(self):
        draft = self.make_list(period="2026-11-01", names=("Act",), state="draft")
        file = self.env["ir.attachment"].with_user(self.accountant).create({"name": "act.txt", "raw": b"act"})
        file.write({"res_model": draft.item_ids._name, "res_id": draft.item_ids.id})
        draft.item_ids.added_file_ids = file
        self.assert_kept(draft.item_ids, "Delete them first")
        self.assert_kept(draft, "Delete them on its items first")
        draft.item_ids.added_file_ids = False
        draft.unlink()

    def assert_kept(self, record, text):
        with self.assertRaisesRegex(UserError, text), self.cr.savepoint():
            record.with_user(self.accountant).unlink()

    def test_confidential_service_remains_after_the_handover(self):
        self.statement.service_id = self.env.ref("crm_outsourcing_interactions.service_payroll")
        self.statement.service_id = False
        self.statement.service_id = payroll = self.env.ref("crm_outsourcing_interactions.service_payroll")
        self.hand_over(self.statement, ("pay.pdf", b"p"))
        for service in (False, self.env.ref("crm_outsourcing_interactions.service_tax").id):
            for vals in ({"service_id": service}, {"service_id": service, "partner_id": self.vector.id}):
                with self.assertRaisesRegex(UserError, "confidential"), self.cr.savepoint():
                    self.statement.write(vals)
        self.statement.write({"service_id": payroll.id, "note": "The same"})
        self.hand_over(self.invoices, ("a.pdf", b"a"))
        self.invoices.service_id = payroll

    def test_handed_over_items_remain_on_their_list(self):
        other = self.make_list(period="2026-08-01")
        self.hand_over(self.statement, ("a.pdf", b"a"))
        with self.assertRaisesRegex(UserError, "remains on its list"), self.cr.savepoint():
            self.statement.list_id = other
        self.statement.list_id = self.list
        self.invoices.list_id = other
        self.assertEqual(self.invoices.list_id, other)

    def test_persons_of_other_clients_are_refused(self):
        other = self.make_client(name="Other", user_id=self.accountant.id)
        eve = self.make_contact(name="Eve", email="eve@other.example.com", parent_id=other.id)
        with self.assertRaisesRegex(ValidationError, "no contact of Vector"), self.cr.savepoint():
            self.statement.partner_id = eve
        with self.assertRaisesRegex(ValidationError, "no contact of Vector"), self.cr.savepoint():
            self.statement.create({"list_id": self.list.id, "name": "Act", "partner_id": eve.id})
        self.statement.partner_id = False

    def test_person_for_documents_who_left_is_not_asked(self):
        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.vector.interaction_request_partner_id = olga
        olga.parent_id = self.make_client(name="Other")
        self.ivan.is_company = True
        self.assertEqual(self.make_list(period="2026-11-01").item_ids.partner_id, self.vector)

    def test_closed_lists_get_no_items(self):
        self.list.item_ids.action_not_applicable()
        self.assertEqual(self.list.state, "closed")
        for add in (
            lambda: self.statement.create({"list_id": self.list.id, "name": "Late"}),
            lambda: self.list.write({"item_ids": [Command.create({"name": "Late"})]}),
        ):
            with self.assertRaisesRegex(ValidationError, "Reopen it"), self.cr.savepoint():
                add()
        self.list.action_reopen()
        self.list.item_ids = [Command.create({"name": "Late"})]
        self.assertEqual(self.list.outstanding_count, 1)
