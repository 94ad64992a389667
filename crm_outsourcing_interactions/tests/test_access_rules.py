"""Test the record rules of every model: own company and own clients, or a stated exception."""

from odoo.exceptions import AccessError
from odoo.tests.common import tagged

from .common import InteractionCase

OWN = "crm.interaction"
TOTAL = "sums for the database, which no user of the addon may read"
CLIENTS = "for clients only, of all companies of the firm, see test_portal_leaks.py"
NO_COMPANY = {
    "crm.interaction.anonymise": "one's own dialog",
    "crm.interaction.summary.report": "one's own; which company it may be about is checked when it is made",
    "crm.interaction.avoidable.reason": "reasons are the same for all companies",
    "crm.interaction.complaint.cause": "causes are the same for all companies",
    "crm.interaction.confirmation": "one's own dialog",
    "crm.interaction.kind": "the classification is the same for all companies",
    "crm.interaction.corrective.action": "corrective actions are the same for all companies",
    "crm.interaction.rule.test": "one's own",
    "crm.interaction.rule.trial": "one's own; of own companies",
    "crm.interaction.rule.trial.line": "those of one's own trial",
    "crm.interaction.sender": "one's own dialog",
    "crm.interaction.matter.merge": "one's own dialog",
    "crm.interaction.other.client": "one's own dialog",
    "crm.interaction.request.return": "one's own dialog",
    "crm.interaction.request.sending": "one's own dialog",
    "crm.interaction.request.takeover": "one's own dialog",
    "crm.interaction.request.takeover.line": "one's own dialog",
    "crm.interaction.rule.test.line": "those of one's own test",
    **{f"crm.interaction.portal.{name}": CLIENTS for name in ("interaction", "item", "matter", "report", "service")},
    "crm.interaction.service": "services are the same for all companies",
    "crm.interaction.type": "the classification is the same for all companies",
    "crm.interaction.matter.share": "only code",
    "crm.interaction.past.role": "only code; a client's accountant is the same for all companies",
    "crm.interaction.total.client": TOTAL,
    "crm.interaction.total.hours": TOTAL,
    "crm.interaction.total.pending": TOTAL,
    "crm.interaction.total.work": TOTAL,
}
NO_OWN = {
    "crm.interaction.rule.proposal": "for managers",
    "crm.interaction.avoidable.reason": "configuration that all read",
    "crm.interaction.complaint.cause": "configuration that all read",
    "crm.interaction.kind": "configuration that all read",
    "crm.interaction.corrective.action": "configuration that all read",
    "crm.interaction.reporting.week": "configuration that all read",
    "crm.interaction.request.template": "configuration that all read",
    "crm.interaction.request.template.item": "configuration that all read",
    "crm.interaction.method.change": "what changed in counting concerns all who read figures",
    "crm.interaction.capture.error": "managers only",
    "crm.interaction.hourly.cost": "administrators only",
    "crm.interaction.matter.share": "only code",
    "crm.interaction.notice": "only code",
    "crm.interaction.past.role": "only code",
    **{f"crm.interaction.portal.{name}": CLIENTS for name in ("interaction", "item", "matter", "report", "service")},
    "crm.interaction.ignored.sender": "managers only",
    "crm.interaction.replay": "managers only",
    "crm.interaction.replay.line": "managers only",
    "crm.interaction.rule": "configuration that all read",
    "crm.interaction.service": "configuration that all read",
    "crm.interaction.type": "configuration that all read",
    **{name: reason for name, reason in NO_COMPANY.items() if reason == TOTAL},
}
"""Models without a rule for the company, or for the own rows, and why."""


@tagged("post_install", "-at_install")
class TestAccessRules(InteractionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.models = sorted(n for n, model in cls.env.registry.items() if n.startswith(OWN) and not model._abstract)
        cls.user_group = cls.env.ref("crm_outsourcing_interactions.group_user")
        cls.manager_group = cls.env.ref("crm_outsourcing_interactions.group_manager")
        cls.user = cls.make_staff(login="only.user", groups="crm_outsourcing_interactions.group_user")
        cls.boss = cls.make_staff(login="only.manager", groups="crm_outsourcing_interactions.group_manager")
        cls.other_company = cls.env["res.company"].create({"name": "Other Firm"})

    def rules(self, name):
        return self.env["ir.rule"].search([("model_id.model", "=", name)])

    def test_every_model_has_its_rules_or_a_reason(self):
        for name in self.models:
            rules = self.rules(name)
            with self.subTest(name):
                by_company = rules.filtered(lambda rule: "company_id" in rule.domain_force)
                for_all = by_company.filtered(lambda r: not r.groups or self.manager_group in r.groups)
                self.assertEqual(not for_all, name in NO_COMPANY)
                own = rules.filtered(lambda rule: self.user_group in rule.groups or "create_uid" in rule.domain_force)
                self.assertEqual(not own, name in NO_OWN)
                if self.user_group in own.groups:
                    self.assertTrue(rules.filtered(lambda rule: self.manager_group in rule.groups))

    def test_reasons_name_existing_models(self):
        self.assertLessEqual({*NO_COMPANY, *NO_OWN}, set(self.models))

    def test_scope_of_other_clients_is_hidden(self):
        services = self.env["crm.interaction.service"].search([], limit=1)
        mine, other, foreign = (
            self.env["crm.interaction.scope"].create({"partner_id": client.id, "service_id": services.id})
            for client in (
                self.make_client(user_id=self.user.id),
                self.make_client(),
                self.make_client(company_id=self.other_company.id),
            )
        )
        seen = self.env["crm.interaction.scope"].with_user(self.user).search([])
        self.assertIn(mine, seen)
        self.assertFalse((other | foreign) & seen)
        managed = self.env["crm.interaction.scope"].with_user(self.boss).search([])
        self.assertLessEqual(mine | other, managed)
        self.assertNotIn(foreign, managed)
        for user in (self.user, self.boss):
            with self.assertRaises(AccessError):
                foreign.with_user(user).coverage = "excluded"

    def test_replay_lines_of_another_company_are_hidden(self):
        replay = self.env["crm.interaction.replay"].create({"company_id": self.other_company.id})
        line = self.env["crm.interaction.replay.line"].create({"replay_id": replay.id})
        self.assertFalse(self.env["crm.interaction.replay.line"].with_user(self.boss).search([("id", "=", line.id)]))
        with self.assertRaises(AccessError):
            line.with_user(self.boss).read(["count_before"])

    def test_rule_tests_of_colleagues_are_hidden(self):
        test = self.env["crm.interaction.rule.test"].with_user(self.manager).create({"event": "message_in"})
        with self.assertRaises(AccessError):
            test.with_user(self.boss).read(["event"])
