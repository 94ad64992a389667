from odoo.exceptions import UserError
from odoo.tests.common import tagged

from .common import InteractionCase

LARGE = [
    "account_move", "crm_interaction", "crm_interaction_matter", "crm_lead", "ir_attachment", "mail_activity",
    "mail_message", "project_project", "project_task", "res_partner",
]  # fmt: skip
"""Tables whose deletions would read every row of a table with a key to them."""


@tagged("post_install", "-at_install")
class TestInteractionDeleted(InteractionCase):
    """Test that interactions remain when a referenced record is deleted."""

    def test_deleted_user_is_emptied(self):
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
                {"create_uid": False, "user_id": False},
                {"create_uid": stays.id, "user_id": False},
            ],
        )
        self.env["crm.interaction"].formatted_read_group([], ["create_uid"], ["__count"])

    def test_who_classified_an_interaction_is_archived_not_deleted(self):
        interaction = self.log(user_id=self.staff.id)
        interaction.with_user(self.staff).tag({"type_id": self.type_("1.1.3").id})
        with self.assertRaisesRegex(UserError, f"{self.staff.name} cannot be deleted.*Archive the user"):
            self.staff.unlink()
        self.staff.action_archive()
        self.assertEqual(interaction.type_change_ids.user_id, self.staff)

    def test_deleted_type_was_never_suggested(self):
        chosen = self.type_("1.1.3")
        wrong = chosen.copy({"code": "own"})
        interaction = self.log(type_id=chosen.id, suggested_type_id=wrong.id)
        self.assertEqual(interaction.quality, "corrected")
        wrong.with_user(self.manager).unlink()
        self.assertFalse(interaction.suggested_type_id)
        self.assertEqual(interaction.quality, "corrected", "a person did correct the suggestion")

    def test_deleted_client_is_emptied(self):
        client = self.make_client()
        contact = self.make_contact(parent_id=client.id)
        interaction = self.log(partner_id=contact.id)
        archived = self.log(partner_id=contact.id)
        archived.active = False
        self.assertEqual(interaction.commercial_partner_id, client)
        client.unlink()
        for left in interaction | archived:
            self.assertRecordValues(left, [{"commercial_partner_id": False, "partner_id": contact.id}])
        self.assertFalse(self.env["crm.interaction.total"]._check())

    def test_deleted_contact_is_emptied(self):
        client = self.make_client()
        leaves, stays = self.make_contact(parent_id=client.id), self.make_contact(parent_id=client.id)
        interaction, archived, other = (self.log(partner_id=person.id) for person in (leaves, leaves, stays))
        archived.active = False
        leaves.unlink()
        self.assertRecordValues(
            interaction | archived | other,
            [
                {"commercial_partner_id": client.id, "partner_id": False},
                {"commercial_partner_id": client.id, "partner_id": False},
                {"commercial_partner_id": client.id, "partner_id": stays.id},
            ],
        )

    def test_merged_contact_takes_its_interactions_along(self):
        client = self.make_client()
        source, target = self.make_contact(parent_id=client.id), self.make_contact(parent_id=client.id)
        interaction, archived = self.log(partner_id=source.id), self.log(partner_id=source.id)
        archived.active = False
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((source | target).ids, target, extra_checks=False)
        self.assertFalse(source.exists())
        for moved in interaction | archived:
            self.assertRecordValues(moved, [{"commercial_partner_id": client.id, "partner_id": target.id}])

    def make_messages(self, *models):
        return self.env["mail.message"].create([{"model": model, "res_id": 1, "body": "Hello"} for model in models])

    def test_deleted_message_is_emptied(self):
        gone, stays = self.make_messages("res.partner", "res.partner")
        interaction, ignored, other = (self.log(message_id=message.id) for message in (gone, gone, stays))
        ignored.action_ignore()
        gone.unlink()
        self.assertEqual((interaction | ignored).mapped("message_id"), gone.browse())
        self.assertEqual(other.message_id, stays)
        self.assertIn(other.id, [badge["id"] for badge in stays._interaction_badges()[stays.id]])

    def test_messages_of_a_removed_model_are_emptied(self):
        model = self.env["ir.model"].create({"name": "Room", "model": "x_room"})
        gone, stays = self.make_messages("x_room", "res.partner")
        interaction, other = self.log(message_id=gone.id), self.log(message_id=stays.id)
        model.unlink()
        self.assertFalse(gone.exists())
        self.assertRecordValues(interaction | other, [{"message_id": False}, {"message_id": stays.id}])

    def test_company_with_interactions_stays(self):
        company = self.env["res.company"].create({"name": "Branch"})
        interaction = self.log(company_id=company.id, user_id=False)
        interaction.active = False
        with self.assertRaisesRegex(UserError, "“Branch” cannot be deleted: it has interactions. Archive it instead."):
            company.unlink()

    def test_deleted_rule_is_emptied(self):
        for name, record in (("client_id", self.make_client()), ("project_id", self.make_project()), (None, None)):
            rule = self.make_rule(**{name: record.id} if name else {})
            interaction = self.log(rule_id=rule.id, why={"code": "rule", "name": "Mine"})
            self.assertIn(rule.id, [spec.id for spec in self.env["crm.interaction.rule"]._specs()])
            (record or rule).unlink()
            self.assertFalse(rule.exists())
            self.assertRecordValues(interaction, [{"rule_id": False, "reason": "Rule “Mine”"}])
            self.assertNotIn(rule.id, [spec.id for spec in self.env["crm.interaction.rule"]._specs()])

    def make_rule(self, **vals):
        rule = {"name": "Mine", "event": "message_in", "type_id": self.type_("1.1.2").id}
        return self.env["crm.interaction.rule"].create({**rule, **vals})

    def test_every_many2one_has_a_foreign_key(self):
        fields = [
            (model._table, name)
            for model_name, model in self.env.items()
            if model_name.startswith("crm.interaction") and model._auto and not model._abstract
            for name, field in model._fields.items()
            if field.type == "many2one" and field.store
        ]
        self.env.cr.execute(
            "SELECT conrelid::regclass::text, attname FROM pg_constraint"
            " JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1] WHERE contype = 'f'"
        )
        self.assertFalse(set(fields) - set(self.env.cr.fetchall()))

    def test_keys_to_large_tables_are_indexed(self):
        self.env.cr.execute(
            "SELECT conrelid::regclass::text, attname FROM pg_constraint"
            " JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]"
            " WHERE contype = 'f' AND confrelid::regclass::text = ANY(%s) AND NOT EXISTS"
            " (SELECT FROM pg_index WHERE indrelid = conrelid AND indkey[0] = attnum)",
            [LARGE],
        )
        unindexed = set(self.env.cr.fetchall())
        fields = {
            (model._table, name)
            for model in self.env.values()
            if model._auto and not model._abstract and not model._transient
            for name, field in model._fields.items()
            if field.type == "many2one" and "crm_outsourcing_interactions" in (field._modules or ())
        }
        self.assertFalse(fields & unindexed)

    def test_contact_of_a_deleted_client_keeps_its_reference(self):
        clients = self.make_client(name="Alfa") | self.make_client(name="Beta")
        first, second = (self.log(partner_id=client.id, origin_key="mail-1") for client in clients)
        clients.unlink()
        self.env.invalidate_all()
        self.assertEqual(first.origin_key, "mail-1")
        self.assertNotEqual(second.origin_key, first.origin_key)
        self.assertFalse((first | second).commercial_partner_id)
