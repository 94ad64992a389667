from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import new_test_user

from .common import InteractionCase

USER = "crm_outsourcing_interactions.group_user"


class RolesCase(InteractionCase):
    """Set up a client with salesperson, accountant, supervisor and team, who have the addon's group only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = ("seller", "accountant", "supervisor", "clerk", "deputy", "colleague")
        people = [{"login": f"roles.{name}", "groups": USER, "tz": "Europe/Moscow"} for name in names]
        heads = "crm_outsourcing_interactions.group_manager,base.group_partner_manager"
        *users, cls.boss = cls.make_users(*people, {"login": "roles.boss", "groups": heads})
        cls.users = dict(zip(names, users, strict=True))
        for name, user in cls.users.items():
            setattr(cls, name, user)
        cls.client_company = cls.make_client(name="Roles Client", user_id=cls.seller.id)
        cls.contact = cls.make_contact(parent_id=cls.client_company.id)
        cls.interaction = cls.log(partner_id=cls.contact.id, user_id=False)

    @classmethod
    def assign(cls):
        cls.client_company.write(
            {
                "interaction_accountant_id": cls.accountant.id,
                "interaction_supervisor_id": cls.supervisor.id,
                "interaction_team_ids": [Command.set(cls.clerk.ids)],
            }
        )

    def sees(self, user, record=None):
        record = self.interaction if record is None else record
        self.env.invalidate_all()
        found = bool(self.env[record._name].with_user(user).search([("id", "=", record.id)]))
        self.assertEqual(record.with_user(user).has_access("read"), found)  # both ways of asking agree
        return found

    def seeing(self, record=None):
        return {name for name, user in self.users.items() if self.sees(user, record)}


@tagged("post_install", "-at_install")
class TestRolesAccess(RolesCase):
    """Test who sees a client's interactions and the records derived from them."""

    def test_salesperson_until_an_accountant_is_set(self):
        self.assertEqual(self.contact.interaction_accountant_id, self.seller)
        self.assertEqual(self.seeing(), {"seller"})
        self.assign()
        self.assertEqual(self.contact.interaction_accountant_id, self.accountant)
        self.assertEqual(self.seeing(), {"accountant", "supervisor", "clerk"})

    def test_another_salesperson_changes_nothing_once_set(self):
        self.client_company.user_id = self.colleague
        self.assertEqual(self.contact.interaction_accountant_id, self.colleague)
        self.assign()
        self.client_company.user_id = self.seller
        self.assertEqual(self.client_company.interaction_accountant_id, self.accountant)
        self.client_company.interaction_accountant_id = False
        self.assertEqual(self.contact.interaction_accountant_id, self.seller)

    def test_contact_keeps_the_own_salesperson_without_accountant(self):
        self.client_company.user_id = False
        self.contact.user_id = self.colleague
        self.assertEqual(self.contact.interaction_accountant_id, self.colleague)

    def test_accountant_of_a_contact_is_that_of_its_client(self):
        self.contact.interaction_accountant_id = self.accountant
        self.assertEqual(self.client_company.interaction_accountant_id, self.accountant)
        self.assertEqual(self.make_contact(parent_id=self.client_company.id).interaction_accountant_id, self.accountant)

    def test_contact_that_changes_the_client(self):
        self.assign()
        other = self.make_client(user_id=self.colleague.id)
        self.contact.parent_id = other
        self.assertEqual(self.contact.interaction_accountant_id, self.colleague)

    def test_form_that_sends_the_salesperson_sets_nobody(self):
        client = self.make_client(user_id=self.seller.id, interaction_accountant_id=self.seller.id)
        client.user_id = self.colleague
        self.assertEqual(client.interaction_accountant_id, self.colleague)

    def test_responsible_stays_who_sees_the_interaction(self):
        self.assign()
        self.interaction.user_id = self.seller
        self.assertIn("seller", self.seeing())

    def test_all_that_is_made_of_interactions(self):
        self.assign()
        company = self.env.company.id
        client = {"partner_id": self.client_company.id, "company_id": company}
        target = self.env["crm.interaction.target"].create(
            {**client, "measure": "interactions_month", "bound": "ceiling", "high": 5, "active": False}
        )
        indicator = self.env["crm.interaction.indicator"].sudo()
        indicator = indicator.create({**client, "target_id": target.id, "month": "2026-10-01"})
        days = {"date_from": "2026-10-01", "date_to": "2026-10-02"}
        recommendation = (
            self.env["crm.interaction.recommendation"]
            .sudo()
            ._by_code()
            .create({**client, **days, "kind": "burden", "n": 9})
        )
        self.interaction.type_id = self.type_("1.1.3")
        type_change = self.env["crm.interaction.type.change"].search([("interaction_id", "=", self.interaction.id)])
        target.active = True
        for record in (target, indicator, recommendation, type_change[:1]):
            with self.subTest(model=record._name):
                self.assertEqual(self.seeing(record), {"accountant", "supervisor", "clerk"})

    def test_hours_of_colleagues_for_own_clients(self):
        self.assign()
        self.log(partner_id=self.contact.id, user_id=self.colleague.id, duration=0.5)
        self.env.flush_all()
        hours = self.env["crm.interaction.hours"]
        found = [("partner_id", "=", self.client_company.id), ("user_id", "=", self.colleague.id)]
        self.assertTrue(hours.with_user(self.supervisor).search(found))
        self.assertFalse(hours.with_user(self.seller).search(found))

    def test_pivot_of_a_role_is_that_of_the_records(self):
        self.assign()
        self.env.flush_all()
        for user in (self.accountant, self.supervisor, self.clerk, self.seller):
            model = self.env["crm.interaction"].with_user(user)
            for groupby in (["kind_id"], ["commercial_partner_id", "month:month"], ["user_id"]):
                standard = model.with_context(interaction_standard_read=True)._read_group([], groupby, ["__count"])
                self.assertEqual(model._read_group([], groupby, ["__count"]), standard)

    def test_filters(self):
        self.assign()
        partners = self.env["res.partner"]
        for user, mine, supervised in (
            (self.accountant, True, False),
            (self.clerk, True, False),
            (self.supervisor, False, True),
            (self.seller, False, False),
        ):
            with self.subTest(user=user.login):
                own = partners.with_user(user)
                id_ = ("id", "=", self.client_company.id)
                self.assertEqual(bool(own.search([id_, ("interaction_is_mine", "=", True)])), mine)
                self.assertEqual(bool(own.search([id_, ("interaction_is_mine", "=", False)])), not mine)
                self.assertEqual(bool(own.search([id_, ("interaction_is_supervised", "=", True)])), supervised)
                self.assertEqual(self.client_company.with_user(user).interaction_is_mine, mine)

    def test_shared_client_shows_each_company_its_own(self):
        other = self.env["res.company"].create({"name": "Second Firm"})
        self.assign()
        theirs = self.log(partner_id=self.contact.id, company_id=other.id, user_id=False)
        abroad = new_test_user(
            self.env, "roles.abroad", groups=USER, company_id=other.id, company_ids=[Command.set(other.ids)]
        )
        self.client_company.interaction_team_ids += abroad
        self.assertEqual((self.sees(self.accountant), self.sees(self.accountant, theirs)), (True, False))
        self.assertEqual((self.sees(abroad), self.sees(abroad, theirs)), (False, True))

    def test_client_of_one_company_has_no_people_of_another(self):
        other = self.env["res.company"].create({"name": "Second Firm"})
        client = self.make_client(company_id=other.id)
        for name in ("interaction_accountant_id", "interaction_supervisor_id"):
            with self.subTest(name=name), self.assertRaises(UserError):
                client[name] = self.accountant


