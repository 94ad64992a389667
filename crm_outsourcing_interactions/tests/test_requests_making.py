from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form
from odoo.tests.common import tagged

from .requests_common import RequestCase


@tagged("post_install", "-at_install")
class TestRequestMaking(RequestCase):
    """Test that lists are made from templates for many clients, each once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payroll = cls.env.ref("crm_outsourcing_interactions.service_payroll")
        items = [{"name": "Statement", "due_days": 5}, {"name": "Time sheet", "service_id": cls.payroll.id}]
        cls.template = cls.env["crm.interaction.request.template"].create(
            {"name": "Month", "item_ids": [Command.create(item) for item in items], "company_id": cls.env.company.id}
        )
        cls.sigma = cls.make_client(name="Sigma", user_id=cls.accountant.id, lang="ru_RU")

    def wizard(self, **vals):
        clients = {"partner_ids": [Command.set((self.vector | self.sigma).ids)]}
        return self.proposal(**{**clients, **vals})

    def proposal(self, user=None, **vals):
        making = self.env["crm.interaction.request.making"].with_user(user or self.accountant)
        return making.create({"template_id": self.template.id, "period": "2026-11-01", **vals})

    def cover(self, *clients, coverage="included", **vals):
        vals = {"service_id": self.payroll.id, "coverage": coverage, **vals}
        self.env["crm.interaction.scope"].create([{"partner_id": client.id, **vals} for client in clients])

    def lists(self, client):
        return self.env["crm.interaction.request.list"].search([("commercial_partner_id", "=", client.id)])

    def test_lists_are_made_once(self):
        for _time in range(2):
            self.wizard().action_make()
        made = self.lists(self.sigma)
        self.assertEqual(len(made), 1)
        self.assertEqual((made.state, made.user_id, made.template_id), ("open", self.accountant, self.template))
        self.assertEqual([str(item.due) for item in made.item_ids], ["2026-12-05", "2026-12-10"])
        self.assertEqual(str(made.due), "2026-12-10")
        self.assertEqual(len(self.lists(self.vector)), 2)

    def test_missing_items_are_added_to_open_lists(self):
        self.wizard(period="2026-10-01").action_make()
        self.assertEqual(self.list.item_ids.mapped("name"), ["Bank statement", "Invoices", "Statement", "Time sheet"])
        self.list.item_ids.action_not_applicable()
        self.template.item_ids = [Command.create({"name": "Late idea"})]
        self.wizard(period="2026-10-01").action_make()
        self.assertEqual(len(self.list.item_ids), 4, "the list is closed")

    def test_drafts_of_colleagues_are_not_shown(self):
        draft = self.list.copy({"period": "2026-11-01"})
        self.assertEqual(draft.state, "draft")
        self.wizard().action_make()
        self.assertIn("Statement", draft.item_ids.mapped("name"))
        self.assertEqual((draft.state, self.lists(self.sigma).state), ("draft", "open"))

    def test_period_can_be_cleared_in_the_dialog(self):
        with Form(self.env["crm.interaction.request.making"].with_user(self.accountant)) as form:
            form.template_id = self.template
            form.period = False
            self.assertEqual(form.new_count, 0)
            self.assertIn("Sigma: no e-mail address", form.left_out)
            form.period = "2026-11-01"

    def test_preview_names_who_cannot_be_asked(self):
        making = self.wizard()
        self.assertEqual(making.partner_ids, self.vector | self.sigma)
        self.assertEqual((making.new_count, making.existing_count), (2, 0))
        self.assertEqual(making.left_out, "Sigma: no e-mail address")
        self.assertEqual(self.wizard(period="2026-10-01").existing_count, 1)

    def test_preview_names_why_nobody_is_asked(self):
        self.sigma.email = "sigma@example.com"
        self.assertFalse(self.wizard().left_out)
        several = "several e-mail addresses: leave one, and make a contact for each other person"
        for vals, reason in (
            ({"email": "ivan@vector.example.com, olga@vector.example.com"}, several),
            ({"email": "ivan@x.example.com", "interaction_bounced_email": "ivan@x.example.com"}, "came back"),
            ({"email": "refused@x.example.com"}, "has unsubscribed"),
        ):
            self.env["mail.blacklist"].sudo()._add("refused@x.example.com")
            self.ivan.write(vals)
            left_out = self.wizard().left_out
            self.assertTrue(left_out.startswith("Vector · Ivan: "), left_out)
            self.assertIn(reason, left_out)

    def test_preview_names_who_is_asked(self):
        making = self.wizard()
        self.assertEqual(making.contact_ids, self.ivan | self.sigma)
        self.assertEqual(making.unset_ids, self.vector | self.sigma)
        self.vector.interaction_request_partner_id = self.ivan
        self.assertEqual(self.wizard().unset_ids, self.sigma)

    @freeze_time("2026-12-08 09:00")
    def test_due_days_in_the_past_are_said_before_and_after(self):
        self.sigma.email = "sigma@example.com"
        making = self.wizard()
        self.assertIn("1 due date is in the past.", making.past_due)
        self.assertFalse(self.wizard(period="2026-12-01").past_due)
        making.action_make()
        made = self.lists(self.sigma)
        self.assertFalse(self.wizard().past_due, "all clients have their lists")
        self.assertIn("1 due date is in the past.", made.past_due)
        self.env["res.lang"]._activate_lang("ru_RU")
        self.assertIn("как можно скорее", made.with_context(lang="ru_RU").past_due)
        made.item_ids.action_not_applicable()
        self.assertFalse(made.past_due)

    def test_result_says_what_was_made(self):
        self.cover(self.sigma, service_id=self.env.ref("crm_outsourcing_interactions.service_legal").id)
        self.template.item_ids[0].unlink()
        params = self.wizard(period="2026-10-01").action_make()["params"]
        self.assertEqual(params["message"], "0 lists made. Items added to 1 list. Nothing to request from 1 client.")
        self.assertEqual(params["next"]["name"], "Request Lists Made")

    def test_clients_whose_contract_fits_are_proposed(self):
        self.assertEqual(self.proposal().partner_ids, self.vector | self.sigma, "no scopes are kept")
        self.cover(self.vector, service_id=self.env.ref("crm_outsourcing_interactions.service_legal").id)
        self.assertEqual(self.proposal().partner_ids, self.vector | self.sigma, "one item has no service")
        self.template.item_ids[0].unlink()
        self.assertEqual(self.proposal().partner_ids, self.sigma)
        self.cover(self.vector)
        self.cover(self.sigma, date_to="2026-10-31")
        self.assertEqual(self.proposal().partner_ids, self.vector)
        self.assertEqual(self.proposal(period="2026-10-01").partner_ids, self.vector | self.sigma)
        self.template.partner_ids = self.sigma
        self.assertEqual(self.proposal().partner_ids, self.sigma)

    def test_manager_without_own_clients_makes_all(self):
        unserved = self.make_client(name="Unserved")
        self.cover(self.vector, self.sigma, unserved)
        found = self.proposal(self.manager).partner_ids
        self.assertLessEqual(self.vector | self.sigma, found)
        self.assertNotIn(unserved, found)

    def test_first_template_is_preselected(self):
        making = self.env["crm.interaction.request.making"].with_user(self.accountant)
        (self.env["crm.interaction.request.template"].search([]) - self.template).active = False
        self.assertEqual(making.default_get(["template_id"])["template_id"], self.template.id)
        first = self.template.copy({"sequence": 1})
        self.assertEqual(making.default_get(["template_id"])["template_id"], first.id)

    def test_items_speak_the_clients_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.template.item_ids[0].with_context(lang="ru_RU").name = "Выписка"
        self.wizard().action_make()
        self.assertEqual(self.lists(self.sigma).item_ids[0].name, "Выписка")
        self.assertEqual(self.lists(self.vector)[0].item_ids[0].name, "Statement")

    def test_excluded_services_are_not_requested(self):
        self.cover(self.sigma, coverage="excluded")
        self.wizard().action_make()
        self.assertEqual(self.lists(self.sigma).item_ids.mapped("name"), ["Statement"])

    def test_services_outside_the_scope_are_not_requested(self):
        self.cover(self.sigma, service_id=self.env.ref("crm_outsourcing_interactions.service_legal").id)
        self.template.item_ids[0].unlink()
        self.wizard().action_make()
        self.assertFalse(self.lists(self.sigma))

    def test_ended_contracts_get_no_list(self):
        self.cover(self.sigma)
        self.sigma.interaction_client_until = "2026-01-31"
        self.assertNotIn(self.sigma, self.proposal().partner_ids)
        self.wizard(partner_ids=[Command.set(self.sigma.ids)]).action_make()
        self.assertFalse(self.lists(self.sigma))

    def test_clients_of_the_template_are_proposed_as_far_as_own(self):
        foreign = self.make_client(name="Foreign")
        self.template.write({"is_automatic": True, "partner_ids": (self.sigma | foreign).ids})
        self.template._make(foreign, self.list.period, self.env.company)
        making = self.env["crm.interaction.request.making"].with_user(self.accountant)
        own = making.create({"template_id": self.template.id})
        self.assertEqual(own.partner_ids, self.sigma)
        own.action_make()
        everybody = making.with_user(self.manager).create({"template_id": self.template.id})
        self.assertEqual(everybody.partner_ids, self.sigma | foreign)

    @freeze_time("2026-11-30 12:00")
    def test_template_says_which_lists_are_made_next(self):
        self.assertFalse(self.template.next_lists)
        self.template.write({"is_automatic": True, "partner_ids": self.sigma.ids})
        self.assertIn("October 2026, on November 30, 2026. ", self.template.next_lists)
        self.assertIn("in the past", self.template.next_lists)
        self.template._make_last_periods(self.env.company)
        self.assertEqual(self.template.next_lists, "November 2026, on December 1, 2026.")
        self.template.period_length = "quarter"
        self.assertEqual(self.template.next_lists, "Q4 2026, on January 1, 2027.")

    def test_client_of_another_company_stops_no_list(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.template.write({"is_automatic": True, "month_day": 1, "partner_ids": (self.vector | self.sigma).ids})
        self.vector.sudo().company_id = other
        self.assertEqual(self.wizard(partner_ids=[Command.set((self.vector | self.sigma).ids)]).new_count, 1)
        self.template._make_last_periods(self.env.company)
        self.assertTrue(self.lists(self.sigma))

    def test_lists_of_foreign_clients_are_refused(self):
        foreign = self.make_client(name="Foreign")
        with self.assertRaises(AccessError):
            self.wizard(partner_ids=[Command.set(foreign.ids)]).action_make()

    def test_lists_are_made_automatically(self):
        today = self.env.company._interaction_today()
        self.template.write({"is_automatic": True, "month_day": 5, "partner_ids": self.sigma.ids})
        day = today.replace(day=4)
        with patch.object(type(self.env.company), "_interaction_today", lambda company: day):
            self.template._make_last_periods(self.env.company)
            self.assertFalse(self.lists(self.sigma))
            day += timedelta(days=1)
            for _time in range(2):
                self.template._make_last_periods(self.env.company)
            made = self.lists(self.sigma)
            self.assertEqual((made.state, len(made)), ("open", 1))
            self.assertEqual(made.period, (today.replace(day=1) - timedelta(days=1)).replace(day=1))
            made.item_ids.action_not_applicable()
            made.sudo().unlink()
            self.template._make_last_periods(self.env.company)
            self.assertFalse(self.lists(self.sigma), "deleted by a person, so it stays deleted")

    def test_automatic_template_has_a_company(self):
        self.template.company_id = False
        self.template.write({"is_automatic": True, "partner_ids": self.sigma.ids})
        self.assertEqual(self.template.company_id, self.env.company)

    def test_cron_runs(self):
        self.env.ref("crm_outsourcing_interactions.cron_request_lists").method_direct_trigger()

    def test_statements_do_not_grow_with_clients(self):
        def make(count):
            clients = self.env["res.partner"].create(
                [{"name": f"Client {n}", "is_company": True, "user_id": self.accountant.id} for n in range(count)]
            )
            template = self.template.with_user(self.accountant)
            return self.count_statements(lambda: template._make(clients, self.list.period, self.env.company))

        make(2)
        self.assertLess(make(60) - make(10), 50 * 6)
