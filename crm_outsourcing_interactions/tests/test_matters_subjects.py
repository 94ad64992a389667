from datetime import datetime

from freezegun import freeze_time

from odoo.tests.common import tagged

from .common import STAFF
from .complaint_common import SupervisedCase

DATED = {"interaction_dates": True}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 12:00:00")
class TestMattersSubjects(SupervisedCase):
    """Two questions of one client are told apart by their subjects, as far as the reader may read them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.insider, cls.outsider = cls.make_users(
            {"login": "insider", "groups": STAFF}, {"login": "outsider", "groups": STAFF}
        )
        cls.alfa.interaction_team_ids = cls.insider | cls.outsider
        cls.contact = cls.make_contact(parent_id=cls.alfa.id)
        cls.hidden = cls.make_task(
            name="Merger", partner_id=cls.alfa.id, project_id=cls.make_project(privacy_visibility="followers").id
        )
        cls.hidden.message_subscribe(cls.insider.partner_id.ids)

    def asked(self, task, **values):
        values = {"partner": self.contact, "record": task, "subject": task.name, "user": self.user, **values}
        return self.capture(datetime(2026, 11, 3, 9, 0, next(self.number)), code="message_in", **values)

    def test_subject_is_that_of_the_opening(self):
        task = self.make_task(partner_id=self.alfa.id)
        first = self.asked(task, subject="VAT return")
        self.asked(task, subject="Re: VAT return")
        self.asked(self.make_task(partner_id=self.alfa.id), subject="Payroll")
        matters = self.env["crm.interaction.matter"].search([("commercial_partner_id", "=", self.alfa.id)], order="id")
        self.assertEqual(self.by(self.outsider, matters).mapped("subject"), ["VAT return", "Payroll"])
        self.assertEqual(first.matter_id.interaction_count, 2)
        found = self.by(self.outsider, matters).name_search("payroll")
        self.assertEqual([id_ for id_, _name in found], matters[1].ids)

    def test_names_in_a_choice_carry_date_and_subject(self):
        matter = self.asked(self.make_task(partner_id=self.alfa.id), subject="Payroll").matter_id
        name = self.by(self.outsider, matter).with_context(**DATED).display_name
        self.assertEqual(name, "Request within the contract · Payroll · 11/03/2026")
        self.assertNotIn("Payroll", matter.display_name)

    def test_subject_of_a_hidden_document_is_not_shown(self):
        matter = self.asked(self.hidden).matter_id
        for user, subject in ((self.insider, "Merger"), (self.outsider, "Private")):
            self.env.invalidate_all()
            seen = self.by(user, matter)
            self.assertEqual(seen.subject, subject)
            self.assertEqual(seen.sudo().with_context(**DATED).display_name.split(" · ")[1], subject)
            self.assertEqual(bool(seen.search([("interaction_ids.subject", "ilike", "merger")])), subject == "Merger")
            self.assertEqual(bool(seen.name_search("merger")), subject == "Merger")

    def test_document_of_a_complaint_is_checked_once(self):
        seen = self.by(self.insider, self.asked(self.hidden, type_code="2.1.1", polarity="negative").matter_id)
        self.env.invalidate_all()
        found = []
        queries = self.statements(lambda: found.extend((seen.is_private, seen.subject)))
        self.assertEqual(found, [False, "Merger"])
        self.assertEqual(sum('FROM "project_task"' in query for query in queries), 1)

    def test_reader_of_other_clients_learns_nothing(self):
        matter = self.asked(self.make_task(partner_id=self.alfa.id)).matter_id
        stranger = self.make_staff(login="stranger", groups="base.group_user")
        self.assertFalse(matter.with_user(stranger).sudo().subject)

    def test_confirmation_names_the_writer_of_a_hidden_message(self):
        message = self.asked(self.hidden)
        for user, subject in ((self.insider, "Merger"), (self.outsider, "Anna Contact")):
            self.env.invalidate_all()
            name = self.by(user, message).with_context(**DATED).display_name
            self.assertIn(f"{subject} · Nov 3", name.replace("11/3/26", "Nov 3"))
        self.assertIn("Private", self.by(self.outsider, message).display_name)
