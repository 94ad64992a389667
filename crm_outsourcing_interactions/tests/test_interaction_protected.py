import json

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged

from ..models.events.keys import outside_key
from .common import InteractionCase

FORGED = [{"interaction_by_code": True}, {"interaction_by_code": {"value": True}}, {"install_mode": True}, {}]
CODE_ONLY = {
    "avoidable_decided_by_id": 1,
    "avoidable_reason_id": 1,
    "kind_id": 2,
    "month": "2020-01-01",
    "event": "invoice_paid",
    "origin_key": "account.move,1,paid",
    "message_id": 1,
    "res_model": "res.partner",
    "res_id": 1,
    "rule_id": 1,
    "rating_value": 5.0,
    "why": {"code": "document"},
    "classified_by": "rule",
    "split_from_id": 1,
    "suggested_type_id": 1,
    "suggested_words": "secret",
    "previous": "1",
    "quality": "confirmed",
    "commercial_partner_id": 1,
    "unknown_sender": "anna@example.com",
    "is_new_request": True,
    "is_unattended": True,
    "matter_id": 1,
    "matter_kept": 3600,
    "matter_link": {"code": "matter_reply"},
    "matter_mark": "no_answer",
    "matter_marked_by_id": 1,
    "matter_marked_on": "2026-10-01 10:00:00",
    "matter_pending": True,
    "matter_response": 60,
    "proposed_matter_id": 1,
    "reply_to_id": 1,
}
"""What only code may write, with a value that a request could send."""


