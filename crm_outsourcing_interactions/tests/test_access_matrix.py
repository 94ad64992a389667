"""Test the access rights of each group to each model; the registry lists the models, so that none is forgotten."""

from odoo.tests.common import new_test_user, tagged

from .common import InteractionCase

OWN = "crm.interaction"
OPERATIONS = ("read", "write", "create", "unlink")
ROLES = ("public", "portal", "internal", "user", "manager")
"""Visitors, clients, colleagues without any group of the addon, its users and its managers."""

READ = ("r", "r")
CONFIGURATION = ("r", "rwcu")
"""What users only read and managers set up."""
ACCOUNT = ("", "", "r")
"""What clients read in their account, each person the own rows, see ``test_portal_leaks.py``."""

MATRIX = {
    "crm.interaction": ("rwcu", "rwcu"),
    "crm.interaction.anonymise": ("", "rwcu"),
    "crm.interaction.avoidable.reason": CONFIGURATION,
    "crm.interaction.client": ("r", "rw"),
    "crm.interaction.complaint.cause": CONFIGURATION,
    "crm.interaction.confirmation": ("rwcu", "rwcu"),
    "crm.interaction.summary.report": ("rwcu", "rwcu"),
    "crm.interaction.recommendation": ("r", "rwu"),
    "crm.interaction.hourly.cost": ("", ""),
    "crm.interaction.hours": READ,
    "crm.interaction.ignored.sender": ("", "rwcu"),
    "crm.interaction.indicator": READ,
    "crm.interaction.kind": CONFIGURATION,
    "crm.interaction.corrective.action": CONFIGURATION,
    "crm.interaction.matter": ("rw", "rw"),
    "crm.interaction.matter.item": ("rwcu", "rwcu"),
    "crm.interaction.matter.merge": ("rwcu", "rwcu"),
    "crm.interaction.matter.person": READ,
    "crm.interaction.matter.share": ("", ""),
    "crm.interaction.matter.turn": READ,
    "crm.interaction.past.role": ("", ""),
    "crm.interaction.notice": ("", ""),
    "crm.interaction.portal.complaint": READ,
    "crm.interaction.portal.interaction": ACCOUNT,
    "crm.interaction.portal.item": ACCOUNT,
    "crm.interaction.portal.link": READ,
    "crm.interaction.portal.matter": ACCOUNT,
    "crm.interaction.portal.report": ACCOUNT,
    "crm.interaction.portal.service": ACCOUNT,
    "crm.interaction.portal.use": READ,
    "crm.interaction.method.change": CONFIGURATION,
    "crm.interaction.taken.action": ("rc", "rc"),
    "crm.interaction.target": CONFIGURATION,
    "crm.interaction.target.taking": ("", "rwcu"),
    "crm.interaction.capture.error": ("", "rwu"),
    "crm.interaction.reporting.week": CONFIGURATION,
    "crm.interaction.recipients": ("", "rwcu"),
    "crm.interaction.request.handover": READ,
    "crm.interaction.request.letter": READ,
    "crm.interaction.request.list": ("rwcu", "rwcu"),
    "crm.interaction.request.asking": ("rwcu", "rwcu"),
    "crm.interaction.request.making": ("rwcu", "rwcu"),
    "crm.interaction.request.return": ("rwcu", "rwcu"),
    "crm.interaction.request.saving": READ,
    "crm.interaction.request.sending": ("rwcu", "rwcu"),
    "crm.interaction.request.takeover": ("rwcu", "rwcu"),
    "crm.interaction.request.takeover.line": ("rwcu", "rwcu"),
    "crm.interaction.request.template": CONFIGURATION,
    "crm.interaction.request.template.item": CONFIGURATION,
    "crm.interaction.replay": ("", "rwcu"),
    "crm.interaction.replay.line": ("", "r"),
    "crm.interaction.sender": ("rwcu", "rwcu"),
    "crm.interaction.other.client": ("rwcu", "rwcu"),
    "crm.interaction.type.change": READ,
    "crm.interaction.rule": CONFIGURATION,
    "crm.interaction.rule.test": ("", "rwcu"),
    "crm.interaction.rule.test.line": ("", "rwcu"),
    "crm.interaction.rule.proposal": ("", "rwu"),
    "crm.interaction.rule.trial": ("", "rwcu"),
    "crm.interaction.rule.trial.line": ("", "rwcu"),
    "crm.interaction.scope": CONFIGURATION,
    "crm.interaction.sent.report": READ,
    "crm.interaction.service": CONFIGURATION,
    "crm.interaction.type": CONFIGURATION,
    **dict.fromkeys((f"crm.interaction.total.{name}" for name in ("client", "hours", "pending", "work")), ("", "")),
}
"""Model → what users, managers and, if any, clients with a login may do, by the first letters: read, write, create,
unlink. Nobody else may do anything; record rules narrow it down further."""


@tagged("post_install", "-at_install")
class TestAccessMatrix(InteractionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            "public": cls.env.ref("base.public_user"),
            "portal": new_test_user(cls.env, "client.portal", groups="base.group_portal"),
            "internal": new_test_user(cls.env, "no.group", groups="base.group_user"),
            "user": new_test_user(cls.env, "only.user", groups="crm_outsourcing_interactions.group_user"),
            "manager": new_test_user(cls.env, "only.manager", groups="crm_outsourcing_interactions.group_manager"),
        }
        cls.models = sorted(
            name for name, model in cls.env.registry.items() if name.startswith(OWN) and not model._abstract
        )

    def allowed(self, role, name):
        """Return what the role may do with the model, by the first letters of operations."""
        model = self.env[name].with_user(self.users[role])
        return "".join("rwcu"[i] for i, operation in enumerate(OPERATIONS) if model.has_access(operation))

    def test_every_model_is_entered(self):
        self.assertEqual(self.models, sorted(MATRIX))

    def test_matrix(self):
        for name in self.models:
            user, manager, *client = MATRIX[name]
            expected = dict(zip(ROLES, ("", *(client or [""]), "", user, manager), strict=True))
            for role, letters in expected.items():
                with self.subTest(model=name, role=role):
                    self.assertEqual(self.allowed(role, name), letters)
