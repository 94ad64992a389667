import math

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestInteractionRecord(InteractionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client(user_id=cls.staff.id)
        cls.contact = cls.make_contact(parent_id=cls.client_company.id)

    def test_quick_form_needs_two_fields(self):
        form = Form(self.env["crm.interaction"].with_user(self.staff))
        form.partner_id = self.contact
        form.type_id = self.type_("1.1.3")
        interaction = form.save()
        self.assertRecordValues(
            interaction,
            [
                {
                    "commercial_partner_id": self.client_company.id,
                    "kind_id": self.env.ref("crm_outsourcing_interactions.kind_1").id,
                    "direction": "incoming",
                    "user_id": self.staff.id,
                    "company_id": self.env.company.id,
                    "channel": "phone",
                    "state": "confirmed",
                    "classified_by": "person",
                    "event": False,
                    "reason": "Chosen by interaction.staff",
                }
            ],
        )
        self.assertTrue(interaction.date)

    def test_interaction_without_type_is_to_classify(self):
        interaction = self.log(partner_id=self.contact.id)
        self.assertRecordValues(interaction, [{"state": "to_review", "kind_id": False, "classified_by": False}])

    def test_client_is_a_snapshot(self):
        interaction = self.log(partner_id=self.contact.id)
        self.contact.parent_id = self.make_client(name="Other")
        self.assertEqual(interaction.commercial_partner_id, self.client_company)

    def test_client_follows_the_contact_that_a_person_changes(self):
        interaction = self.log(partner_id=self.contact.id)
        interaction.partner_id = other = self.make_client(name="Other")
        self.assertEqual(interaction.commercial_partner_id, other)

    def test_kind_and_direction_follow_the_type(self):
        interaction = self.log(type_id=self.type_("1.1.3").id)
        interaction.type_id = self.type_("3.2.1.1")
        self.assertEqual((interaction.kind_id.code, interaction.direction), ("3", "outgoing"))

    def test_direction_against_the_type_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "other direction"):
            self.log(type_id=self.type_("1.1.3").id).direction = "outgoing"

    def test_types_are_set_for_many_at_once(self):
        interactions = self.log() | self.log() | self.log()
        interactions.with_user(self.manager).type_id = self.type_("4.1.1")
        self.assertEqual(interactions.mapped("classified_by"), ["person"] * 3)
        self.assertEqual(set(interactions.mapped("state")), {"confirmed"})

    def test_confirm_needs_a_type(self):
        with self.assertRaisesRegex(UserError, "Interactions without a type: 1"):
            (self.log() | self.log(type_id=self.type_("4.1.1").id)).action_confirm()

    def test_confirm_needs_the_side_of_an_opinion(self):
        opinion = self.log(type_id=self.type_("2.1.1").id, state="to_review")
        with self.assertRaisesRegex(UserError, "complaint or praise"):
            opinion.action_confirm()
        opinion.polarity = "positive"
        opinion.action_confirm()
        self.assertEqual(opinion.state, "confirmed")

    def test_ignored_is_in_no_figure_and_comes_back(self):
        interaction = self.log(type_id=self.type_("4.1.1").id)
        interaction.action_ignore()
        self.assertFalse(interaction.active)
        self.assertFalse(self.env["crm.interaction"].search([("id", "=", interaction.id)]))
        interaction.action_unarchive()
        self.assertRecordValues(interaction, [{"active": True, "state": "to_review"}])

    def test_captured_is_not_deleted(self):
        task = self.make_task(partner_id=self.contact.id)
        task.state = "1_done"
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            self.captured(task).with_user(self.manager).unlink()

    def test_unique_reference_is_refused_once_per_client(self):
        self.log(partner_id=self.contact.id, origin_key="pbx-1")
        self.log(partner_id=self.make_client(name="Other").id, origin_key="pbx-1")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.log(partner_id=self.client_company.id, origin_key="pbx-1")

    def test_duration_that_cannot_be_is_refused(self):
        for duration in (-1, 1001, math.nan, math.inf):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.log(duration=duration)
        self.log(duration=1000)

    def test_document_opens(self):
        task = self.make_task(partner_id=self.contact.id)
        task.state = "1_done"
        interaction = self.captured(task)
        self.assertEqual(interaction.action_open_document()["res_id"], task.id)
        with self.assertRaisesRegex(UserError, "no document"):
            self.log().action_open_document()

    def test_deleted_document_is_shown_as_deleted(self):
        tasks = self.make_task(partner_id=self.contact.id) | self.make_task(partner_id=self.contact.id)
        tasks.state = "1_done"
        gone, there = (self.captured(task) for task in tasks)
        of_absent_app, of_abstract, by_hand = (self.log(partner_id=self.contact.id) for _number in range(3))
        of_absent_app._by_code().write({"res_model": "fleet.vehicle", "res_id": 7})
        of_abstract._by_code().write({"res_model": "mail.thread", "res_id": 7})
        tasks[0].unlink()
        rows = (gone | there | of_absent_app | of_abstract | by_hand).with_user(self.staff)
        self.env.invalidate_all()
        shown = rows.web_read({"document_deleted": {}, "res_model": {}, "res_id": {}})
        self.assertEqual([row["document_deleted"] for row in shown], [True, False, True, True, False])
        for row in (gone, of_absent_app):
            action = row.with_user(self.staff).action_open_document()
            self.assertEqual((action["tag"], action["params"]["message"]), ("display_notification", "Document deleted"))

    # --- the contact's smart button ---------------------------------------------------

    def test_client_counts_with_its_contacts(self):
        self.log(partner_id=self.contact.id)
        self.log(partner_id=self.client_company.id)
        partners = (self.client_company | self.contact).with_user(self.staff)
        self.assertEqual(partners.mapped("interaction_count"), [2, 1])
        action = self.contact.action_view_interactions()
        self.assertEqual(self.env["crm.interaction"].search_count(action["domain"]), 1)

    def test_counts_of_many_clients_take_one_query(self):
        clients = self.env["res.partner"].concat(*(self.make_client(name=str(number)) for number in range(20)))
        for client in clients:
            self.log(partner_id=client.id)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            self.assertEqual(clients.mapped("interaction_count"), [1] * 20)