@tagged("post_install", "-at_install")
class TestRolesAssignment(RolesCase):
    """Test that only managers assign roles, since roles give access to a client's interactions."""

    def test_managers_assign_in_bulk(self):
        other = self.make_client()
        both = (self.client_company | other).with_user(self.boss)
        both.write({"interaction_accountant_id": self.accountant.id, "interaction_supervisor_id": self.supervisor.id})
        both.interaction_team_ids = self.clerk
        self.assertEqual(other.interaction_accountant_id, self.accountant)
        self.assertEqual(self.contact.interaction_supervisor_id, self.supervisor)
        self.assertEqual(self.contact.interaction_team_ids, self.clerk)

    def test_import_by_names(self):
        fields = ["name", "interaction_accountant_id", "interaction_supervisor_id", "interaction_team_ids"]
        names = [self.accountant.name, self.supervisor.name, f"{self.clerk.name},{self.deputy.name}"]
        result = self.env["res.partner"].with_user(self.boss).load(fields, [["Imported Client", *names]])
        self.assertFalse(result["messages"])
        client = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(client.interaction_accountant_id, self.accountant)
        self.assertEqual(client.interaction_team_ids, self.clerk | self.deputy)

    def test_nobody_else_assigns(self):
        clerk = new_test_user(self.env, "roles.partners", groups=f"{USER},base.group_partner_manager")
        partners = self.env["res.partner"].with_user(clerk)
        for name in ("interaction_accountant_id", "interaction_own_accountant_id", "interaction_supervisor_id"):
            with self.subTest(name=name):
                with self.assertRaises(AccessError):
                    self.client_company.with_user(clerk)[name] = clerk
                with self.assertRaises(AccessError):
                    partners.create({"name": "Forged", name: clerk.id})
                with self.assertRaises(AccessError):
                    partners.with_context(**{f"default_{name}": clerk.id}).create({"name": "Forged"})
        with self.assertRaises(AccessError):
            self.client_company.with_user(clerk).interaction_team_ids = clerk
        with self.assertRaises(AccessError):
            self.client_company.with_user(clerk).interaction_client_until = "2026-01-01"

    def test_others_add_contacts_to_a_client_with_roles(self):
        self.assign()
        clerk = new_test_user(self.env, "roles.partners", groups="base.group_partner_manager")
        contact = self.env["res.partner"].with_user(clerk).create({"name": "New", "parent_id": self.client_company.id})
        self.assertEqual(contact.sudo().interaction_supervisor_id, self.supervisor)
        contact.write({"name": "Newer", "parent_id": self.make_client().id})

    def test_capture_takes_the_accountant_at_once(self):
        people = self.env["crm.interaction.people"]
        self.assertEqual(people._client_user(self.contact), self.seller)
        self.assign()
        self.assertEqual(people._client_user(self.contact), self.accountant)
        self.client_company.interaction_accountant_id = self.colleague
        self.assertEqual(people._client_user(self.contact), self.colleague)

    def test_who_looks_after_contacts_goes_on_working(self):
        """Odoo's contact managers need no right of ours to add people, duplicate and merge clients."""
        self.assign()
        clerk = new_test_user(self.env, "roles.contacts", groups="base.group_user,base.group_partner_manager")
        partners = self.env["res.partner"].with_user(clerk)
        person = partners.create({"name": "Vera", "parent_id": self.client_company.id})
        self.assertEqual(person.sudo().interaction_supervisor_id, self.supervisor)
        loner = partners.create({"name": "Oleg"})
        loner.parent_id = self.client_company.id
        double = partners.browse(self.client_company.id).copy().sudo()
        self.assertFalse(double.interaction_supervisor_id | double.interaction_team_ids)
        self.assertEqual(double.interaction_accountant_id, self.seller)
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(clerk)
        ids = [self.client_company.id, double.id]
        wizard.create({"partner_ids": ids, "dst_partner_id": double.id}).action_merge()
        self.assertEqual(double.interaction_supervisor_id, self.supervisor)
        self.assertEqual(double.interaction_accountant_id, self.accountant)
