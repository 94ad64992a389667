from datetime import timedelta

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests.common import tagged

from .portal_common import AccountCase


@tagged("post_install", "-at_install")
class TestPortalDeputy(AccountCase):
    """Test what the supervisor's deputy sees of the account, and whom clients see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        vals = {"login": "deputy", "groups": "crm_outsourcing_interactions.group_user"}
        (cls.deputy,) = cls.make_users(vals)

    def absent(self, first, last):
        """Let the deputy act for the supervisor from ``first`` to ``last`` (days from today)."""
        self.auditor.write(
            {
                "interaction_deputy_id": self.deputy.id,
                "interaction_deputy_from": self.today + timedelta(days=first),
                "interaction_deputy_until": self.today + timedelta(days=last),
            }
        )

    def test_deputy_reads_complaints_during_the_absence_only(self):
        complaint = self.env["crm.interaction.portal.complaint"]._send(self.anna.partner_id, "You forgot us", "t")
        seen = complaint.with_user(self.deputy).sudo(False)
        for first, last in ((-9, -1), (1, 9)):
            self.absent(first, last)
            self.assertFalse(seen.search([]))
            with self.assertRaises(AccessError):
                seen._first_message().read(["body"])
        self.absent(0, 0)
        self.assertEqual(seen.search([]), seen)
        self.assertIn("You forgot us", seen._first_message().body)

    def test_first_line_names_a_complaint_for_its_readers(self):
        complaint = self.env["crm.interaction.portal.complaint"]._send(self.anna.partner_id, "You forgot us", "t")
        matter = self.env["crm.interaction"].search([("message_id", "=", complaint._first_message().id)]).matter_id
        private = "Private, to be answered by auditor"
        for user, subject in (
            (self.auditor, "You forgot us"),
            (self.boss, "You forgot us"),
            (self.accountant, private),
        ):
            self.env.invalidate_all()
            seen = matter.with_user(user).sudo(False)
            self.assertEqual((seen.subject, seen.is_private), (subject, subject == private))
            found = seen.search([("interaction_ids.subject", "=", "You forgot us")])
            self.assertEqual(bool(found), subject != private)
        with self.assertRaisesRegex(AccessError, "Only the client's supervisor"):
            seen.action_reply()

    def test_contact_persons_name_the_deputy_during_the_absence(self):
        self.absent(1, 9)
        self.assertNotIn("deputy@", self.page("/my/interactions/people", self.anna))
        self.absent(0, 0)
        page = self.page("/my/interactions/people", self.anna)
        self.assertIn("deputy@", page)
        self.assertNotIn("auditor@", page)

    def test_contact_form_labels_the_last_visit(self):
        arch = etree.fromstring(self.env["res.partner"].with_user(self.boss).get_view()["arch"])
        (field,) = arch.xpath("//field[@name='interaction_last_seen']")
        self.assertEqual(field.getprevious().text, "Last Seen")

    def test_statement_counts_interactions_with_confirmed_kinds(self):
        self.asks(self.anna)
        interaction = self.captured().sudo()
        lists = self.env["crm.interaction.request.list"].create({"commercial_partner_id": self.alfa.id})
        interaction._concern(lists, self.type_("1.1.1"))
        self.assertEqual(interaction.state, "confirmed")
        (month,) = self.statement()
        self.assertEqual(month, {(interaction.kind_id.id, "incoming"): 1})
        interaction.flush_recordset()
        self.env.cr.execute("UPDATE crm_interaction SET state = 'to_review' WHERE id = %s", [interaction.id])
        self.env.invalidate_all()
        (month,) = self.statement()
        self.assertEqual(month, {(False, "incoming"): 1})

    def statement(self):
        """Return the months of Anna's statement."""
        return list(self.env["crm.interaction.portal.interaction"].with_user(self.anna)._statement().values())
