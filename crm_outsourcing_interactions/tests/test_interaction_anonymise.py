import doctest

from odoo.exceptions import AccessError
from odoo.tests.common import new_test_user, tagged

from ..models.events import crm_interaction_personal_mixin
from ..models.events.crm_interaction_protected_mixin import BY_CODE
from ..models.events.keys import captured_key
from ..models.events.marks import marked
from ..models.interaction.upkeep import crm_interaction_anonymise
from .common import InteractionCase

ADDRESS = "anna_b@client.example.com"
KEPT = ["commercial_partner_id", "date", "month", "type_id", "kind_id", "direction", "duration", "user_id", "state"]
EMPTIED = {"partner_id": False, "subject": False, "note": False, "why": False, "suggested_words": False}


@tagged("post_install", "-at_install")
class TestInteractionAnonymise(InteractionCase):
    """Test that anonymising erases personal data and keeps the figures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.make_client(user_id=cls.staff.id)
        cls.anna = cls.make_contact(parent_id=cls.firm.id, email=f"Anna <{ADDRESS.upper()}>")
        cls.other = cls.make_contact(name="Boris", email="boris@client.example.com", parent_id=cls.firm.id)
        task = cls.make_task(partner_id=cls.anna.id, user_ids=cls.staff.ids)
        post = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment", "author_id": cls.anna.id}
        message = task.message_post(body="I must complain", subject="Anna is angry", **post)
        cls.captured_one = cls.env["crm.interaction"].search([("message_id", "=", message.id)])
        cls.captured_one.with_user(cls.manager).tag({"type_id": cls.type_("1.1.3").id})
        cls.by_hand = cls.log(partner_id=cls.anna.id, subject="Call", note="Anna", type_id=cls.type_("1.1.3").id)
        cls.naming = cls.log(partner_id=cls.other.id, subject=f"Write to {ADDRESS}", note="Later")
        cls.innocent = cls.log(partner_id=cls.other.id, subject="annaxb@client.example.com", note=f"jo{ADDRESS}")
        service = cls.env["crm.interaction.service"].search([], limit=1)
        vals = {"partner_id": cls.firm.id, "service_id": service.id, "note": f"Ask {ADDRESS}"}
        cls.scope = cls.env["crm.interaction.scope"].create(vals)
        event = {"event": True, "model": "project.task", "id": task.id, "key": "<1@client.example.com>", "subject": "A"}
        vals = {"error": f"ValueError: {ADDRESS}", "payload": {**event, "recipients": [{"email": ADDRESS}]}}
        cls.capture_error = marked(cls.env["crm.interaction.capture.error"], BY_CODE).create(vals)
        cls.all = cls.captured_one | cls.by_hand | cls.naming

    def anonymise(self, user=None):
        wizard = self.env["crm.interaction.anonymise"].with_user(user or self.manager)
        wizard = wizard.with_context(active_model="res.partner", active_ids=self.anna.ids).create({})
        wizard.action_anonymise()
        self.env.invalidate_all()
        return wizard

    def figures(self):
        """Return all rows of the aggregates, as pivots read them."""
        self.env.flush_all()
        self.env["crm.interaction.total"]._fold()
        measures = ["__count", "duration:sum"]
        groups = ["commercial_partner_id", "month:month", "type_id", "direction", "user_id", "channel", "state"]
        return self.env["crm.interaction"]._read_group([], groups, measures)

    def test_examples(self):
        for module in (crm_interaction_personal_mixin, crm_interaction_anonymise):
            result = doctest.testmod(module)
            self.assertTrue(result.attempted)
            self.assertFalse(result.failed)

    def test_texts_go_and_figures_stay(self):
        before, figures = self.all.read(KEPT), self.figures()
        self.assertTrue(self.captured_one.reason)
        self.anonymise()
        self.assertRecordValues(self.all.sudo(), [EMPTIED] * 3)
        self.assertEqual(self.all.read(KEPT), before)
        self.assertEqual(self.figures(), figures)
        self.assertEqual(self.env["crm.interaction.total"]._check(), [])

    def test_record_of_changes_keeps_what_changed_but_not_for_whom(self):
        self.by_hand.partner_id = self.other
        self.by_hand.partner_id = self.anna
        count = len(self.by_hand.type_change_ids)
        self.anonymise()
        changes = (self.captured_one | self.by_hand).type_change_ids.sudo()
        for values in [*changes.mapped("before"), *changes.mapped("after")]:
            self.assertFalse({"partner_id", "why"} & set(values or ()))
        self.assertEqual(self.captured_one.type_change_ids[:1].user_id, self.manager)
        self.assertEqual(len(self.by_hand.type_change_ids), count, "the erasure itself repeats nothing")

    def test_free_text_that_holds_the_address_goes_no_other(self):
        self.anonymise()
        self.assertEqual(self.innocent.subject, "annaxb@client.example.com")
        self.assertEqual((self.innocent.note, self.innocent.partner_id), (f"jo{ADDRESS}", self.other))
        self.assertFalse(self.scope.note)
        self.assertNotIn("anna", f"{self.capture_error.error}{self.capture_error.payload}".lower())
        self.assertEqual(self.capture_error.payload["key"], captured_key("<1@client.example.com>"))

    def test_several_contacts_at_once(self):
        both = self.anna | self.other
        self.assertEqual(both._interaction_addresses(), [ADDRESS, "boris@client.example.com"])
        wizard = self.env["crm.interaction.anonymise"].with_user(self.manager)
        wizard.with_context(active_model="res.partner", active_ids=both.ids).create({}).action_anonymise()
        self.env.invalidate_all()
        self.assertFalse((self.by_hand | self.naming | self.innocent).partner_id)

    def test_contact_without_address(self):
        self.anna.email = False
        self.anonymise()
        self.assertRecordValues(self.by_hand.sudo(), [EMPTIED])
        self.assertTrue(self.naming.subject)

    def test_only_managers_anonymise(self):
        internal = new_test_user(self.env, "no.group", groups="base.group_user,base.group_partner_manager")
        for user in (self.staff, internal):
            with self.assertRaises(AccessError):
                self.anonymise(user)
        self.assertEqual(self.by_hand.note, "Anna")

    def test_manager_erases_what_he_may_see(self):
        company = self.env["res.company"].create({"name": "Second"})
        elsewhere = self.log(partner_id=self.anna.id, company_id=company.id, note="Anna", user_id=False)
        wizard = self.anonymise()
        self.assertEqual(elsewhere.note, "Anna")
        self.assertEqual(wizard.hidden_count, 1, "the manager is told that one is left")
        self.assertIn(
            "Not anonymised, because you have no access to them: 1.", wizard.action_anonymise()["params"]["message"]
        )

    def test_reference_is_a_digest_that_still_prevents_doubles(self):
        self.reported = [{"reference": f"{ADDRESS}-1", "email": ADDRESS, "type": "1.1.3"}]
        logged = self.log_interactions()
        message = self.captured_one.message_id
        message.message_id = f"<{ADDRESS}>"
        self.captured_one._by_code().unlink()
        self.replay()
        captured = self.env["crm.interaction"].search([("message_id", "=", message.id)])
        self.assertTrue(captured)
        self.assertNotIn("anna", f"{captured.origin_key}{logged.origin_key}".lower())
        self.anonymise()
        self.replay()
        self.assertEqual(self.log_interactions(), logged, "the other program sends it again")
        self.assertEqual(self.env["crm.interaction"].search([("message_id", "=", message.id)]), captured)

    def log_interactions(self):
        model = self.env["crm.interaction"].with_user(self.manager)
        return model.browse(model.log_interactions(self.reported))

    def replay(self):
        replay = self.env["crm.interaction.replay"].create({"date_from": "2020-01-01"})
        replay.action_run()
        while replay.state == "running":
            replay._run_batch()

    def test_shared_configuration_that_names_the_person_is_listed(self):
        rule = self.env["crm.interaction.rule"].search([("words", "!=", False)], limit=1)
        target = self.env["crm.interaction.target"].create({"name": f"Ask {ADDRESS}", "low": 0.1, "bound": "floor"})
        mark = self.env["crm.interaction.method.change"].create({"name": f"New rule for {self.anna.name}"})
        rule.words += f"\n{ADDRESS}"
        other = self.env["crm.interaction.method.change"].create({"name": f"jo{ADDRESS}"})
        mentions = self.anonymise().mentions
        for record in (rule, target, mark):
            self.assertIn(f"/odoo/{record._name}/{record.id}", mentions)
        self.assertNotIn(f'{other._name}/{other.id}"', mentions)
        self.assertIn(ADDRESS, rule.words, "a rule is nobody's alone")

    def lookup(self):
        wizard = self.env["privacy.lookup.wizard"].create({"name": "Anna Contact", "email": ADDRESS})
        wizard.action_lookup()
        return wizard.line_ids

    def test_privacy_lookup_lists_each_record_once(self):
        lines = self.lookup()
        found = {
            name: lines.filtered(lambda line, n=name: line.res_model == n).mapped("res_id")
            for name in ("crm.interaction", "crm.interaction.scope", "crm.interaction.capture.error")
        }
        self.assertEqual(sorted(found["crm.interaction"]), sorted(self.all.ids))
        self.assertEqual(found["crm.interaction.scope"], self.scope.ids)
        self.assertEqual(found["crm.interaction.capture.error"], self.capture_error.ids)

    def test_deleting_in_the_privacy_lookup_anonymises(self):
        before = self.all.read(KEPT)
        lines = self.lookup().filtered(lambda line: line.res_model.startswith("crm.interaction"))
        lines.action_unlink_all()
        self.env.invalidate_all()
        self.assertRecordValues(self.all.sudo(), [EMPTIED] * 3)
        self.assertEqual(self.all.read(KEPT), before)
        self.assertTrue(all(lines.mapped("is_unlinked")))
        self.assertIn(f"#{self.by_hand.id}", lines.wizard_id.execution_details)
        self.assertFalse(self.lookup().filtered(lambda line: line.res_model.startswith("crm.interaction")))

    def test_archiving_in_the_privacy_lookup_anonymises(self):
        self.lookup().filtered(lambda line: line.res_model == "crm.interaction").action_archive_all()
        self.env.invalidate_all()
        self.assertEqual(self.all.mapped("active"), [True, True, True])
        self.assertRecordValues(self.all.sudo(), [EMPTIED] * 3)

    def test_other_records_are_deleted_as_ever(self):
        self.lookup().filtered(lambda line: line.res_model == "mail.message")[:1].action_unlink()
