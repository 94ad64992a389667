from freezegun import freeze_time

from odoo import Command
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .requests_common import MONDAY, RequestCase

JOBS = "odoo.addons.crm_outsourcing_interactions.models.events.crm_interaction_job"


@tagged("post_install", "-at_install")
@freeze_time(MONDAY)
class TestRequestMakingJob(RequestCase):
    """Test that the job makes the lists of all clients for whom it can."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sigma = cls.make_client(name="Sigma", user_id=cls.accountant.id)
        payroll = cls.env.ref("crm_outsourcing_interactions.service_payroll")
        items = [{"name": "Act"}, {"name": "Time sheet", "service_id": payroll.id}, {"name": "Payslips"}]
        cls.template = cls.env["crm.interaction.request.template"].create(
            {
                "name": "Month",
                "item_ids": [Command.create(item) for item in items],
                "company_id": cls.env.company.id,
                "is_automatic": True,
                "month_day": 1,
                "partner_ids": (cls.vector | cls.sigma).ids,
            }
        )

    def made(self, client):
        return self.template.env["crm.interaction.request.list"].search(
            [("commercial_partner_id", "=", client.id), ("template_id", "=", self.template.id)]
        )

    def run_making(self):
        return self.template._make_last_periods(self.env.company)

    def test_confidential_items_are_left_out_of_lists_that_all_see(self):
        shown = self.make_list(self.sigma, audience="client", names=("Statement",))
        self.template._make(self.sigma, shown.period, self.env.company)
        self.assertEqual(shown.item_ids.mapped("name"), ["Statement", "Act"])
        count = len(shown.message_ids)
        self.template._make(self.sigma, shown.period, self.env.company)
        self.assertEqual(len(shown.message_ids), count, "told once")
        note = shown.message_ids[:1]
        self.assertIn("Time sheet, Payslips", note.body)
        self.assertEqual(note.subtype_id, self.env.ref("mail.mt_note"))

    def test_client_that_has_become_a_contact_stops_no_list(self):
        self.vector.parent_id = self.make_client(name="Holding")
        self.assertFalse(self.run_making())
        self.assertTrue(self.made(self.sigma))
        self.assertTrue(self.template.made_for)

    def test_fault_of_one_client_stops_no_other(self):
        self.make_faulty(self.vector)
        with mute_logger(JOBS):
            [error] = self.run_making()
        self.assertIsInstance(error, ZeroDivisionError)
        self.assertEqual((bool(self.made(self.sigma)), bool(self.made(self.vector))), (True, False))
        self.assertEqual(self.template.failed_ids, self.vector)
        deleted = self.made(self.sigma).item_ids[:1]
        name = deleted.name
        deleted.unlink()
        self.faulty = self.vector.browse()
        self.assertFalse(self.run_making(), "the next run tries again")
        self.assertIn("Act", self.list.item_ids.mapped("name"))
        self.assertFalse(self.template.failed_ids)
        self.assertNotIn(name, self.made(self.sigma).item_ids.mapped("name"), "made before, so it stays deleted")

    def test_failed_client_taken_off_the_template_is_forgotten(self):
        self.make_faulty(self.vector)
        with mute_logger(JOBS):
            self.run_making()
        self.assertEqual(self.template.failed_ids, self.vector)
        self.template.partner_ids -= self.vector
        self.assertFalse(self.run_making())
        self.assertFalse(self.template.failed_ids)

    def make_faulty(self, client):
        """Let a list of a client be refused, e.g. by a constraint of another addon."""
        self.faulty, items = client, type(self.template.item_ids)
        prepare = items._prepare_item_vals

        def refuse(item, own, *args):
            return prepare(item, own, *args) if own != self.faulty else 1 / 0

        self.patch(items, "_prepare_item_vals", refuse)
