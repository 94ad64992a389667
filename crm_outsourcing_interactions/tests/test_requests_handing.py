import doctest
import io

from PIL import Image

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests.common import new_test_user, tagged

from ..models.requests import file_names
from .requests_common import RequestCase


@tagged("post_install", "-at_install")
class TestRequestHanding(RequestCase):
    """Test that each submission of a client counts once and that no file is lost or shown to strangers."""

    def handed(self):
        return self.captured(self.list).filtered(lambda row: row.event == "documents_handed_over")

    def test_file_names_are_cleaned(self):
        result = doctest.testmod(file_names)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    def test_one_submission_is_one_interaction(self):
        both = {
            self.statement.id: {"files": [("a.pdf", b"a"), ("b.pdf", b"b")], "answer": "All accounts"},
            self.invoices.id: {"files": [("c.pdf", b"c")]},
        }
        handover = self.list.item_ids._hand_over(self.ivan, both)
        self.assertEqual(handover.item_ids, self.list.item_ids)
        interaction = self.handed()
        self.assertEqual(interaction, handover.interaction_id)
        self.assertEqual((interaction.type_id.code, interaction.channel), ("1.1.1", "portal"))
        self.assertEqual((interaction.partner_id, interaction.state), (self.ivan, "confirmed"))
        self.assertEqual(interaction.user_id, self.accountant)
        self.assertEqual(interaction.subject, "Bank statement, Invoices")
        self.assertEqual((self.statement.state, self.statement.answer), ("handed_over", "All accounts"))
        self.assertEqual(self.list.handed_over_count, 2)

    def test_same_files_again_add_nothing(self):
        self.hand_over(self.statement, ("a.pdf", b"a"), ("copy of a.pdf", b"a"))
        self.assertEqual(self.statement.attachment_ids.mapped("name"), ["a.pdf"])
        self.assertFalse(self.hand_over(self.statement, ("renamed.pdf", b"a")))
        self.assertFalse(self.hand_over(self.statement, ("empty.pdf", b"")))
        self.assertEqual(len(self.handed()), 1)
        self.assertTrue(self.hand_over(self.invoices, ("a.pdf", b"a")), "the same file may serve two items")

    def test_files_belong_to_the_item(self):
        self.hand_over(self.statement, ("../../etc/Акт.pdf", b"a"))
        file = self.statement.sudo().attachment_ids
        self.assertEqual((file.name, file.res_model, file.res_id), ("Акт.pdf", self.statement._name, self.statement.id))
        self.assertFalse(file.public)
        self.assertFalse(file.access_token)
        self.assertEqual(self.statement.with_user(self.accountant).attachment_ids.raw, b"a")
        colleague = self.make_staff(login="other.user", groups="crm_outsourcing_interactions.group_user")
        portal = new_test_user(self.env, "ivan.portal", groups="base.group_portal", partner_id=self.ivan.id)
        for stranger in (colleague, portal, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                file.with_user(stranger).read(["raw"])

    def test_scan_stays_as_it_was_sent(self):
        Image.new("RGB", (2480, 3508)).save(stream := io.BytesIO(), "PNG")
        self.hand_over(self.statement, ("scan.png", stream.getvalue()))
        self.assertEqual(self.statement.sudo().attachment_ids.raw, stream.getvalue())
        self.assertFalse(self.hand_over(self.statement, ("scan.png", stream.getvalue())))

    def test_reason_beside_a_file_is_an_answer(self):
        self.hand_over(self.statement, ("a.pdf", b"a"), not_applicable="Only half of it")
        self.assertEqual((self.statement.state, self.statement.answer), ("handed_over", "Only half of it"))
        self.assertTrue(self.hand_over(self.statement, not_applicable="None"))
        self.assertEqual((self.statement.state, self.statement.answer), ("handed_over", "Only half of it\nNone"))
        self.assertFalse(self.hand_over(self.statement, not_applicable="None"))

    def test_answer_alone_is_a_hand_over(self):
        self.assertTrue(self.hand_over(self.statement, answer="Nothing changed"))
        self.assertFalse(self.hand_over(self.statement, answer="Nothing changed "))

    def test_same_answer_to_a_returned_document_is_handed_over(self):
        self.hand_over(self.statement, answer="See page 3")
        self.statement.with_user(self.accountant)._return("Which page?")
        self.assertTrue(self.hand_over(self.statement, answer="See page 3"))
        self.assertEqual(self.statement.state, "handed_over")
        self.assertFalse(self.hand_over(self.statement, answer="See page 3"))

    def test_answer_by_link_keeps_that_of_a_colleague_which_it_does_not_show(self):
        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.hand_over(self.statement, person=olga, answer="See page 3")
        self.statement.with_user(self.accountant)._return("Which page?")
        for _twice in range(2):
            given = {"answer": "Page 4", "shown": ""}
            self.statement._hand_over(self.ivan, {self.statement.id: given}, how="link")
            self.assertEqual(self.statement.answer, "See page 3\nPage 4")
        self.hand_over(self.statement, answer="Page 4", shown="See page 3\nPage 4")
        self.assertEqual(self.statement.answer, "Page 4")

    def test_client_says_not_applicable(self):
        self.hand_over(self.statement, not_applicable="No account any more")
        self.assertEqual((self.statement.state, self.statement.is_claimed), ("handed_over", True))
        self.assertEqual(self.statement.not_applicable_reason, "No account any more")
        self.assertFalse(self.hand_over(self.statement, not_applicable="No account any more"))
        self.hand_over(self.invoices, not_applicable="None in October")
        self.assertEqual((self.list.state, self.list.handed_over_count), ("open", 2), "staff have a look first")
        self.statement.action_accept()
        self.invoices._return("There were some")
        self.assertEqual(self.statement.state, "not_applicable")
        self.assertTrue(self.hand_over(self.invoices, not_applicable="None in October"))
        self.hand_over(self.invoices, ("a.pdf", b"a"))
        self.assertFalse(self.invoices.is_claimed)
        self.invoices.action_accept()
        self.assertEqual((self.invoices.state, self.list.state), ("accepted", "closed"))

    def test_reason_beside_an_answer_is_kept(self):
        self.hand_over(self.statement, answer="Sent by post", not_applicable="None here")
        self.assertEqual((self.statement.answer, self.statement.is_claimed), ("Sent by post\nNone here", False))

    def test_decision_taken_back_is_checked_again(self):
        self.hand_over(self.statement, not_applicable="None")
        self.statement.action_accept()
        self.statement.action_reopen()
        self.assertTrue(self.statement.is_claimed)

    def test_closed_list_takes_nothing(self):
        self.list.item_ids.action_not_applicable()
        with self.assertRaisesRegex(UserError, "contact your accountant"):
            self.hand_over(self.statement, ("a.pdf", b"a"))

    def test_lists_of_two_companies_are_one_interaction_of_each(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        values = {"commercial_partner_id": self.vector.id, "company_id": other.id, "period": "2026-10-01"}
        foreign = self.env["crm.interaction.request.list"].create(
            {**values, "item_ids": [Command.create({"name": "Act"})]}
        )
        foreign.action_open()
        items = self.statement.sudo() | self.invoices.sudo() | foreign.item_ids
        items._hand_over(self.ivan, {item.id: {"files": [(f"{item.id}.pdf", b"%PDF")]} for item in items})
        rows = items.list_id.handover_ids.interaction_id
        self.assertEqual(rows.mapped("company_id"), self.env.company | other)
        self.assertEqual(len(rows), 2)
        self.assertEqual(foreign.handover_ids.interaction_id.company_id, other)

    def test_people_of_other_clients_hand_over_nothing(self):
        stranger = self.make_contact(parent_id=self.make_client(name="Other").id)
        with self.assertRaises(AccessError):
            self.hand_over(self.statement, ("a.pdf", b"a"), person=stranger)

    def test_hand_over_by_mail_is_the_mail_itself(self):
        [mail] = self.capture(fields.Datetime.now(), code="message_in", record=self.list, partner=self.ivan)
        items = {self.statement.id: {"files": [("a.pdf", b"a")]}}
        handover = self.statement._hand_over(self.ivan, items, how="mail", interaction=mail)
        self.assertEqual(handover.interaction_id, mail)
        self.assertFalse(self.handed())

    def test_forged_context_changes_nothing(self):
        item = self.statement.with_context(default_public=True, default_state="accepted", interaction_skip=True)
        self.hand_over(item, ("a.pdf", b"a"))
        self.assertFalse(self.statement.sudo().attachment_ids.public)
        self.assertEqual(len(self.handed()), 1)

    def test_matter_waits_until_nothing_is_outstanding(self):
        asked = self.ask()
        matter = asked.matter_id
        self.assertEqual((matter.type_id.code, matter.waiting), ("1.2.2", "client"))
        self.hand_over(self.statement, ("a.pdf", b"a"))
        self.assertEqual((self.handed().matter_id, self.handed().matter_mark), (matter, "part"))
        self.assertEqual((matter.waiting, self.list.matter_id), ("client", matter))
        self.hand_over(self.invoices, ("b.pdf", b"b"))
        self.assertEqual((matter.waiting, matter.closed_how), ("nobody", "answered"))
        self.assertEqual(self.handed().matter_id, matter)

    def test_last_item_not_applicable_closes_the_matter(self):
        matter = self.ask().matter_id
        self.hand_over(self.statement, ("a.pdf", b"a"))
        self.hand_over(self.invoices, not_applicable="None in October")
        self.assertEqual(matter.waiting, "us")
        self.invoices.action_accept()
        self.assertEqual((matter.waiting, matter.closed_how), ("nobody", "answered"))

    def test_hand_over_without_a_letter_opens_no_matter(self):
        self.hand_over(self.statement, ("a.pdf", b"a"))
        self.assertFalse(self.list.matter_id)
