from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests.common import new_test_user, tagged

from .unknown_sender_common import TAX, AssigningCase


@tagged("post_install", "-at_install")
class TestInteractionUnknownSenders(AssigningCase):
    """Test assigning unknown senders; all messages waiting from them follow."""

    def two(self, sender=TAX):
        return self.wait(sender=sender, key="a", subject="One") | self.wait(sender=sender, key="b", subject="Two")

    def test_address_becomes_a_contact_of_the_client(self):
        waiting = self.two()
        self.assign(self.of_user(waiting[:1]), self.alfa)
        self.assertEqual(waiting.commercial_partner_id, self.alfa)
        contact = waiting.partner_id
        self.assertRecordValues(
            contact, [{"name": "Office", "email": "office@tax.example.gov", "parent_id": self.alfa.id}]
        )
        self.assertRecordValues(waiting, [{"active": True, "unknown_sender": False}] * 2)
        self.assertNotIn("Unknown", " ".join(waiting.mapped(lambda i: i.reason or "")))
        self.assertRecordValues(self.wait(key="c"), [{"partner_id": contact.id, "unknown_sender": False}])

    @contextmanager
    def receiving(self):
        """See the selected messages only, as while another one is being stored."""
        model = type(self.env["crm.interaction"])
        with patch.object(model, "_with_same_sender", lambda rows: rows._everything().browse(rows.ids)):
            yield

    def settle(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60):
            self.env["crm.interaction"]._cron_known_senders()

    def test_mail_received_during_the_decision_follows(self):
        first, second = self.two()
        cron = self.env.ref("crm_outsourcing_interactions.cron_known_senders")
        with self.receiving():
            self.assign(self.of_user(first), self.alfa)
        self.assertEqual(self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)]), 1)
        self.assertRecordValues(second, [{"commercial_partner_id": False, "active": False}])
        other = self.wait(sender="other@rival.example.org", key="c")
        self.settle()
        self.assertRecordValues(
            second, [{"commercial_partner_id": self.alfa.id, "active": True, "unknown_sender": False}]
        )
        self.assertRecordValues(other, [{"commercial_partner_id": False, "state": "to_review"}])

    def test_mail_received_during_never_is_ignored(self):
        first, second = self.two()
        with self.receiving():
            self.of_user(first).action_never_client()
        self.assertEqual(second.state, "to_review")
        self.settle()
        self.assertRecordValues(second, [{"state": "ignored", "active": False}])

    def test_sender_of_several_clients_waits_on(self):
        waiting = self.wait()
        for name in ("Beta", "Gamma"):
            client = self.make_client(name=name, is_outsourcing_client=True)
            self.make_contact(email="office@tax.example.gov", parent_id=client.id)
        self.settle()
        self.assertRecordValues(waiting, [{"commercial_partner_id": False, "state": "to_review"}])

    def test_free_contact_joins_the_client(self):
        person = self.make_contact(name="Office", email="office@tax.example.gov")
        waiting = self.wait()
        self.assign(self.of_user(waiting), self.alfa)
        self.assertEqual(waiting.partner_id, person)
        self.assertEqual(person.parent_id, self.alfa)

    def test_contact_of_somebody_else_stays_there(self):
        other = self.make_client(name="Tax Office")
        person = self.make_contact(name="Office", email="office@tax.example.gov", parent_id=other.id)
        waiting = self.wait()
        self.assign(self.of_user(waiting), self.alfa)
        self.assertEqual(person.parent_id, other)
        self.assertEqual(waiting.commercial_partner_id, self.alfa)

    def test_chosen_contact_that_was_no_client_is_marked(self):
        vector = self.make_client(name="Vector")
        waiting = self.wait()
        self.assign(self.of_user(waiting), vector)
        self.assertTrue(vector.is_outsourcing_client)
        self.assertEqual(waiting.commercial_partner_id, vector)

    def test_new_client(self):
        waiting = self.two()
        self.of_user(waiting[:1]).action_new_client()
        self.assertTrue(waiting.commercial_partner_id.is_outsourcing_client)
        self.assertEqual(waiting.mapped("active"), [True, True])
        self.assertFalse(self.wait(key="c").unknown_sender)

    def test_never_and_back(self):
        waiting = self.two()
        self.of_user(waiting[:1]).action_never_client()
        self.assertEqual(waiting.mapped("state"), ["ignored"] * 2)
        self.assertIn("only.user", waiting[0].reason)
        self.assertFalse(self.wait(key="c"))
        sender = self.env["crm.interaction.ignored.sender"].with_user(self.manager).search([])
        self.assertEqual(sender.address, "office@tax.example.gov")
        sender.unlink()
        self.assertRecordValues(waiting, [{"state": "to_review", "active": False}] * 2)
        self.assertTrue(self.wait(key="d").unknown_sender)

    def test_never_again_is_no_error(self):
        waiting = self.wait()
        self.of_user(waiting).action_never_client()
        waiting._by_code().write({"state": "to_review"})
        self.of_user(waiting).action_never_client()
        self.assertEqual(waiting.state, "ignored")

    def test_written_address_is_normalized(self):
        self.env["crm.interaction.ignored.sender"].with_user(self.manager).create({"address": TAX})
        self.assertFalse(self.wait())

    def test_other_company_decides_by_itself(self):
        other = self.env["res.company"].create({"name": "Branch"})
        self.env["crm.interaction.ignored.sender"].create({"address": TAX, "company_id": other.id})
        self.assertTrue(self.wait())

    def test_only_users_who_may_write_it_decide(self):
        waiting = self.wait()
        waiting.sudo().user_id = self.staff
        stranger = new_test_user(self.env, "no.group", groups="base.group_user")
        for user in (stranger, self.user):
            with self.subTest(user=user.login):
                for action in ("action_this_is_client", "action_new_client", "action_never_client"):
                    with self.assertRaises(AccessError):
                        getattr(waiting.with_user(user), action)()

    def test_known_interaction_is_no_stranger(self):
        with self.assertRaises(UserError):
            self.answer().with_user(self.manager).action_never_client()

    def test_firm_is_no_new_client(self):
        waiting = self.wait()
        self.staff.partner_id.email = "office@tax.example.gov"
        with self.assertRaises(UserError):
            self.of_user(waiting).action_new_client()

    def test_address_is_set_by_code_only(self):
        interaction = self.answer()
        with self.assertRaises(AccessError):
            interaction.with_user(self.manager).write({"unknown_sender": "x@example.com"})

    def test_confirmed_type_counts_and_undo_returns_it(self):
        waiting = self.wait()
        undo = self.of_user(waiting).tag({"type_id": self.type_("1.1.3").id})["undo"]
        self.assertRecordValues(waiting, [{"active": True, "unknown_sender": False, "state": "confirmed"}])
        self.env["crm.interaction"].with_user(self.user).undo_tag(undo)
        self.assertRecordValues(
            waiting, [{"active": False, "unknown_sender": "office@tax.example.gov", "state": "to_review"}]
        )

    def test_ignored_and_returned_it_waits_again(self):
        waiting = self.of_user(self.wait())
        waiting.action_ignore()
        self.assertRecordValues(waiting, [{"state": "ignored", "active": False}])
        waiting.action_reset()
        self.assertRecordValues(waiting, [{"state": "to_review", "active": False}])
        waiting.action_archive()
        waiting.action_unarchive()
        self.assertRecordValues(waiting, [{"state": "to_review", "active": False}])

    def test_contact_set_by_hand_makes_it_known(self):
        waiting = self.of_user(self.wait())
        waiting.partner_id = self.anna
        self.assertRecordValues(
            waiting, [{"commercial_partner_id": self.alfa.id, "active": True, "unknown_sender": False}]
        )

    def test_anonymised_stranger(self):
        waiting = self.wait()
        person = self.make_contact(name="Office", email="office@tax.example.gov")
        wizard = self.env["crm.interaction.anonymise"].with_user(self.manager).create({"partner_ids": person.ids})
        wizard.action_anonymise()
        self.assertNotIn("tax", str(waiting.read(["unknown_sender", "why", "subject"])))
