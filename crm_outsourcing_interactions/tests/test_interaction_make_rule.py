from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import ClientMailCase


@tagged("post_install", "-at_install")
class TestInteractionMakeRule(ClientMailCase):
    """A manager makes a rule from a message whose type was wrong."""

    def receive_one(self, **values):
        defaults = {"subject": "Vacation", "body": "When do I get my vacation pay for the overtime of October?"}
        task = self.env["project.task"].browse(self.receive(**{**defaults, **values}))
        return self.captured(task)

    def form_of(self, interaction, user=None):
        action = interaction.with_user(user or self.manager).action_make_rule()
        return Form(self.env[action["res_model"]].with_user(self.manager).with_context(**action["context"]))

    def test_rule_is_filled_in_from_the_message(self):
        interaction = self.receive_one()
        interaction.with_user(self.manager).type_id = self.type_("1.1.3")
        form = self.form_of(interaction)
        self.assertEqual((form.event, form.model_name), ("message_in", "project.task"))
        self.assertEqual(form.type_id, self.type_("1.1.3"))
        self.assertEqual(form.client_id, self.client_company)
        self.assertTrue(form.words)
        text = "vacation when do i get my vacation pay for the overtime of october"
        self.assertLessEqual(set(form.words.splitlines()), set(text.split()))

    def test_words_of_the_rule_say_what_the_message_is_about(self):
        body = "Thank you, we have received your services and all the new papers; when is our vacation pay due?"
        interaction = self.receive_one(body=body)
        for code in ("1.1.1", "1.1.2", "1.1.3", "2.1.1", "3.1.1", "4.1.1"):
            interaction.with_user(self.manager).type_id = self.type_(code)
            words = set((self.form_of(interaction).words or "").splitlines())
            self.assertFalse(words & {"thank", "you", "have", "your", "and", "all", "the", "new"}, code)

    def test_word_of_several_types_makes_no_rule(self):
        interaction = self.receive_one(subject="VAT", body="Which VAT rate, and how much is the VAT?")
        interaction.with_user(self.manager).type_id = self.type_("1.1.1")
        self.assertNotIn("vat", self.form_of(interaction).words or "", "it speaks for questions, not for documents")

    def test_rule_counts_only_once_it_is_used(self):
        interaction = self.receive_one()
        interaction.with_user(self.manager).type_id = self.type_("1.1.3")
        rule = self.form_of(interaction).save()
        self.assertFalse(rule.active)
        again = self.receive_one(key="2")
        self.assertNotEqual(again.rule_id, rule)
        rule.action_move_before()
        rule.action_use()
        self.assertEqual(self.receive_one(key="3").rule_id, rule)

    def test_earlier_rule_is_warned_of_and_overtaken(self):
        interaction = self.receive_one(subject="Complaint")
        earlier = self.env.ref("crm_outsourcing_interactions.rule_complaint")
        self.assertEqual(interaction.rule_id, earlier)
        interaction.with_user(self.manager).type_id = self.type_("1.1.3")
        form = self.form_of(interaction)
        self.assertEqual(form.preceding_rule_id, earlier)
        rule = form.save()
        rule.action_move_before()
        self.assertFalse(rule.preceding_rule_id)
        rule.action_use()
        self.assertEqual(self.receive_one(subject="Complaint", key="2").rule_id, rule)

    def test_rule_of_no_interaction_is_opened_and_made(self):
        rule = self.env.ref("crm_outsourcing_interactions.rule_complaint").with_user(self.manager)
        self.assertFalse(rule.web_read({"preceding_rule_id": {}})[0]["preceding_rule_id"])
        form = Form(self.env["crm.interaction.rule"].with_user(self.manager))
        self.assertFalse(form.preceding_rule_id)

    def test_no_warning_where_no_rule_fits_before(self):
        interaction = self.receive_one()
        interaction.with_user(self.manager).type_id = self.type_("1.1.3")
        self.assertFalse(self.form_of(interaction).preceding_rule_id, "fallbacks come later")
        form = self.form_of(interaction)
        form.is_fallback = True
        form.words = False
        self.env.ref("crm_outsourcing_interactions.rule_task_request").sequence = 1
        form.is_fallback = False
        form.is_fallback = True
        self.assertEqual(form.preceding_rule_id.type_id, self.type_("1.1.2"))

    def test_rule_has_no_client_where_the_address_is_of_several(self):
        self.make_contact(parent_id=self.make_client(name="Beta").id, email="anna@client.example.com")
        interaction = self.receive_one()
        interaction.with_user(self.manager).type_id = self.type_("1.1.3")
        self.assertFalse(self.form_of(interaction).client_id)

    def test_outgoing_message_makes_a_rule_for_all_clients(self):
        task = self.make_task(partner_id=self.contact.id)
        task.with_user(self.staff).message_post(
            body="We inform you of our new prices and tariffs", partner_ids=self.contact.ids, message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )  # fmt: skip
        interaction = self.captured(task)
        interaction.with_user(self.manager).type_id = self.type_("4.2.1")
        form = self.form_of(interaction)
        self.assertEqual((form.event, form.type_id), ("message_out", self.type_("4.2.1")))
        self.assertFalse(form.client_id)

    def test_type_of_the_other_direction_is_left_out(self):
        interaction = self.receive_one()
        interaction._by_code().write({"type_id": self.type_("4.2.1").id, "classified_by": "person"})
        form = self.form_of(interaction)
        self.assertEqual((form.event, form.type_id.id), ("message_in", False))

    def test_words_of_an_unreadable_message_are_not_shown(self):
        interaction = self.receive_one()
        interaction.with_user(self.manager).type_id = self.type_("1.1.3")
        self.project.privacy_visibility = "followers"
        self.manager.group_ids |= self.env.ref("project.group_project_user")
        interaction.invalidate_recordset()
        form = self.form_of(interaction)
        self.assertFalse(form.words)
        self.assertFalse(form.preceding_rule_id)
        self.assertEqual(form.client_id, self.client_company, "or the rule would fit everybody")

    def test_only_managers_make_rules(self):
        interaction = self.receive_one()
        interaction.user_id = self.staff
        with self.assertRaises(AccessError):
            interaction.with_user(self.staff).action_make_rule()
        self.assertNotIn(
            'name="action_make_rule"', interaction.with_user(self.staff).get_view(view_type="form")["arch"]
        )
        self.assertIn('name="action_make_rule"', interaction.with_user(self.manager).get_view(view_type="form")["arch"])

    def test_interaction_of_another_company_makes_no_rule(self):
        other = self.env["res.company"].create({"name": "Other"})
        interaction = self.log(company_id=other.id)
        with self.assertRaises(AccessError):
            interaction.with_user(self.manager).action_make_rule()
