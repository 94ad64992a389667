import csv
import io

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests.common import tagged
from odoo.tools import mute_logger
from odoo.tools.misc import file_open

from .common import InteractionCase

MODULE = "crm_outsourcing_interactions"


@tagged("post_install", "-at_install")
class TestClassificationEntries(InteractionCase):
    """Test that the seeds match the published classification and that kinds and types in use are protected."""

    def make_type(self, code="9.1", **vals):
        kind = self.env.ref(f"{MODULE}.kind_1")
        defaults = {"code": code, "name": "Own", "kind_id": kind.id, "direction": "incoming"}
        return self.env["crm.interaction.type"].create({**defaults, **vals})

    # --- seeds ------------------------------------------------------------------------

    def test_seeds_are_the_published_classification(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env["ir.module.module"].search([("name", "=", MODULE)])._update_translations("ru_RU", overwrite=True)
        with file_open(f"{MODULE}/tests/classification.csv") as file:
            table = list(csv.DictReader(io.StringIO(file.read())))
        self.assertEqual(len(table), 4 + 17)
        kinds = self.env["crm.interaction.kind"].search([])
        types = self.env["crm.interaction.type"].search([])
        self.assertEqual(sorted(kinds.mapped("code") + types.mapped("code")), sorted(row["code"] for row in table))
        for row in table:
            with self.subTest(code=row["code"]):
                entry = (kinds if row["level"] == "kind" else types).filtered(lambda e, row=row: e.code == row["code"])
                self.assertEqual(entry.name, row["name_en"])
                self.assertEqual(entry.with_context(lang="ru_RU").name, row["name_ru"])
                self.assertTrue(entry.description)
                if row["level"] != "kind":
                    self.assertEqual((entry.kind_id.code, entry.direction), (row["kind_code"], row["direction"]))
                    self.assertEqual(entry.parent_id.code or "", row["parent_code"])
                    self.assertEqual(entry.is_group, row["level"] == "group")

    def test_descriptions_are_translated(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env["ir.module.module"].search([("name", "=", MODULE)])._update_translations("ru_RU", overwrite=True)
        for entry in [*self.env["crm.interaction.kind"].search([]), *self.env["crm.interaction.type"].search([])]:
            self.assertRegex(entry.with_context(lang="ru_RU").description, "[а-я]")

    # --- codes and the tree -----------------------------------------------------------

    def test_nobody_writes_whether_a_type_is_a_group(self):
        type_ = self.type_("1.1.1").copy({"code": "1.1.9"})
        with self.assertRaises(ValidationError), self.cr.savepoint():
            type_.with_user(self.manager).write({"is_group": True})
        child = type_.with_user(self.manager).copy({"code": "1.1.9.1", "parent_id": type_.id})
        self.assertTrue(type_.is_group)
        child.parent_id = False
        self.assertFalse(type_.is_group)

    def test_codes_are_unique(self):
        for entry in (self.type_("1.1.1"), self.env.ref(f"{MODULE}.kind_1")):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                entry.copy({"code": entry.code})

    def test_copy_has_a_code_of_its_own(self):
        self.assertEqual(self.type_("1.1.1").copy().code, "1.1.1 (copy)")

    def test_type_is_found_by_code_and_by_name(self):
        search = self.env["crm.interaction.type"].with_user(self.staff).name_search
        self.assertEqual([name for _id, name in search("4.2.2")], ["4.2.2 Invoicing"])
        self.assertEqual([name for _id, name in search("invoic")], ["4.2.2 Invoicing"])

    def test_type_cannot_be_inside_itself(self):
        outer = self.make_type("9.1")
        inner = self.make_type("9.1.1", parent_id=outer.id)
        with self.assertRaisesRegex(UserError, "inside itself"):
            outer.parent_id = inner

    def test_type_agrees_with_its_group(self):
        group = self.type_("3.2.1")
        self.make_type("3.2.1.9", parent_id=group.id, kind_id=group.kind_id.id, direction="outgoing")
        for wrong in ({"direction": "incoming", "kind_id": group.kind_id.id}, {"direction": "outgoing"}):
            with self.subTest(wrong=wrong), self.assertRaisesRegex(ValidationError, r"3\.2\.1 Offer to the client"):
                self.make_type(f"3.2.1.{wrong['direction']}", parent_id=group.id, **wrong)

    def test_group_cannot_be_chosen(self):
        with self.assertRaisesRegex(ValidationError, "only groups"):
            self.log(type_id=self.type_("3.2.1").id)

    def test_type_in_use_or_of_a_rule_cannot_become_a_group(self):
        used = self.make_type("9.1")
        self.log(type_id=used.id)
        with self.assertRaisesRegex(UserError, "cannot become a group. Interactions of this type: 1"):
            self.make_type("9.1.1", parent_id=used.id)
        given = self.type_("4.1.1")
        with self.assertRaisesRegex(UserError, "News from a client"):
            self.make_type("4.1.1.1", parent_id=given.id, kind_id=given.kind_id.id)

    # --- protection -------------------------------------------------------------------

    def test_type_in_use_is_archived_not_deleted(self):
        used = self.make_type()
        interaction = self.log(type_id=used.id)
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            used.unlink()
        used.active = False
        self.assertNotIn(used, self.env["crm.interaction.type"].search([]))
        self.assertEqual(interaction.type_id, used)
        self.assertTrue(self.env["crm.interaction"]._read_group([("type_id", "=", used.id)], ["kind_id"], ["__count"]))

    def test_unused_type_is_deleted(self):
        own = self.make_type()
        own.with_user(self.manager).unlink()
        self.assertFalse(own.exists())

    def test_type_of_a_rule_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "the rule “News from a client” gives it"):
            self.type_("4.1.1").unlink()

    def test_kind_with_types_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, r"1\.1\.1, 1\.1\.2"):
            self.env.ref(f"{MODULE}.kind_1").unlink()

    def test_figures_of_the_past_cannot_be_moved(self):
        used = self.make_type()
        self.log(type_id=used.id)
        for vals in ({"direction": "outgoing"}, {"kind_id": self.env.ref(f"{MODULE}.kind_2").id}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "cannot change: .*of this type: 1"):
                used.write(vals)
        with self.assertRaisesRegex(UserError, "ratio role"):
            used.kind_id.ratio_role = "improvement"
        used.write({"name": "Other", "direction": "incoming"})
        used.kind_id.write({"name": "Other", "ratio_role": "base"})

    def test_firm_adds_kinds_and_types_of_its_own(self):
        kind = self.env["crm.interaction.kind"].with_user(self.manager).create({"code": "5", "name": "Own"})
        own = self.make_type("5.1.1", kind_id=kind.id)
        self.assertEqual(self.log(type_id=own.id).kind_id, kind)
        self.assertEqual(kind.type_count, 1)

    def test_only_managers_change_the_classification(self):
        with self.assertRaises(AccessError):
            self.type_("1.1.1").with_user(self.staff).name = "Other"
