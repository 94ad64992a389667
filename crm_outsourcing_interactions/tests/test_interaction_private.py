from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import new_test_user

from .common import InteractionCase

SECRET = "Merger with Beta"
USER = "crm_outsourcing_interactions.group_user"
MANAGER = "crm_outsourcing_interactions.group_manager"


@tagged("post_install", "-at_install")
class TestInteractionPrivate(InteractionCase):
    """Test that only users who may read the document see its subject."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.insider = new_test_user(cls.env, "private.insider", groups=f"{USER},project.group_project_user")
        cls.outsider = new_test_user(cls.env, "private.outsider", groups=f"{USER},project.group_project_user")
        cls.boss = new_test_user(cls.env, "private.boss", groups=f"{MANAGER},project.group_project_user")
        cls.keeper = new_test_user(cls.env, "private.keeper", groups=USER)
        team = (cls.insider | cls.outsider | cls.boss | cls.keeper).ids
        cls.client_company = cls.make_client(name="Alfa", interaction_team_ids=[Command.set(team)])
        cls.contact = cls.make_contact(parent_id=cls.client_company.id)
        project = cls.make_project(privacy_visibility="followers")
        cls.task = cls.make_task(name=SECRET, project_id=project.id, partner_id=cls.contact.id)
        cls.task.message_subscribe(cls.insider.partner_id.ids)
        cls.task.with_user(cls.insider).sudo().message_post(
            body="Secret text",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=cls.contact.ids,
        )
        cls.open_task = cls.make_task(name="Month end", partner_id=cls.contact.id)
        cls.secret = cls.env["crm.interaction"].search(
            [("res_model", "=", "project.task"), ("res_id", "=", cls.task.id)]
        )
        cls.by_hand = cls.log(partner_id=cls.contact.id, subject="Call on VAT", user_id=cls.insider.id)
        cls.of_open = cls.log(
            partner_id=cls.contact.id, subject="Month end", res_model="project.task", res_id=cls.open_task.id
        )
        cls.all = cls.secret | cls.by_hand | cls.of_open
        cls.env.flush_all()
        cls.env.invalidate_all()

    def of(self, user):
        """Return the model as ``user`` asks it in a new request."""
        self.env.invalidate_all()
        return self.env["crm.interaction"].with_user(user)

    def found(self, user, domain):
        return self.of(user).search([("id", "in", self.all.ids), *domain])

    def test_preview_is_the_new_text(self):
        quoted = "<blockquote>we got your complaint</blockquote>"
        header = "<p>On Mon, 23 Nov 2026 at 10:15, Mark &lt;mark@firm.example.com&gt; wrote:</p>"
        for body in (f"{header}{quoted}<p>Thanks, solved</p>", f"<p>Thanks, solved</p>{header}{quoted}"):
            self.secret.message_id.body = body
            preview = self.secret.with_user(self.insider).message_preview
            self.assertEqual(preview, "Thanks, solved")
            self.assertFalse(self.secret.with_user(self.boss).message_preview)
            self.env.invalidate_all()

    def test_fixture(self):
        self.assertEqual(len(self.secret), 1)
        self.assertIn(SECRET, self.secret.subject)
        self.assertFalse(self.task.with_user(self.boss).has_access("read"))
        self.assertTrue(self.open_task.with_user(self.boss).has_access("read"))

    def test_reading(self):
        for user, subject in (
            (self.insider, self.secret.subject),
            (self.outsider, "Private"),
            (self.boss, "Private"),
            (self.keeper, "Private"),
        ):
            with self.subTest(user=user.login):
                secret = self.of(user).browse(self.secret.id)
                self.assertEqual(secret.subject, subject)
                self.assertEqual(secret.read(["subject"])[0]["subject"], subject)
                self.assertEqual(secret.web_read({"subject": {}})[0]["subject"], subject)
                self.assertEqual(secret.mapped("subject"), [subject])
                self.assertEqual(secret._export_rows([["subject"]]), [[subject]])
                self.assertIn(subject, secret.display_name)
                self.assertNotIn(SECRET, str(secret.read()) if subject == "Private" else "")
                self.assertEqual(self.of(user).browse(self.by_hand.id).subject, "Call on VAT")

    def test_text_of_the_message(self):
        for user, text in ((self.insider, "Secret text"), (self.outsider, False), (self.keeper, False)):
            with self.subTest(user=user.login):
                self.assertEqual(self.of(user).browse(self.secret.id).message_preview, text)

    def test_archived_document(self):
        self.task.active = False
        self.env.flush_all()
        self.assertEqual(self.of(self.outsider).browse(self.secret.id).subject, "Private")
        self.assertFalse(self.found(self.outsider, [("subject", "ilike", "merger")]))

    def test_whoever_filled_the_cache(self):
        self.env.invalidate_all()
        self.assertIn(SECRET, self.secret.sudo().subject)
        self.assertEqual(self.secret.with_user(self.boss).subject, "Private")
        self.env.invalidate_all()
        self.assertEqual(self.secret.with_user(self.boss).subject, "Private")
        self.assertIn(SECRET, self.secret.sudo().subject)
        self.assertIn(SECRET, self.secret.with_user(self.insider).subject)

    def test_searching_tells_nothing(self):
        for user in (self.outsider, self.boss, self.keeper):
            for operator, value in (
                ("ilike", "merger"),
                ("=", self.secret.subject),
                ("in", [self.secret.subject]),
                ("=like", "M%B%"),
                (">", "N"),
                ("not ilike", "private"),
            ):
                with self.subTest(user=user.login, operator=operator):
                    rows = self.found(user, [("subject", operator, value)])
                    if operator != ">" or user.lang:
                        self.assertEqual(self.secret in rows, operator == ">" and value < "Private")
                    self.assertEqual(rows.filtered_domain([("subject", operator, value)]), rows)
            self.assertEqual(self.found(user, [("subject", "=", "Private")]) & self.secret, self.secret)
            names = self.of(user).name_search("Merger", limit=None)
            self.assertNotIn(self.secret.id, [id_ for id_, _name in names])
            with self.assertRaises(AccessError):
                self.env["mail.message"].with_user(user).search([("interaction_ids.subject", "ilike", "merger")])
        self.assertEqual(self.found(self.insider, [("subject", "ilike", "merger")]), self.secret)
        self.assertFalse(self.found(self.insider, [("subject", "ilike", "private")]))

    def test_groups_and_order(self):
        domain = [("id", "in", self.all.ids)]
        for user, names in (
            (self.insider, ["Call on VAT", self.secret.subject, "Month end"]),
            (self.boss, ["Call on VAT", "Month end", "Private"]),
        ):
            with self.subTest(user=user.login):
                groups = self.of(user)._read_group(domain, ["subject"], ["__count"], order="subject")
                self.assertEqual([name for name, _count in groups], names)
                sets = self.of(user).formatted_read_grouping_sets(domain, [["subject"], []], ["__count"])
                self.assertEqual({group["subject"] for group in sets[0]}, set(names))
                self.assertEqual(self.of(user).search(domain, order="subject").mapped("subject"), names)
                having = self.of(user).formatted_read_group(domain, ["subject"], ["interaction_count:sum"])
                self.assertEqual({group["subject"] for group in having}, set(names))

    def test_names_of_references(self):
        self.secret.type_id = self.type_("1.2.3")
        change = self.env["crm.interaction.type.change"].search([("interaction_id", "=", self.secret.id)], limit=1)
        split = self.log(partner_id=self.contact.id, split_from_id=self.secret.id)
        self.env.invalidate_all()
        for record, name in ((change, "interaction_id"), (split, "split_from_id"), (self.secret, "message_id")):
            read = record.with_user(self.boss)
            with self.subTest(name=name):
                self.env.invalidate_all()
                self.assertNotIn(SECRET, str(read.read([name])))
                self.assertNotIn(SECRET, str(read.web_read({name: {"fields": {"display_name": {}}}})))
                groups = read.formatted_read_group([("id", "=", record.id)], [name], ["__count"])
                self.assertNotIn(SECRET, str(groups))

    def test_deleted_document(self):
        self.task.unlink()
        self.assertIn(SECRET, self.of(self.boss).browse(self.secret.id).subject)
        self.assertEqual(self.found(self.boss, [("subject", "ilike", "merger")]), self.secret)

    def test_hidden_subject_is_not_replaced(self):
        secret = self.of(self.boss).browse(self.secret.id)
        with self.assertRaises(AccessError):
            secret.subject = "Other"
        (secret | self.by_hand.with_user(self.boss)).write({"subject": "Private", "note": "Seen"})
        self.assertIn(SECRET, self.secret.sudo().subject)
        self.assertEqual((secret.note, self.by_hand.subject), ("Seen", "Private"))
        self.of(self.insider).browse(self.secret.id).subject = "Renamed"
        self.assertEqual(self.secret.sudo().subject, "Renamed")

    def test_meeting_that_becomes_private(self):
        meeting = self.env["calendar.event"].create(
            {
                "name": SECRET,
                "start": "2026-10-01 10:00:00",
                "stop": "2026-10-01 11:00:00",
                "user_id": self.insider.id,
                "partner_ids": [Command.set((self.insider.partner_id | self.contact).ids)],
            }
        )
        self.env["crm.interaction.capture"]._meetings(meeting)
        held = self.captured(meeting)
        self.assertEqual(held.with_user(self.boss).subject, SECRET)
        meeting.privacy = "private"
        self.env.invalidate_all()
        self.assertEqual(held.with_user(self.boss).subject, "Private")
        self.assertEqual(held.with_user(self.insider).subject, SECRET)
        self.assertFalse(self.of(self.boss).search([("id", "=", held.id), ("subject", "ilike", "merger")]))

    def test_meeting_of_a_private_calendar(self):
        self.insider.with_user(self.insider).calendar_default_privacy = "private"
        meeting = self.env["calendar.event"].create(
            {
                "name": SECRET,
                "start": "2026-10-01 10:00:00",
                "stop": "2026-10-01 11:00:00",
                "user_id": self.insider.id,
                "partner_ids": [Command.set(self.contact.ids)],
            }
        )
        self.env["crm.interaction.capture"]._meetings(meeting)
        self.assertEqual(self.captured(meeting).subject, "Meeting")

    def test_workbook(self):
        domain = [("id", "in", self.all.ids)]
        for user, is_shown in ((self.boss, False), (self.insider, True)):
            rows = list(self.of(user)._contact_rows(domain))
            self.assertEqual(SECRET in str(rows), is_shown)

    def test_page_costs_a_query_for_each_model(self):
        tasks = [self.make_task(partner_id=self.contact.id, project_id=self.task.project_id.id) for _n in range(30)]
        rows = self.all
        for task in tasks:
            rows |= self.log(partner_id=self.contact.id, subject=SECRET, res_model=task._name, res_id=task.id)
        for user, most in ((self.boss, 2), (self.keeper, 2), (self.insider, 2)):
            spec = {"date": {}, "channel": {}}
            found = self.of(user).web_search_read([("id", "in", rows.ids)], {"subject": {}})  # caches rules and rights
            self.assertEqual(SECRET in str(found), user == self.insider)
            read = [
                self.count_statements(lambda u=user, s=s: self.of(u).web_search_read([("id", "in", rows.ids)], s))
                for s in (spec, {**spec, "subject": {}})
            ]
            with self.subTest(user=user.login):
                self.assertLessEqual(read[1] - read[0], most)

    def test_no_export_leads_to_a_message_that_is_not_for_the_user(self):
        self.boss.group_ids += self.env.ref("base.group_allow_export")
        names = ["message_id/subject", "message_id/body"]
        for user, is_shown in ((self.boss, False), (self.insider, True)):
            user.group_ids += self.env.ref("base.group_allow_export")
            exported = self.of(user).browse(self.secret.id).export_data(names)["datas"]
            self.assertEqual("Secret text" in str(exported), is_shown)

    def test_rule_test_reads_no_message_that_is_not_for_the_user(self):
        rule_test = self.env["crm.interaction.rule.test"].with_user(self.boss)
        spec = {"subject": {}, "body": {}}
        with self.assertRaises(AccessError):
            rule_test.onchange({"message_id": self.secret.message_id.id}, ["message_id"], spec)
