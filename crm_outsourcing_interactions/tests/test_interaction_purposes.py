from datetime import date

from odoo.exceptions import UserError
from odoo.tests.common import tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestInteractionPurposes(InteractionCase):
    """Test that a further purpose follows the first one of the same interaction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_staff(login="only.user", groups="crm_outsourcing_interactions.group_user")
        cls.alfa, cls.beta = (cls.make_client(name=name, user_id=cls.user.id) for name in ("Alfa", "Beta"))
        contact = cls.make_contact(parent_id=cls.alfa.id)
        cls.task = cls.make_task(partner_id=contact.id, user_ids=cls.staff.ids)
        message = cls.task.with_user(cls.staff).message_post(
            body="Two things", partner_ids=contact.ids, subtype_xmlid="mail.mt_comment"
        )
        values = {"type_id": cls.type_("3.2.1.2").id}
        cls.env["crm.interaction"].with_user(cls.staff).tag_message(message.id, values, split=True)
        cls.first, cls.second = message.sudo().interaction_ids.sorted("id")

    def counted(self):
        self.env.flush_all()
        return self.env["crm.interaction"].search_count([("id", "in", (self.first | self.second).ids)])

    def test_ignored_and_back_together(self):
        for leave, come_back in (
            (lambda i: i.action_ignore(), lambda i: i.action_reset()),
            (lambda i: i.action_archive(), lambda i: i.action_unarchive()),
            (lambda i: i.tag({"state": "ignored"}), lambda i: i.tag({"type_id": self.type_("1.2.1").id})),
        ):
            leave(self.first.with_user(self.user))
            self.assertEqual(self.counted(), 0)
            come_back(self.first.with_user(self.user))
            self.assertEqual(self.counted(), 2)
            self.assertEqual(self.second.state, "confirmed")
        self.assertEqual(self.env["crm.interaction.total"]._check(), [])

    def test_each_step_is_recorded_for_both(self):
        before = len(self.second.type_change_ids)
        self.first.with_user(self.user).action_ignore()
        self.assertEqual(len(self.second.type_change_ids), before + 1)

    def test_second_alone_may_be_ignored_and_stays(self):
        self.second.with_user(self.user).action_ignore()
        self.assertEqual(self.counted(), 1)
        self.env.flush_all()  # what follows happens in another transaction
        self.env.cr.execute("UPDATE crm_interaction_type_change SET create_date = create_date - interval '1 hour'")
        self.env.invalidate_all()
        self.first.with_user(self.user).action_ignore()
        self.first.with_user(self.user).action_reset()
        self.assertFalse(self.second.active)

    def test_client_date_and_company_are_those_of_the_first(self):
        self.first.with_user(self.manager).write({"partner_id": self.beta.id, "date": "2026-03-31 12:00:00"})
        self.assertEqual(self.second.commercial_partner_id, self.beta)
        self.assertEqual(self.second.month, date(2026, 3, 1))
        company = self.env["res.company"].create({"name": "Other Firm"})
        self.manager.company_ids += company
        self.first.with_user(self.manager).company_id = company
        self.assertEqual(self.second.company_id, company)
        self.assertEqual(self.env["crm.interaction.total"]._check(), [])

    def test_second_is_not_moved_alone(self):
        for values in ({"partner_id": self.beta.id}, {"date": "2026-03-31 12:00:00"}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "further purpose"):
                self.second.with_user(self.user).write(values)
        (self.first | self.second).with_user(self.manager).write({"partner_id": self.beta.id})
        self.assertEqual((self.first | self.second).commercial_partner_id, self.beta)
