from odoo.exceptions import AccessError
from odoo.tests.common import tagged

from .requests_common import GROUP, RequestCase


@tagged("post_install", "-at_install")
class TestRequestRights(RequestCase):
    """Test that users with our group only reach nothing of others through lists, items and dialogs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls.make_staff(login="stranger", groups=GROUP)
        cls.sigma = cls.make_client(name="Sigma", user_id=cls.stranger.id)
        cls.vera = cls.make_contact(name="Vera", email="vera@sigma.example.com", parent_id=cls.sigma.id)

    def test_items_stay_with_the_client_of_their_list(self):
        item = self.statement.with_user(self.accountant)
        for vals in (
            {"commercial_partner_id": self.sigma.id, "partner_id": self.vera.id},
            {"company_id": self.env["res.company"].create({"name": "Other"}).id},
        ):
            with self.assertRaises(AccessError):
                item.write(vals)
            with self.assertRaises(AccessError):
                item.create({"list_id": self.list.id, "name": "Act", **vals})
            forged = {f"default_{name}": value for name, value in vals.items() if name != "partner_id"}
            made = item.with_context(**forged).create({"list_id": self.list.id, "name": "Act"})
            self.assertEqual((made.commercial_partner_id, made.company_id), (self.vector, self.env.company))
        self.assertEqual(item.commercial_partner_id, self.vector)

    def test_nothing_moves_to_where_the_user_may_not_write(self):
        foreign = self.list.with_user(self.stranger).create({"commercial_partner_id": self.sigma.id})
        item = self.statement.with_user(self.accountant).create({"list_id": self.list.id, "name": "Forged"})
        own = self.make_list(period="2026-06-01", names=("Forged",)).with_user(self.accountant)
        for record, vals in ((item, {"list_id": foreign.id}), (own, {"commercial_partner_id": self.sigma.id})):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                record.write(vals)
        self.env.invalidate_all()
        self.assertEqual((item.list_id, own.commercial_partner_id), (self.list, self.vector))
        item.write({"list_id": own.id})
        self.assertEqual(item.list_id, own)

    def test_dialogs_tell_nothing_of_foreign_matters(self):
        matter = self.ask().matter_id
        for name, field in (("confirmation", "complained_on"), ("matter.merge", "client_id")):
            dialog = self.env[f"crm.interaction.{name}"].with_context(default_matter_id=matter.id)
            own = dialog.with_user(self.accountant).onchange({}, [], {"matter_id": {}, field: {}})
            self.assertIn("value", own)
            self.env.invalidate_all()  # what is in the cache is read without a check
            with self.assertRaises(AccessError):
                dialog.with_user(self.stranger).onchange({}, [], {"matter_id": {}, field: {}})

    def test_nothing_moves_to_a_foreign_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        boss = self.make_staff(
            login="boss", groups="crm_outsourcing_interactions.group_manager", company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )  # fmt: skip
        item = [(0, 0, {"name": "Act"})]
        for name, vals in (
            ("reporting.week", {"name": "VAT", "date_from": "2026-12-07", "date_to": "2026-12-08"}),
            ("ignored.sender", {"address": "news@example.com"}),
            ("request.template", {"name": "Month", "item_ids": item}),
        ):
            own = self.env[f"crm.interaction.{name}"].with_user(boss).create({**vals, "company_id": other.id})
            with self.subTest(name), self.assertRaises(AccessError), self.env.cr.savepoint():
                own.write({"company_id": self.env.company.id})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            foreign = own.sudo().create({"name": "Foreign", "company_id": self.env.company.id})
            own.item_ids.template_id = foreign.with_user(boss)

    def test_models_with_a_company_check_its_change(self):
        for name, model in self.env.items():
            field = model._fields.get("company_id")
            is_own = name.startswith("crm.interaction") and model._auto and not model._transient and not model._abstract
            if not is_own or not field or field.related:
                continue
            access = self.env["ir.model.access"].search([("model_id.model", "=", name), ("perm_write", "=", True)])
            groups = self.env.ref(GROUP) | self.env.ref("crm_outsourcing_interactions.group_manager")
            if access.group_id & groups:
                self.assertTrue(hasattr(model, "_check_company_change"), name)

    def test_counts_of_a_list_are_not_written(self):
        with self.assertRaises(AccessError):
            self.list.with_user(self.accountant).write({"done_count": self.list.item_count})

    def test_dialogs_show_readable_messages_only(self):
        list_ = self.list.with_user(self.stranger).create({"commercial_partner_id": self.sigma.id})
        foreign = list_.sudo().message_post(body="Secret of Sigma", message_type="email")
        own = self.list.message_post(body="Statement of Vector", message_type="email")
        for model, name in (("takeover", "text"), ("asking", "documents")):
            dialog = self.env[f"crm.interaction.request.{model}"].with_user(self.accountant)
            fields = {name: {}, **({"date": {}, "sender_ids": {}} if model == "takeover" else {})}
            shown = [
                dialog.with_context(default_message_id=message.id).onchange({}, [], fields)["value"]
                for message in (foreign, own)
            ]
            self.assertIn("Statement of Vector", shown[1][name])
            self.assertFalse(any(shown[0].values()), shown[0])
        made = self.env["crm.interaction.request.takeover"].with_user(self.accountant)
        made = made.create({"list_id": self.list.id, "message_id": foreign.id})
        self.assertFalse(made.text or made.date)
