from odoo.tests.common import tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestInteractionUnchecked(InteractionCase):
    """No interaction points to what was deleted, though no foreign key sees to it."""

    def test_deleted_user_is_forgotten(self):
        left, stays = self.make_staff(login="left"), self.make_staff(login="stays")
        client = self.make_client()
        vals = {"partner_id": client.id, "type_id": self.type_("1.1.3").id}
        interaction = self.env["crm.interaction"].with_user(left).create(vals)
        other = self.env["crm.interaction"].with_user(stays).create(vals)
        other.user_id = left
        other.with_user(left).subject = "Call"
        self.env.flush_all()
        left.unlink()
        self.assertRecordValues(
            other.browse((interaction | other).ids).with_env(self.env),
            [
                {"create_uid": False, "write_uid": False},
                {"create_uid": stays.id, "write_uid": False},
            ],
        )
        self.env["crm.interaction"].formatted_read_group([], ["create_uid"], ["__count"])

    def test_deleted_type_was_never_suggested(self):
        chosen = self.type_("1.1.3")
        wrong = chosen.copy({"code": "own"})
        interaction = self.log(type_id=chosen.id, suggested_type_id=wrong.id)
        self.assertEqual(interaction.coverage, "corrected")
        wrong.with_user(self.manager).unlink()
        self.assertFalse(interaction.suggested_type_id)
        self.assertEqual(interaction.coverage, "confirmed")

    def test_only_these_columns_have_no_foreign_key(self):
        self.env.cr.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'crm_interaction'::regclass AND contype = 'f'"
        )
        checked = {name.removeprefix("crm_interaction_").removesuffix("_fkey") for (name,) in self.env.cr.fetchall()}
        fields = self.env["crm.interaction"]._fields
        many2one = {name for name, field in fields.items() if field.type == "many2one" and field.store}
        self.assertEqual(many2one - checked, {"create_uid", "write_uid", "kind_id", "suggested_type_id"})
