import pathlib
import re

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..models.classification.crm_interaction_type_role import ROLES
from .common import InteractionCase

ADDON = pathlib.Path(__file__).parents[1]
CODE = re.compile(r"""["'](\d\.\d\.\d(\.\d)?|\S*\btype_\d_\d_\d(_\d)?)["']""")
EXAMPLES = re.compile(r'""".*?"""', re.DOTALL)


@tagged("post_install", "-at_install")
class TestClassificationRoles(InteractionCase):
    """Test that roles, not codes, determine the function of types."""

    def move_role(self, role, code):
        """Give the role to another type, as a manager does."""
        old = self.env["crm.interaction.type"]._of_role(role).with_user(self.manager)
        old.role = False
        self.env.flush_all()  # as in a request before
        new = self.type_(code).with_user(self.manager)
        new.role = role
        return new

    def test_no_type_code_stands_in_the_code(self):
        for folder in ("models", "report", "wizard", "controllers"):
            for path in (ADDON / folder).rglob("*.py"):
                found = CODE.search(EXAMPLES.sub("", path.read_text()))
                self.assertFalse(found, f"{path}: {found and found[0]}")

    def test_every_role_is_seeded(self):
        roles = {role: self.env["crm.interaction.type"]._of_role(role).mapped("code") for role, _name in ROLES}
        self.assertEqual(
            roles,
            {
                "request": ["1.1.2", "1.1.3"],
                "additional_request": ["3.1.1"],
                "source_request": ["1.2.2"],
                "feedback": ["2.2.1"],
                "opinion": ["2.1.1"],
                "scope_offer": ["3.2.1.2"],
                "client_report": ["4.2.1"],
            },
        )

    def test_type_with_a_role_is_neither_archived_nor_deleted(self):
        type_ = self.type_("2.2.1").with_user(self.manager)
        self.env["crm.interaction"].with_context(active_test=False).search([("type_id", "=", type_.id)]).unlink()
        for change in (type_.action_archive, lambda: type_.write({"active": False})):
            with self.assertRaisesRegex(ValidationError, "is used as “Request for Feedback”"), self.cr.savepoint():
                change()
        self.env["crm.interaction.rule"].search([("type_id", "=", type_.id)]).unlink()
        self.env["crm.interaction.target"].with_context(active_test=False).search([("type_id", "=", type_.id)]).unlink()
        with self.assertRaisesRegex(UserError, "Remove its role first"), self.cr.savepoint():
            type_.unlink()
        type_.role = False
        type_.action_archive()
        self.assertFalse(type_.active)

    def test_only_one_type_may_have_a_single_role(self):
        self.type_("1.2.4").role = "source_request"  # several may ask for data
        for code, role in (("4.2.1", "feedback"), ("3.2.1.1", "scope_offer"), ("4.1.1", "additional_request")):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.type_(code).role = role
                self.env.flush_all()

    def test_copy_has_no_role(self):
        self.assertFalse(self.type_("2.2.1").copy().role)

    def test_role_fits_the_direction(self):
        with self.assertRaisesRegex(ValidationError, "direction"), self.cr.savepoint():
            self.type_("1.2.4").role = "request"
        with self.assertRaisesRegex(ValidationError, "direction"), self.cr.savepoint():
            self.type_("4.1.1").role = "source_request"

    def test_group_has_no_role(self):
        with self.assertRaisesRegex(ValidationError, "group"), self.cr.savepoint():
            self.type_("3.2.1").role = "source_request"
        asked = self.type_("1.2.4").copy()
        asked.role = "source_request"
        with self.assertRaisesRegex(ValidationError, "group"), self.cr.savepoint():
            self.type_("1.2.3").copy({"parent_id": asked.id})

    def test_staff_does_not_change_roles(self):
        with self.assertRaises(UserError):
            self.type_("2.2.1").with_user(self.staff).role = False

    # --- what looks for a role --------------------------------------------------------

    def test_requests_outside_the_scope_get_the_type_with_the_role(self):
        scope = self.env["crm.interaction.scope"]
        self.assertEqual(scope._request_types()[0], {self.type_("1.1.2").id, self.type_("1.1.3").id})
        other = self.type_("3.1.1").copy({"code": "3.1.2"})
        new = self.move_role("additional_request", other.code)
        self.assertEqual(scope._request_types()[1], (new.id, new.kind_id.id))

    def test_feedback_is_that_of_the_type_with_the_role(self):
        client = self.make_client()
        self.log(partner_id=client.id, type_id=self.type_("4.2.1").id)
        self.assertFalse(client.interaction_last_feedback)
        self.move_role("feedback", "4.2.1")
        client.invalidate_recordset()
        self.assertTrue(client.interaction_last_feedback)
        self.type_("4.2.1").role = False
        client.invalidate_recordset()
        self.assertFalse(client.interaction_last_feedback)

    def test_recommendations_find_types_by_role(self):
        client, company = self.make_client(), self.env.company
        company.interaction_burden_number = 2
        for _number in range(2):
            self.log(partner_id=client.id, type_id=self.type_("1.2.4").id)
        recommendations = self.env["crm.interaction.recommendation"]
        recommendations._refresh(company)
        domain = [("partner_id", "=", client.id), ("kind", "=", "burden")]
        self.assertFalse(recommendations.search(domain))
        self.type_("1.2.4").role = "source_request"
        recommendations._refresh(company)
        found = recommendations.search(domain)
        self.assertEqual(found.n, 2)
        self.move_role("scope_offer", "3.2.1.1")
        self.assertEqual(found._prepare_opportunity_vals()["interaction_offer_type_id"], self.type_("3.2.1.1").id)
