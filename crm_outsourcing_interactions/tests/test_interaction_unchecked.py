from odoo.exceptions import UserError
from odoo.tests.common import tagged

from .common import InteractionCase

UNCHECKED = {
    "company_id",
    "commercial_partner_id",
    "create_uid",
    "kind_id",
    "rule_id",
    "suggested_type_id",
    "user_id",
    "write_uid",
}


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
                {"create_uid": False, "write_uid": False, "user_id": False},
                {"create_uid": stays.id, "write_uid": False, "user_id": False},
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

    def test_deleted_client_is_forgotten(self):
        client = self.make_client()
        contact = self.make_contact(parent_id=client.id)
        interaction = self.log(partner_id=contact.id)
        archived = self.log(partner_id=contact.id)
        archived.active = False
        self.assertEqual(interaction.commercial_partner_id, client)
        client.unlink()
        for left in interaction | archived:
            self.assertRecordValues(left, [{"commercial_partner_id": False, "partner_id": contact.id}])
        self.assertFalse(self.env["crm.interaction.cube"]._check())

    def test_company_with_interactions_stays(self):
        company = self.env["res.company"].create({"name": "Branch"})
        interaction = self.log(company_id=company.id, user_id=False)
        interaction.active = False
        with self.assertRaisesRegex(UserError, "“Branch” cannot be deleted: it has interactions. Archive it instead."):
            company.unlink()

    def test_deleted_rule_is_forgotten(self):
        for name, record in (("client_id", self.make_client()), ("project_id", self.make_project()), (None, None)):
            rule = self.make_rule(**{name: record.id} if name else {})
            interaction = self.log(rule_id=rule.id, reason="Rule “Mine”")
            self.assertIn(rule.id, [spec.id for spec in self.env["crm.interaction.rule"]._specs()])
            (record or rule).unlink()
            self.assertFalse(rule.exists())
            self.assertRecordValues(interaction, [{"rule_id": False, "reason": "Rule “Mine”"}])
            self.assertNotIn(rule.id, [spec.id for spec in self.env["crm.interaction.rule"]._specs()])

    def make_rule(self, **vals):
        rule = {"name": "Mine", "event": "message_in", "type_id": self.type_("1.1.2").id}
        return self.env["crm.interaction.rule"].create({**rule, **vals})

    def test_what_another_worker_deleted_is_forgotten_daily(self):
        lately, stays = self.log(), self.log()
        client = stays.commercial_partner_id
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_interaction SET rule_id = 999999, commercial_partner_id = 999999, user_id = 999999"
            " WHERE id = %s",
            [lately.id],
        )
        lately.invalidate_recordset()
        self.env["crm.interaction"]._forget_deleted()
        self.assertRecordValues(
            lately | stays,
            [
                {"rule_id": False, "commercial_partner_id": False, "user_id": False},
                {"rule_id": False, "commercial_partner_id": client.id, "user_id": self.env.uid},
            ],
        )

    def test_only_these_columns_have_no_foreign_key(self):
        self.env.cr.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'crm_interaction'::regclass AND contype = 'f'"
        )
        checked = {name.removeprefix("crm_interaction_").removesuffix("_fkey") for (name,) in self.env.cr.fetchall()}
        fields = self.env["crm.interaction"]._fields
        many2one = {name for name, field in fields.items() if field.type == "many2one" and field.store}
        self.assertEqual(many2one - checked, UNCHECKED)
