from odoo.exceptions import UserError
from odoo.tests.common import tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestClassificationDeleted(InteractionCase):
    """Test the error on deletion of kinds, types and services in use."""

    def setUp(self):
        super().setUp()
        self.kind = self.env["crm.interaction.kind"].create({"code": "9", "name": "Own"})
        self.type = self.make_type("9.1")
        self.service = self.env["crm.interaction.service"].create({"name": "Own"})

    def make_type(self, code, **vals):
        defaults = {"code": code, "name": "Own", "kind_id": self.kind.id, "direction": "incoming"}
        return self.env["crm.interaction.type"].create({**defaults, **vals})

    def assert_kept(self, entry, model):
        """Assert that a manager learns that records of ``model`` keep an entry."""
        name = self.env["ir.model"]._get(model).name
        error = f"^“.*Own” cannot be deleted: it is used in “{name}”. Archive it instead.$"
        with self.assertRaisesRegex(UserError, error):
            entry.with_user(self.manager).unlink()
        entry.with_user(self.manager).active = False

    def target(self, **vals):
        return self.env["crm.interaction.target"].create({"bound": "ceiling", "high": 0.5, **vals})

    def test_type_of_a_type_change(self):
        interaction = self.log(type_id=self.type.id)
        interaction.type_id = self.type_("1.1.2")
        self.assert_kept(self.type, "crm.interaction.type.change")

    def test_type_of_an_archived_target(self):
        self.target(measure="type_count", type_id=self.type.id).active = False
        self.assert_kept(self.type, "crm.interaction.target")

    def test_type_with_grouped_types(self):
        child = self.make_type("9.1.1", parent_id=self.type.id)
        self.assert_kept(self.type, "crm.interaction.type")
        (self.type | child).unlink()
        self.assertFalse(child.exists())

    def test_type_of_a_server_action(self):
        model = self.env["ir.model"]._get("project.task")
        vals = {"name": "Log", "model_id": model.id, "state": "interaction", "interaction_type_id": self.type.id}
        self.env["ir.actions.server"].create(vals)
        self.assert_kept(self.type, "ir.actions.server")

    def test_type_offered_by_an_opportunity(self):
        self.env["crm.lead"].create({"name": "Offer", "interaction_offer_type_id": self.type.id})
        self.assert_kept(self.type, "crm.lead")

    def test_kind_of_a_target(self):
        self.target(measure="kind_share", kind_id=self.kind.id)
        self.type.unlink()
        self.assert_kept(self.kind, "crm.interaction.target")

    def test_service_in_a_scope(self):
        self.env["crm.interaction.scope"].create({"partner_id": self.make_client().id, "service_id": self.service.id})
        self.assert_kept(self.service, "crm.interaction.scope")

    def test_service_of_an_interaction(self):
        self.log(service_id=self.service.id)
        self.assert_kept(self.service, "crm.interaction")

    def test_what_nothing_refers_to_is_deleted(self):
        entries = (self.type, self.kind, self.service)
        for entry in entries:
            entry.with_user(self.manager).unlink()
        self.assertFalse(any(entry.exists() for entry in entries))
