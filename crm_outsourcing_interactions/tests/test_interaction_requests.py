from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests.common import tagged

from .common import STAFF, InteractionCase

NONSENSE = ("nonsense", [1], [], {}, 1.5, -1, 0, None, 2**31, 2**40, {"a": 1}, True)


@tagged("post_install", "-at_install")
class TestInteractionRequests(InteractionCase):
    """Requests with nonsense get a clear error, or nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_staff(login="only.staff", groups=STAFF)
        cls.client = cls.make_client(interaction_accountant_id=cls.user.id)
        cls.task = cls.make_task(partner_id=cls.client.id)
        cls.task.message_post(
            body="When?", author_id=cls.client.id, message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        cls.interaction = cls.env["crm.interaction"].search([("commercial_partner_id", "=", cls.client.id)])
        gone = cls.log(partner_id=cls.client.id)
        cls.gone = gone.id
        gone._by_code().unlink()

    def call(self, method, *args, model="crm.interaction"):
        self.env.invalidate_all()
        return call_kw(self.env[model].with_user(self.user).sudo(False), method, list(args), {})

    def refused(self, method, *args, **kwargs):
        with self.subTest(method=method, args=args), self.assertRaises(UserError), self.env.cr.savepoint():
            self.call(method, *args, **kwargs)

    def test_tag_refuses_nonsense(self):
        ids = self.interaction.ids
        for value in NONSENSE:
            if not isinstance(value, dict):
                self.refused("tag", ids, value)
            for name in ("type_id", "state", "direction", "polarity"):
                if value or (name == "state" and value is not None):
                    self.refused("tag", ids, {name: value})
        self.refused("tag", [self.gone], {"state": "ignored"})
        self.refused("tag", ids, {"type_id": 2**30})
        self.assertEqual(self.interaction.state, "to_review")

    def test_tag_message_refuses_nonsense(self):
        message = self.interaction.message_id.id
        for value in NONSENSE:
            self.refused("tag_message", value, {"state": "ignored"})
            if not isinstance(value, dict):
                self.refused("tag_message", message, value)
            if value:
                self.refused("tag_message", message, {"state": "ignored"}, value)
        self.assertEqual(self.interaction.state, "to_review")

    def test_undo_of_nonsense_changes_nothing(self):
        self.call("tag", self.interaction.ids, {"state": "ignored"})
        for value in NONSENSE:
            for ids in (value, [value]):
                if ids != [1]:
                    with self.subTest(ids=ids):
                        self.assertEqual(self.call("undo_tag", ids)["undo"], [])
        self.assertEqual(self.interaction.state, "ignored")

    def test_badges_of_nonsense_are_none(self):
        for value in NONSENSE:
            for ids in (value, [value]):
                if ids != [1]:
                    with self.subTest(ids=ids):
                        self.assertFalse(self.call("message_badges", ids))

    def test_feedback_reason_of_nonsense_is_refused_or_none(self):
        for model in ("nonsense", "", None, 5, [], "crm.interaction.persons.mixin", "base"):
            self.refused("interaction_feedback_reason", model, [1], model="mail.compose.message")
        for value in NONSENSE:
            for ids in (value, [value]):
                if ids != [1]:
                    with self.subTest(ids=ids):
                        reason = ("interaction_feedback_reason", "project.task", ids)
                        self.assertFalse(self.call(*reason, model="mail.compose.message"))
