from functools import partial

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests.common import tagged

from .portal_common import AccountCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-30 12:00:00")
class TestPortalComplaintPrivate(AccountCase):
    """Test that whoever may not read a complaint from the account decides about none of its messages."""

    def setUp(self):
        super().setUp()
        self.complaint = self.env["crm.interaction.portal.complaint"]._send(self.anna.partner_id, "Nobody calls", "t")
        self.opening = self.captured(self.complaint)
        self.matter = self.opening.matter_id
        with freeze_time("2026-11-30 13:00:00"):
            self.complaint.with_user(self.auditor).message_post(
                body="We call today", partner_ids=self.anna.partner_id.ids, subtype_xmlid="mail.mt_comment"
            )
        with freeze_time("2026-11-30 14:00:00"):
            self.complaint.sudo().message_post(
                body="Nobody has called", author_id=self.anna.partner_id.id, message_type="email",
                email_from=self.anna.partner_id.email, subtype_xmlid="mail.mt_comment",
            )  # fmt: skip
        self.word = self.captured(self.complaint).sorted("date")[-1:]
        self.env.invalidate_all()

    def works(self, user):
        """Return what ``user`` may try with the client's last message."""
        own = self.word.with_user(user).sudo(False)
        return [
            partial(own.tag, {"state": "ignored"}),
            partial(own.tag, {"type_id": self.type_("2.1.1").id, "polarity": "positive"}),
            partial(own.write, {"active": False}),
            partial(own.mark_matter, "no_answer"),
            own.split_matter,
        ]

    def state(self):
        self.env.invalidate_all()
        return self.word.active, self.word.matter_id == self.matter, self.matter.complaint_state, self.matter.waiting

    def test_last_word_belongs_to_the_complaint(self):
        self.assertEqual((self.word.direction, *self.state()), ("incoming", True, True, "open", "us"))

    def test_accountant_decides_about_no_message(self):
        before = self.state()
        for work in self.works(self.accountant):
            with self.subTest(work=work), self.assertRaises(AccessError), self.env.cr.savepoint():
                work()
            self.assertEqual(self.state(), before)

    def test_supervisor_decides_about_each(self):
        for work in self.works(self.auditor):
            with self.subTest(work=work), self.env.cr.savepoint() as savepoint:
                work()
                savepoint.rollback()

    def test_what_is_no_decision_goes_on(self):
        self.word.with_user(self.accountant).write({"duration": 0.5})
        self.assertEqual(self.word.duration, 0.5)
        clerk = self.make_staff(login="clerk", groups="base.group_user,base.group_partner_manager")
        self.anna.partner_id.with_user(clerk).parent_id = self.beta
        self.assertEqual(self.anna.partner_id.commercial_partner_id, self.beta)

    def test_accountant_adds_nothing_to_it(self):
        early = self.asks(self.boris).interaction_ids
        early.date = "2026-11-29 09:00:00"
        before = self.state()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            early.with_user(self.accountant).merge_matter(self.matter.id)
        early.with_user(self.auditor).merge_matter(self.matter.id)
        self.env.invalidate_all()
        self.assertTrue(self.matter.with_user(self.accountant).is_private, "whatever opened it")
        self.assertFalse(self.matter.with_user(self.auditor).is_private)
        self.assertEqual(self.state(), before)

    def test_accountant_answers_by_no_composer(self):
        composer = self.env["mail.compose.message"].with_user(self.accountant)
        asked = composer.with_context(default_interaction_matter_id=self.matter.id, interaction_dates=True)
        shown = asked.onchange({}, [], {"interaction_matter_id": {"fields": {"display_name": {}}}})
        self.assertFalse(shown["value"].get("interaction_matter_id"))
        vals = {
            "model": "res.partner", "res_ids": str(self.alfa.ids), "partner_ids": self.anna.partner_id.ids,
            "interaction_matter_id": self.matter.id, "body": "Hello", "composition_mode": "comment",
        }  # fmt: skip
        before = self.state()
        composer.create(vals).action_send_mail()
        self.assertEqual(self.state(), before)
        composer.with_user(self.auditor).create(vals).action_send_mail()
        self.assertEqual(self.state()[2:], ("answered", "client"))
