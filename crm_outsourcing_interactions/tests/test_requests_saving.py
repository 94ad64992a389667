from datetime import datetime

from odoo.exceptions import UserError
from odoo.tests import Form
from odoo.tests.common import tagged

from .requests_common import WEDNESDAY, ComposerCase

COMPOSER = "mail.compose.message"
SAVING = "crm.interaction.request.saving"


@tagged("post_install", "-at_install")
class TestRequestsSaving(ComposerCase):
    """Test what is added to the letter instead of being sent. Today is Wednesday; letters go on Fridays."""

    def dialog(self, action):
        asking = self.env[action["res_model"]].with_user(self.accountant)
        return asking.with_context(**action["context"]).create({})

    def test_items_are_added_at_the_end(self):
        self.invoices.sequence = 50
        self.add()
        self.env.invalidate_all()
        self.assertEqual(self.list.item_ids.mapped("name")[-2:], ["Invoices", "Lease contract"])

    def test_one_press_is_one_interaction_saved(self):
        action = self.add()
        item = self.list.item_ids[-1]
        self.assertEqual((item.name, item.partner_id, item.state), ("Lease contract", self.ivan, "open"))
        saving = self.savings()
        self.assertEqual((item.added_instead_id, saving.user_id), (saving, self.accountant))
        self.assertEqual((str(saving.month), saving.commercial_partner_id), ("2026-11-01", self.vector))
        self.assertEqual((self.list.saved_count, self.vector.interaction_saved_count), (1, 1))
        self.assertEqual(action["params"]["message"], "Added to the letter of Friday, November 6")
        self.assertFalse(self.env["crm.interaction"].search([("date", ">=", WEDNESDAY)]))

    def test_pressed_twice_counts_once(self):
        self.add()
        action = self.add("<div>lease contract.</div>")
        self.assertEqual((len(self.savings()), self.list.item_count), (1, 3))
        self.assertFalse(action["params"]["saving_id"])

    def test_messages_that_begin_alike_are_all_added(self):
        for number, what in enumerate(("lease", "loan agreement", "loan agreement")):
            body = f"<p>Good day, Ivan!</p><p>Please send the {what}.</p>"
            context = {"default_model": "project.task", "default_res_ids": self.task.ids}
            composer = self.env["mail.compose.message"].with_user(self.accountant).with_context(**context)
            composer.create({"partner_ids": self.ivan.ids, "body": body}).action_interaction_add_to_letter()
            self.assertIn(what, self.list.item_ids[-1].note)
            self.assertEqual(self.list.saved_count, min(number + 1, 2))

    def test_several_lines_open_the_dialog(self):
        action = self.add("<p>Hello, please send:</p><ul><li>the act</li><li>waybills</li></ul>")
        self.assertFalse(self.savings())
        asking = self.dialog(action)
        self.assertEqual(
            (asking.list_id, asking.partner_id, asking.documents), (self.list, self.ivan, "The act\nWaybills")
        )
        asking.action_ask()
        self.assertEqual((len(self.savings()), self.list.item_count), (1, 4), "one for two items")

    def test_dialog_without_a_person_is_refused(self):
        asking = self.dialog(self.add("<ul><li>the act</li><li>waybills</li></ul>"))
        asking.partner_id = False
        with self.assertRaisesRegex(UserError, "Select the person"):
            asking.action_ask()

    def test_dialog_adds_only_for_persons_who_get_the_letter(self):
        asking = self.dialog(self.add("<ul><li>the act</li><li>waybills</li></ul>"))
        asking.partner_id = self.make_client(name="Sigma", email="s@example.com")
        with self.assertRaisesRegex(UserError, "no contact of Vector"), self.env.cr.savepoint():
            asking.action_ask()
        asking.partner_id = self.make_contact(name="Olga", parent_id=self.vector.id, email=False)
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            asking.action_ask()
        self.assertFalse(self.savings())

    def test_list_is_made_and_undone(self):
        self.list.with_user(self.accountant).item_ids.action_accept()
        self.send(2)
        saving = self.env[SAVING].browse(self.add()["params"]["saving_id"])
        made = saving.list_id
        self.assertEqual((made.state, str(made.period), made.item_count), ("open", "2026-11-01", 1))
        self.assertEqual(saving.with_user(self.accountant).action_undo(), "Lease contract")
        self.assertFalse(made.exists() or saving.exists())

    def test_undo_keeps_a_list_with_items(self):
        self.savings().browse(self.add()["params"]["saving_id"]).with_user(self.accountant).action_undo()
        self.assertEqual((self.list.item_count, self.list.saved_count, len(self.savings())), (2, 0, 0))

    def test_deleted_item_takes_it_back(self):
        self.add()
        self.list.item_ids[-1].with_user(self.accountant).unlink()
        self.assertFalse(self.savings())

    def test_not_applicable_item_keeps_it(self):
        self.add()
        self.list.item_ids[-1].with_user(self.accountant).action_not_applicable()
        self.assertEqual(self.list.saved_count, 1)

    def test_letter_that_has_gone_is_not_undone(self):
        saving = self.env[SAVING].browse(self.add()["params"]["saving_id"])
        self.run_job(datetime(2026, 11, 6, 9))
        with self.assertRaisesRegex(UserError, "has gone"):
            saving.with_user(self.accountant).action_undo()

    def test_item_dealt_with_meanwhile_is_not_undone(self):
        for number, deal in enumerate((self.accept, self.answer)):
            with self.subTest(deal):
                saving = self.env[SAVING].browse(self.add(f"<p>Lease {number}</p>")["params"]["saving_id"])
                item = saving.item_ids
                deal(item)
                with self.assertRaisesRegex(UserError, "in the meantime"):
                    saving.with_user(self.accountant).action_undo()
                self.assertTrue(item.exists())

    def accept(self, item):
        item.with_user(self.accountant).action_accept()

    def answer(self, item):
        self.hand_over(item, answer="By post")

    def test_savings_move_with_merged_lists(self):
        twin = self.make_client(name="Vector 2", user_id=self.accountant.id)
        self.make_list(client=twin)
        self.add()
        self.env["crm.interaction.request.list"]._merge_clients(self.vector, twin)
        self.assertEqual(self.savings().list_id.commercial_partner_id, twin)

    def test_typed_html_and_long_texts_lose_nothing(self):
        self.add("<p>Dear Ivan,</p><p>the <b>act</b> &lt;signed&gt;<script>alert(1)</script></p>")
        self.assertEqual(self.list.item_ids[-1].name, "The act <signed>")
        action = self.add(f"<p>{'word ' * 4000}</p>")
        asking = self.dialog(action)
        asking.action_ask()
        item = self.list.item_ids[-1]
        self.assertEqual((len(item.name), len(item.note)), (200, 4000 * 5 - 1))

    def test_addresses_of_links_are_kept(self):
        self.add('<p>Please fill in <a href="https://example.com/form">the form</a></p>')
        self.assertEqual(self.list.item_ids[-1].name, "Please fill in the form (https://example.com/form)")

    def test_nothing_is_added_without_words(self):
        for body in ("", "<p><br></p>", None, 7, "<img src='x'>"):
            with self.subTest(body), self.assertRaises(UserError):
                self.add(body)

    def test_full_composer(self):
        context = {"default_model": "project.task", "default_res_ids": self.task.ids}
        form = Form(self.env[COMPOSER].with_user(self.accountant).with_context(**context))
        form.partner_ids.add(self.ivan)
        self.assertIn("2 items are in the letter", form.interaction_letter_hint)
        form.body = "<p>Dear Ivan,</p><p>please send the contract.</p><p>We need all pages.</p>"
        composer = form.save()
        action = composer.action_interaction_add_to_letter()
        item = self.list.item_ids[-1]
        self.assertEqual(item.name, "Please send the contract")
        self.assertIn("all pages", item.note)
        self.assertEqual((action["params"]["res_id"], len(self.savings())), (self.task.id, 1))

    def test_full_composer_of_notes_says_nothing(self):
        context = {
            "default_model": "project.task",
            "default_res_ids": self.task.ids,
            "default_subtype_xmlid": "mail.mt_note",
        }
        composer = self.env[COMPOSER].with_user(self.accountant).with_context(**context)
        note = composer.create({"partner_ids": self.ivan.ids})
        with self.assertQueryCount(3):
            self.assertFalse(note.interaction_letter_hint)
