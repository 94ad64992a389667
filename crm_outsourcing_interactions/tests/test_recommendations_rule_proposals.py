from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ClientMailCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-10 12:00:00")
class TestRecommendationsRuleProposals(ClientMailCase):
    """Corrections that users repeat propose a rule."""

    def correct(self, number, code="1.1.3", **values):
        defaults = {"subject": "A complaint", "body": "Which complaint form do I need?"}
        task = self.env["project.task"].browse(self.receive(key=f"k{number}", **{**defaults, **values}))
        interaction = self.captured(task)
        interaction.with_user(self.manager).type_id = self.type_(code)
        return interaction

    def refresh(self):
        self.env["crm.interaction.rule.proposal"]._refresh(self.env.company)
        return self.env["crm.interaction.rule.proposal"].search([]).with_user(self.manager)

    def test_three_equal_corrections_propose_a_rule(self):
        corrected = self.correct(1) | self.correct(2)
        self.assertFalse(self.refresh())
        corrected |= self.correct(3)
        proposal = self.refresh()
        self.assertRecordValues(
            proposal,
            [
                {
                    "event": "message_in",
                    "model_name": "project.task",
                    "client_id": self.client_company.id,
                    "type_before_id": self.type_("2.1.1").id,
                    "type_id": self.type_("1.1.3").id,
                    "n": 3,
                    "agreed_count": 3,
                    "contradicted_count": 0,
                    "state": "open",
                }
            ],
        )
        self.assertEqual(proposal.interaction_ids, corrected)
        self.assertEqual(self.refresh(), proposal, "repeated runs change nothing")

    def test_rule_of_the_proposal_prevents_the_correction(self):
        for number in range(3):
            self.correct(number)
        proposal = self.refresh()
        action = proposal.action_make_rule()
        rule = self.env["crm.interaction.rule"].with_user(self.manager).browse(action["res_id"])
        self.assertEqual((rule.active, proposal.state, proposal.rule_id), (False, "done", rule))
        self.assertFalse(rule.preceding_rule_id)
        self.assertEqual(proposal.action_make_rule()["res_id"], rule.id, "made once")
        rule.action_use()
        self.assertEqual(self.captured(self.env["project.task"].browse(
            self.receive(key="next", subject="A complaint", body="Which complaint form do I need?")
        )).rule_id, rule)  # fmt: skip
        self.assertEqual(self.refresh().mapped("state"), ["done"])

    def test_corrections_for_several_clients_need_no_client(self):
        beta = self.make_contact(parent_id=self.make_client(name="Beta").id, email="b@beta.example.com")
        self.make_project(partner_id=beta.parent_id.id, alias_name="beta")
        question = {"body": "A complaint: which VAT rate applies?"}
        self.correct(1, **question)
        self.correct(2, **question)
        self.correct(3, sender="b@beta.example.com", to="beta@firm.example.com", **question)
        proposal = self.refresh()
        self.assertEqual((proposal.n, proposal.client_id.id), (3, False))
        self.assertTrue(proposal.words)

    def test_word_that_other_types_have_too_makes_no_rule(self):
        for number in range(4):
            self.correct(number, body="A complaint: which VAT rate applies?")
        self.assertIn("vat", self.refresh().words.splitlines())
        for number in (10, 11):
            self.correct(number, "1.1.2", subject="VAT", body="A complaint. Send the VAT statement to the bank.")
        proposal = self.refresh()
        self.assertEqual(proposal.n, 4)
        self.assertNotIn("vat", (proposal.words or "").splitlines())

    def test_rule_that_users_contradict_now_and_then_is_not_proposed(self):
        for number in range(3):
            self.correct(number)
        self.correct(3, "2.1.1").with_user(self.manager).action_confirm()
        self.assertFalse(self.refresh(), "3 agree, 1 contradicts")

    def test_different_corrections_propose_nothing(self):
        for number, code in enumerate(("1.1.3", "1.1.3", "1.1.1", "1.1.1")):
            self.correct(number, code)
        self.assertFalse(self.refresh())

    def test_old_and_undone_corrections_do_not_count(self):
        corrected = self.correct(1) | self.correct(2) | self.correct(3)
        self.assertEqual(self.refresh().n, 3)
        corrected[0].type_change_ids.sudo()._by_code().write({"date": "2026-08-01 10:00:00"})
        self.assertFalse(self.refresh(), "withdrawn")
        self.correct(4)
        self.assertEqual(self.refresh().n, 3)
        corrected[1].with_user(self.manager).type_id = self.type_("2.1.1")
        self.assertFalse(self.refresh())

    def test_rule_that_contradicts_users_is_not_proposed(self):
        for number in range(3):
            self.correct(number)
        for number in range(3, 7):
            self.correct(number, "2.1.1").with_user(self.manager).action_confirm()
        self.assertFalse(self.refresh())

    def test_dismissed_proposal_is_not_repeated(self):
        for number in range(3):
            self.correct(number)
        self.refresh().action_dismiss()
        self.correct(4)
        self.assertEqual(self.refresh().mapped("state"), ["dismissed"])

    def test_only_managers_see_and_nobody_forges_proposals(self):
        for number in range(3):
            self.correct(number)
        proposal = self.refresh()
        with self.assertRaises(AccessError):
            proposal.with_user(self.staff).read(["words"])
        with self.assertRaises(AccessError):
            proposal.write({"words": "x"})