class ProtectedCase(InteractionCase):
    """Send requests as the least privileged user: a member of the addon's group only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_staff(login="exactly.user", groups="crm_outsourcing_interactions.group_user")
        cls.client_company = cls.make_client(user_id=cls.user.id)

    def request(self, method, *args, model="crm.interaction", user=None, **context):
        """Call a method as the web client or another program does; everything comes from JSON."""
        args, context = json.loads(json.dumps([args, context]))
        return call_kw(self.env[model].with_user(user or self.user), method, args, {"context": context})

    def capture(self):
        """Return an interaction as captured: no duration, classified by a rule."""
        task = self.make_task(partner_id=self.client_company.id, user_ids=self.user.ids)
        task.state = "1_done"
        interaction = self.captured(task)
        self.assertEqual((interaction.user_id, interaction.classified_by), (self.user, "rule"))
        return interaction


@tagged("post_install", "-at_install")
class TestInteractionProtected(ProtectedCase):
    """Test that only code sets fields behind figures and rights, whatever the request and its context."""

    def test_protected_fields_are_complete(self):
        self.assertEqual(self.env["crm.interaction"]._protected_fields, CODE_ONLY.keys())

    def test_write_is_refused(self):
        captured, by_hand = self.capture(), self.request("create", {"partner_id": self.client_company.id})
        for name, value in CODE_ONLY.items():
            for id_ in (captured.id, by_hand):
                for context in FORGED:
                    for method, extra in (("write", []), ("web_save", [{}])):
                        with self.subTest(name=name, method=method), self.assertRaises(AccessError):
                            args = [[id_], {name: value}, *extra]
                            self.request(method, *args, **context)
            with self.subTest(name=name, value=False), self.assertRaises(AccessError):
                self.request("write", [captured.id], {name: False})

    def test_write_as_superuser_is_refused(self):
        self.assertRaises(AccessError, self.capture().sudo().write, {"event": False})

    def test_create_is_refused(self):
        for name in CODE_ONLY.keys() - {"origin_key"}:
            vals = {"partner_id": self.client_company.id, name: CODE_ONLY[name]}
            for context in FORGED:
                with self.subTest(name=name), self.assertRaises(AccessError):
                    self.request("create", vals, **context)

    def test_defaults_of_the_context_are_not_taken(self):
        with self.assertRaises(AccessError):  # Odoo's own guard of fields that nobody may see
            self.request("create", {"partner_id": self.client_company.id}, default_suggested_words="secret")
        forged = {f"default_{n}": CODE_ONLY[n] for n in CODE_ONLY.keys() - {"previous", "suggested_words"}}
        made = self.request("create", {"partner_id": self.client_company.id}, **forged)
        saved = self.request("web_save", [], {"partner_id": self.client_company.id}, {}, **forged)
        self.assert_untouched(made, saved[0]["id"])

    def test_own_defaults_of_a_user_are_not_taken(self):
        for name, value in CODE_ONLY.items():
            self.env["ir.default"].with_user(self.user).set("crm.interaction", name, value, user_id=self.user.id)
        self.assert_untouched(self.request("create", {"partner_id": self.client_company.id}))
        task = self.make_task(partner_id=self.client_company.id)
        task.with_user(self.user).sudo().state = "1_done"
        self.assertFalse(self.captured(task).split_from_id)

    def assert_untouched(self, *ids):
        for interaction in self.env["crm.interaction"].browse(ids):
            for name in CODE_ONLY.keys() - {"month", "quality", "commercial_partner_id"}:
                self.assertFalse(interaction[name], name)
            self.assertEqual(interaction.commercial_partner_id, self.client_company)
            self.assertEqual(interaction.month, fields.Date.today().replace(day=1))

    def test_load_is_refused(self):
        for name in CODE_ONLY.keys() - {"origin_key"}:
            column = f"{name}/.id" if self.env["crm.interaction"]._fields[name].type == "many2one" else name
            value = str(self.client_company.id if name == "commercial_partner_id" else CODE_ONLY[name])
            rows = [[str(self.client_company.id), value]]
            before = self.env["crm.interaction"].search_count([])
            result = self.request("load", ["partner_id/.id", column], rows)
            with self.subTest(name=name):
                self.assertTrue(result["messages"])
                self.assertEqual(self.env["crm.interaction"].search_count([]), before)

    def test_reference_is_a_persons_once_and_of_its_own_namespace(self):
        made = self.request("create", {"partner_id": self.client_company.id, "origin_key": "pbx-7"})
        interaction = self.env["crm.interaction"].browse(made)
        self.assertEqual(interaction.origin_key, outside_key("pbx-7", self.env.company.id))
        for value in ("pbx-8", False):
            with self.assertRaises(AccessError):
                self.request("write", [made], {"origin_key": value})

    def test_captured_row_cannot_be_made_deletable_nor_deleted(self):
        interaction = self.capture()
        for user in (self.user, self.manager):
            with self.assertRaisesRegex(UserError, "cannot be deleted"):
                self.request("unlink", [interaction.id], user=user)

    def test_captured_row_is_not_duplicated(self):
        interaction = self.capture()
        for user in (self.user, self.manager):
            for method in ("copy", "copy_data"):
                with self.assertRaisesRegex(UserError, "cannot be duplicated"):
                    self.request(method, [interaction.id], user=user)
        by_hand = self.request("create", {"partner_id": self.client_company.id})
        self.assertTrue(self.request("copy", [by_hand]))

    # --- facts of captured interactions -------------------------------------------------

    def test_facts_of_captured_interactions_are_the_managers(self):
        interaction = self.capture()
        other = self.make_client(name="Other", user_id=self.user.id)
        for vals in ({"partner_id": other.id}, {"date": "2026-01-01 10:00:00"}):
            with self.subTest(vals=vals), self.assertRaisesRegex(AccessError, "Only managers"):
                self.request("write", [interaction.id], vals)
        self.request("write", [interaction.id], {"partner_id": other.id}, user=self.manager)
        self.assertEqual(interaction.commercial_partner_id, other)

    def test_unknown_sender_gets_its_client_by_a_user(self):
        interaction = self.log(event="message_in", partner_id=False, user_id=self.user.id)
        self.request("write", [interaction.id], {"partner_id": self.client_company.id})
        self.assertEqual(interaction.commercial_partner_id, self.client_company)

    def test_company_is_moved_by_who_is_in_both(self):
        by_hand = self.request("create", {"partner_id": self.client_company.id})
        other = self.env["res.company"].create({"name": "Other Firm"})
        with self.assertRaisesRegex(AccessError, "between companies"):
            self.request("write", [by_hand], {"company_id": other.id})
        with self.assertRaises(AccessError):
            self.request("create", {"partner_id": self.client_company.id, "company_id": other.id})
        self.user.company_ids = [Command.link(other.id)]
        companies = [self.env.company.id, other.id]
        self.request("write", [by_hand], {"company_id": other.id}, allowed_company_ids=companies)
        self.assertEqual(self.env["crm.interaction"].browse(by_hand).company_id, other)

    def test_dates_are_within_bounds(self):
        by_hand = self.request("create", {"partner_id": self.client_company.id})
        for date in ("9999-01-01 00:00:00", "0001-01-01 00:00:00", "1999-12-31 23:59:59"):
            with self.assertRaisesRegex(ValidationError, "between 2000-01-01 and"):
                self.request("write", [by_hand], {"date": date})
            with self.assertRaisesRegex(ValidationError, "between 2000-01-01 and"):
                self.request("create", {"partner_id": self.client_company.id, "date": date})
        self.request("write", [by_hand], {"date": "2000-01-01 00:00:00"})

    # --- state and active ---------------------------------------------------------------

    def test_state_and_active_agree_when_created(self):
        client = {"partner_id": self.client_company.id}
        made = [
            self.request("create", {**client, "state": "ignored"}),
            self.request("create", {**client, "active": False}),
            self.request("create", {**client, "state": "ignored", "active": True}),
            self.request("create", client, default_state="ignored"),
            self.request("create", client, default_active=False),
        ]
        for interaction in self.env["crm.interaction"].browse(made):
            self.assertRecordValues(interaction, [{"state": "ignored", "active": False}])

    def test_state_and_active_agree_when_written(self):
        type_id = self.type_("1.1.3").id
        interaction = self.log(type_id=type_id, user_id=self.user.id)
        for vals, state in (
            ({"active": False}, "ignored"),
            ({"active": True}, "to_review"),
            ({"state": "ignored", "active": True}, "ignored"),
            ({"type_id": type_id}, "confirmed"),
            ({"active": False, "type_id": type_id}, "ignored"),
            ({"state": "confirmed"}, "confirmed"),
        ):
            with self.subTest(vals=vals):
                self.request("write", [interaction.id], vals)
                self.assertRecordValues(interaction, [{"state": state, "active": state != "ignored"}])

    def test_archiving_is_recorded(self):
        interaction = self.capture()
        state = interaction.state
        self.request("action_archive", [interaction.id])
        self.assertRecordValues(interaction, [{"state": "ignored", "active": False}])
        self.assertRecordValues(
            interaction.type_change_ids, [{"user_id": self.user.id, "state_before": state, "state_after": "ignored"}]
        )
        self.request("action_unarchive", [interaction.id])
        self.assertRecordValues(interaction, [{"state": "to_review", "active": True}])
        self.assertEqual(len(interaction.type_change_ids), 2)

    def test_forms_save(self):
        self.user.group_ids += self.env.ref("sales_team.group_sale_salesman")
        form = Form(self.env["crm.interaction"].with_user(self.user))
        form.partner_id = self.client_company
        form.type_id = self.type_("1.1.3")
        interaction = form.save()
        self.assertRecordValues(interaction, [{"classified_by": "person", "state": "confirmed"}])
        with Form(self.capture().with_user(self.user)) as form:
            form.type_id = self.type_("1.2.4")
            form.duration = 0.5

    def test_list_edits_several_at_once(self):
        ids = [self.capture().id, self.request("create", {"partner_id": self.client_company.id})]
        self.request("web_save", ids, {"type_id": self.type_("1.2.4").id}, {})
        self.assertEqual(set(self.env["crm.interaction"].browse(ids).mapped("classified_by")), {"person"})
