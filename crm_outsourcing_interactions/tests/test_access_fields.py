"""Test fields restricted to code on all models except the interaction, see ``test_interaction_protected.py``."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests.common import new_test_user, tagged

from .common import InteractionCase

GROUPS = "crm_outsourcing_interactions.group_manager"
VALUES = {
    "crm.interaction.summary.report": {"state": "done", "progress": 50.0, "attachment_id": 1},
    "crm.interaction.recommendation": {
        "bundles": 99,
        "company_id": 1,
        "date_from": "2020-01-01",
        "date_to": "2020-01-01",
        "hours": 99.0,
        "interaction_ids": [(5,)],
        "kind": "bundling",
        "lead_id": 1,
        "n": 99,
        "partner_id": 1,
        "quiet_until": "2099-01-01",
        "state": "done",
    },
    "crm.interaction.method.change": {"subject": "rule,1", "before": {"state": 1}, "edited": True, "user_id": 1},
    "crm.interaction.target": {"evaluated_since": "2020-01-01"},
    "crm.interaction.capture.error": None,
    "crm.interaction.client": None,
    "crm.interaction.matter": None,
    "crm.interaction.matter.turn": None,
    "crm.interaction.matter.item": None,
    "crm.interaction.request.list": None,
    "crm.interaction.portal.complaint": None,
    "crm.interaction.portal.link": None,
    "crm.interaction.replay": {
        "state": "done",
        "progress": {"messages": "done"},
        "total_count": 9,
        "read_count": 9,
        "new_count": 9,
        "left_out": {"logged": 9},
        "error": "No fault",
    },
    "crm.interaction.sent.report": None,
    "crm.interaction.type.change": None,
    "crm.interaction.rule": {"domain_author_id": 1},
    "crm.interaction.rule.proposal": {
        "agreed_count": 9,
        "changed_count": 9,
        "client_id": 1,
        "company_id": 1,
        "contradicted_count": 9,
        "event": "message_out",
        "interaction_ids": [(5,)],
        "model_name": "project.task",
        "n": 99,
        "rule_id": 1,
        "state": "done",
        "type_before_id": 1,
        "type_id": 1,
        "words": "VAT",
    },
}
"""Model → what code alone sets, with values that a request could send. ``None``: has tests of its own."""


@tagged("post_install", "-at_install")
class TestAccessFields(InteractionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = new_test_user(cls.env, "only.manager", groups=GROUPS)

    def request(self, model, method, *args, **context):
        return call_kw(self.env[model].with_user(self.boss), method, list(args), {"context": context})

    def record(self, model):
        """Return the id of a record that the manager may write."""
        if model == "crm.interaction.recommendation":
            client, today = self.make_client(), fields.Date.today()
            vals = {"kind": "burden", "partner_id": client.id, "company_id": self.env.company.id, "n": 3}
            return self.env[model]._by_code().create({**vals, "date_from": today, "date_to": today}).id
        if model == "crm.interaction.rule.proposal":
            types = {"type_before_id": self.type_("1.1.2").id, "type_id": self.type_("1.1.3").id}
            vals = {"company_id": self.env.company.id, "event": "message_in", "n": 3, **types}
            return self.env[model]._by_code().create(vals).id
        vals = {
            "crm.interaction.method.change": {"name": "We changed something"},
            "crm.interaction.target": {"low": 0.1, "high": 0.9},
            "crm.interaction.rule": {
                "name": "Rule",
                "event": "message_in",
                "type_id": self.type_("1.1.2").id,
            },
        }.get(model, {})
        return self.request(model, "create", vals)

    def test_the_list_is_complete(self):
        protected = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("crm.interaction.") and not model._abstract and getattr(model, "_protected_fields", None)
        }
        self.assertEqual(protected, VALUES.keys())
        for name, values in VALUES.items():
            if values:
                self.assertEqual(self.env[name]._protected_fields, values.keys(), name)

    def test_requests_set_none_of_them(self):
        for model, values in VALUES.items():
            id_ = self.record(model) if values else False
            for name, value in (values or {}).items():
                for forged in ({}, {"interaction_by_code": True, "install_mode": True}):
                    with self.subTest(model=model, name=name, forged=forged), self.assertRaises(AccessError):
                        self.request(model, "write", [id_], {name: value}, **forged)
                    with self.subTest(model=model, name=name, by="web_save"), self.assertRaises(AccessError):
                        self.request(model, "web_save", [id_], {name: value}, {}, **forged)

    def test_defaults_of_the_context_set_none_of_them(self):
        for model in (
            "crm.interaction.method.change",
            "crm.interaction.replay",
            "crm.interaction.summary.report",
            "crm.interaction.target",
        ):
            values = VALUES[model]
            forged = {f"default_{name}": value for name, value in values.items()}
            vals = {
                "crm.interaction.method.change": {"name": "x"},
                "crm.interaction.target": {"low": 0.1, "high": 0.9},
            }.get(model, {})
            record = self.env[model].browse(self.request(model, "create", vals, **forged))
            for name, value in values.items():
                field = record._fields[name]
                self.assertNotEqual(field.convert_to_write(record[name], record), value, f"{model}.{name}")

    def test_buttons_still_set_them(self):
        replay = self.env["crm.interaction.replay"].with_user(self.boss).create({})
        replay.action_run()
        self.assertEqual(replay.state, "running")
        replay.action_stop()
        self.assertEqual(replay.state, "stopped")
        recommendation = (
            self.env["crm.interaction.recommendation"]
            .browse(self.record("crm.interaction.recommendation"))
            .with_user(self.boss)
        )
        recommendation.action_dismiss()
        self.assertEqual(recommendation.state, "dismissed")
        self.assertGreater(recommendation.quiet_until, fields.Date.today() + timedelta(days=1))
        recommendation.action_reopen()
        self.assertEqual(recommendation.state, "open")

    def test_colleague_without_the_group_chooses_no_type(self):
        client = self.make_client(email="office@client.example.com")
        project_user = "project.group_project_user"
        for groups, expected in ((project_user, "rule"), (f"{project_user},{GROUPS}", "person")):
            user = new_test_user(self.env, f"colleague.{expected}", groups=groups)
            task = self.make_task(partner_id=client.id, user_ids=user.ids)
            task.with_user(user).message_post(
                body="Hello",
                partner_ids=client.ids,
                subtype_xmlid="mail.mt_comment",
                interaction_type_id=self.type_("1.2.4").id,
            )
            self.assertEqual(self.captured(task).classified_by, expected)

    def test_nobody_searches_by_fields_of_other_groups(self):
        """Odoo checks the groups of stored fields; a search method has to do it itself."""
        tried = set()
        for groups in ("base.group_portal", "base.group_user"):
            user = new_test_user(self.env, f"search.{groups}", groups=groups)
            for name, model in self.env.items():
                records = model.with_user(user)
                if model._abstract or not records.has_access("read"):
                    continue
                for field in model._fields.values():
                    is_ours = "crm_outsourcing_interactions" in field._modules and field.groups
                    if is_ours and field.search and not records._has_field_access(field, "read"):
                        tried.add(f"{name}.{field.name}")
                        with self.subTest(groups, field=field), self.assertRaises(AccessError), self.cr.savepoint():
                            records.search([(field.name, "=", False)], limit=1)
        self.assertLess({"res.partner.interaction_link_state", "res.users.interaction_account_state"}, tried)
