from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests.common import new_test_user, tagged

from .common import InteractionCase


class ApiCase(InteractionCase):
    """Set up a client with a contact whose call a telephone system reports."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client(user_id=cls.staff.id)
        cls.contact = cls.make_contact(parent_id=cls.client_company.id, email="Anna@Client.example.com")

    def call(self, caller=None, **values):
        contact = {"reference": "pbx:1", "email": "anna@client.example.com", "type": "1.1.3", "channel": "phone"}
        interactions = self.env["crm.interaction"].with_user(caller or self.staff)
        return interactions.browse(interactions.log_interactions([{**contact, **values}]))


@tagged("post_install", "-at_install")
class TestInteractionApi(ApiCase):
    """Test the API for telephone systems and messengers."""

    def test_call_is_logged_once(self):
        first = self.call(duration=0.25)
        self.assertEqual(first, self.call())
        self.assertRecordValues(
            first,
            [
                {
                    "partner_id": self.contact.id,
                    "type_id": self.type_("1.1.3").id,
                    "user_id": self.staff.id,
                    "duration": 0.25,
                    "state": "confirmed",
                }
            ],
        )

    def test_address_of_several_clients_is_to_review(self):
        self.make_contact(parent_id=self.make_client(name="Vector").id, email="anna@client.example.com")
        interaction = self.call()
        self.assertFalse(interaction.partner_id)
        self.assertEqual(interaction.state, "to_review")
        self.assertIn("several", interaction.reason)

    def test_unknown_address_is_to_review(self):
        self.assertEqual(self.call(email="stranger@example.com").state, "to_review")

    def test_missing_reference_or_wrong_type_is_refused(self):
        with self.assertRaisesRegex(UserError, "reference"):
            self.call(reference="")
        with self.assertRaisesRegex(UserError, "3.2.1"):
            self.call(type="3.2.1")

    def test_user_without_the_right_may_not_log(self):
        with self.assertRaises(AccessError):
            self.call(new_test_user(self.env, "nobody", groups="base.group_user"))

    def test_call_with_colleague_or_supplier_does_not_count(self):
        supplier = self.make_client(name="Landlord", email="rent@example.com", supplier_rank=1)
        for number, values in enumerate(
            ({"email": self.manager.email}, {"email": "rent@example.com"}, {"partner_id": supplier.id, "email": ""})
        ):
            with self.subTest(values=values):
                interaction = self.call(reference=f"pbx:{number}", **values)
                self.assertFalse(interaction.commercial_partner_id)
                self.assertRecordValues(interaction, [{"state": "to_review"}])

    # --- whose it is --------------------------------------------------------------------

    def test_address_with_a_name(self):
        for number, email in enumerate(("Anna <anna@client.example.com>", " ANNA@client.example.com ")):
            self.assertEqual(self.call(reference=f"pbx:{number}", email=email).partner_id, self.contact)

    def test_phone_in_any_notation(self):
        self.contact.phone = "+32 2 555 01 01"
        for number, phone in enumerate(("+32 2 555 01 01", "003225550101", "+3225550101")):
            interaction = self.call(reference=f"pbx:{number}", email="", phone=phone)
            self.assertEqual(interaction.partner_id, self.contact)
        self.assertFalse(self.call(reference="pbx:9", email="", phone="+32 2 555 99 99").partner_id)

    def test_wrong_address_does_not_use_up_the_reference(self):
        first = self.call(email="stranger@example.com")
        self.assertRecordValues(first, [{"partner_id": False, "state": "to_review"}])
        self.assertEqual(self.call(), first)
        values = {"partner_id": self.contact.id, "commercial_partner_id": self.client_company.id}
        values |= {"state": "confirmed", "classified_by": "person", "quality": "confirmed"}
        self.assertRecordValues(first, [values])
        self.assertEqual(self.call(email="stranger@example.com"), first)
        self.assertEqual(first.partner_id, self.contact)

    def test_what_a_person_decided_stays(self):
        first = self.call(email="stranger@example.com")
        first.state = "ignored"
        self.assertEqual(self.call(), first)
        self.assertRecordValues(first, [{"partner_id": False, "state": "ignored"}])

    def test_partner_of_another_company_is_no_client(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        foreign = self.make_client(name="Foreign", company_id=other.id)
        interaction = self.call(partner_id=foreign.id)
        self.assertFalse(interaction.partner_id)
        self.assertNotIn("Foreign", interaction.reason)

    # --- references ---------------------------------------------------------------------

    def test_reference_is_the_companys(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        self.staff.company_ids += other
        first = self.call()
        model = self.env["crm.interaction"].with_user(self.staff).with_context(allowed_company_ids=other.ids)
        [id_] = model.log_interactions([{"reference": "pbx:1", "email": "anna@client.example.com"}])
        second = self.env["crm.interaction"].browse(id_)
        self.assertNotEqual(first, second)
        self.assertEqual(second.company_id, other)

    def test_reference_never_suppresses_an_event(self):
        task = self.make_task(partner_id=self.contact.id)
        self.call(reference=f"project.task,{task.id},delivered")
        task.state = "1_done"
        self.assertEqual(self.captured(task).mapped("event"), ["task_delivered"])

    def test_same_reference_twice_in_a_call(self):
        contact = {"reference": "pbx:1", "email": "anna@client.example.com"}
        ids = self.env["crm.interaction"].with_user(self.staff).log_interactions([contact, contact])
        self.assertEqual(len(set(ids)), 1)

    def test_id_that_the_caller_may_not_see_is_not_returned(self):
        stranger = self.make_client(name="Not Mine", email="other@example.com")
        known = self.call(self.manager, partner_id=stranger.id)
        ids = self.env["crm.interaction"].with_user(self.staff).log_interactions([{"reference": "pbx:1"}])
        self.assertEqual(ids, [False])
        self.assertEqual(self.call(self.manager), known)
        known.sudo()._by_code().company_id = self.env["res.company"].create({"name": "Other Firm"})
        ids = self.env["crm.interaction"].with_user(self.manager).log_interactions([{"reference": "pbx:1"}])
        self.assertEqual(ids, [False])

    # --- who may ------------------------------------------------------------------------

    def test_portal_user_may_not_log(self):
        portal = new_test_user(self.env, "client.portal", groups="base.group_portal")
        for user in (portal, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                self.call(user)
            with self.assertRaises(AccessError):
                self.env["crm.interaction"].with_user(user).sudo().log_interactions([{"reference": "x"}])

    def test_nobody_outside_is_in_charge(self):
        new_test_user(self.env, "client.portal", groups="base.group_portal")
        with self.assertRaisesRegex(UserError, "colleague"):
            self.call(user="client.portal")

    def test_rights_are_those_of_a_form(self):
        stranger = self.make_client(name="Not Mine", email="other@example.com")
        contact = {"reference": "x", "partner_id": stranger.id, "user": self.manager.login}
        with self.assertRaises(AccessError):
            self.env["crm.interaction"].with_user(self.staff).log_interactions([contact])
        self.env["crm.interaction"].with_user(self.manager).log_interactions([contact])

    def test_request_names_no_defaults(self):
        model = self.env["crm.interaction"].with_user(self.staff)
        model = model.with_context(default_state="ignored", default_event="invoice_paid", active_test=False)
        interaction = model.browse(model.log_interactions([{"reference": "x", "email": "anna@client.example.com"}]))
        self.assertRecordValues(interaction, [{"state": "to_review", "event": False, "active": True}])

    # --- many ---------------------------------------------------------------------------

    def test_a_thousand_interactions_are_one_insert(self):
        people = self.env["res.partner"].create([{"name": f"P{n}", "email": f"p{n}@example.com"} for n in range(200)])
        calls = [
            {"reference": f"many:{n}", "email": f"p{n % 200}@example.com", "type": "1.1.3", "duration": n % 7 / 4}
            for n in range(1_200)
        ]
        model = self.env["crm.interaction"].with_user(self.manager)
        statements = self.statements(lambda: model.log_interactions(calls))
        self.assertEqual(sum("INSERT INTO crm_interaction (" in statement for statement in statements), 2)
        self.assertLess(len(statements), 90)  # each of them opens a matter
        logged = model.search([("origin_key", "like", "ref:%many:%")])
        self.assertEqual(len(logged), 1_200)
        self.assertEqual(logged.partner_id, people)
        again = self.statements(lambda: model.log_interactions(calls))
        self.assertFalse([statement for statement in again if "INSERT INTO crm_interaction (" in statement])

    def test_unknown_phones_cost_no_statement_each(self):
        def cost(first, number):
            calls = [{"reference": f"unknown:{n}", "phone": f"+32 2 555 {n:04}"} for n in range(first, first + number)]
            return self.count_statements(lambda: self.env["crm.interaction"].log_interactions(calls))

        cost(1_000, 1)  # from here on all is warm
        self.assertEqual(cost(2_000, 40), cost(3_000, 2))

    def test_phones_that_odoo_cannot_format(self):
        other = self.make_contact(name="Boris", parent_id=self.client_company.id, phone="(12) 3", email=False)
        archived = self.make_contact(name="Clara", phone="12-4", email=False, active=False)
        self.contact.phone = "0032/1"
        calls = [
            {"reference": f"short:{n}", "phone": phone} for n, phone in enumerate(("1 2/3", "+32 1", "124", "---"))
        ]
        model = self.env["crm.interaction"].with_user(self.staff)
        logged = model.browse(model.log_interactions(calls))
        self.assertEqual([i.partner_id for i in logged], [other, self.contact, archived.browse(), archived.browse()])

    def test_values_are_those_of_create(self):
        """What the statement leaves to nobody to compute is what ``create`` computes."""
        logged = self.call(duration=0.5, subject="Call")
        vals = {"partner_id": self.contact.id, "type_id": self.type_("1.1.3").id, "channel": "phone", "duration": 0.5}
        made = self.env["crm.interaction"].with_user(self.staff).create({**vals, "subject": "Call"})
        names = [
            name
            for name, field in logged._fields.items()
            if field.store and field.column_type and name not in ("id", "origin_key", "date")
        ]
        self.assertEqual(*({name: i.sudo()[name] for name in names} for i in (logged, made)))

    def test_calls_go_through_the_pipeline(self):
        pipeline, passed = type(self.env["crm.interaction.pipeline"]), []

        def through(steps, events, *args):
            passed.extend(event.key for event in events)
            return original(steps, events, *args)

        original = pipeline._through
        with patch.object(pipeline, "_through", through):
            interaction = self.call()
        self.assertEqual(passed, [interaction.origin_key])
