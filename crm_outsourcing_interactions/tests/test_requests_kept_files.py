from odoo.exceptions import AccessError, UserError
from odoo.tests.common import tagged

from .requests_common import RequestCase


@tagged("post_install", "-at_install")
class TestRequestKeptFiles(RequestCase):
    """Test where accepted files stay, and files that staff add."""

    def test_accepted_files_move_to_the_client(self):
        self.vector.interaction_files_on = "client"
        payroll = self.env.ref("crm_outsourcing_interactions.service_payroll")
        self.invoices.service_id = payroll
        for item in self.list.item_ids:
            self.hand_over(item, ("a.pdf", b"a"))
        self.assertIn("All colleagues", self.list.files_readers)
        self.list.item_ids.action_accept()
        moved, kept = self.statement.sudo().attachment_ids, self.invoices.sudo().attachment_ids
        self.assertEqual((moved.res_model, moved.res_id), ("res.partner", self.vector.id))
        self.assertEqual((kept.res_model, kept.res_id), (self.invoices._name, self.invoices.id))
        self.assertFalse((moved | kept).filtered("public") or any((moved | kept).mapped("access_token")))

    def test_accepted_files_move_to_the_task(self):
        self.vector.interaction_files_on = "task"
        project = self.make_project(privacy_visibility="followers", company_id=self.env.company.id)
        task = self.make_task(project_id=project.id)
        task.message_subscribe(self.manager.partner_id.ids)
        self.assertIn("until a task is selected", self.list.files_readers)
        self.list.sudo().task_id = task
        self.list.invalidate_recordset()
        self.assertIn(self.manager.name, self.list.files_readers)
        self.hand_over(self.statement, ("a.pdf", b"a"))
        self.statement.action_accept()
        self.assertEqual(self.statement.sudo().attachment_ids.res_model, "project.task")

    def test_files_stay_where_clients_could_open_the_task(self):
        self.vector.interaction_files_on = "task"
        payroll = self.env.ref("crm_outsourcing_interactions.service_payroll")
        for month, visibility, service in (
            (7, "invited_users", False),
            (8, "portal", False),
            (9, "followers", payroll),
        ):
            project = self.make_project(privacy_visibility=visibility, company_id=self.env.company.id)
            [item] = self.make_list(names=["Secret"], period=f"2026-0{month}-01").item_ids
            item.list_id.sudo().task_id = self.make_task(project_id=project.id)
            item.service_id = service
            self.hand_over(item, ("a.pdf", b"a"))
            file = item.sudo().attachment_ids
            file.access_token = "guess"
            item.action_accept()
            self.assertEqual((file.res_model, file.res_id, file.access_token), (item._name, item.id, False))

    def test_deleted_task_returns_its_files_to_the_item(self):
        self.vector.interaction_files_on = "task"
        task = self.make_task(project_id=self.make_project(privacy_visibility="employees").id)
        self.list.sudo().task_id = task
        self.hand_over(self.statement, ("a.pdf", b"a"))
        self.statement.action_accept()
        file = self.statement.sudo().attachment_ids
        self.assertEqual((file.res_model, file.res_id), ("project.task", task.id))
        task.with_user(self.make_staff(login="leader", groups="project.group_project_manager")).unlink()
        self.assertTrue(file.exists())
        self.assertEqual((file.res_model, file.res_id), (self.statement._name, self.statement.id))

    def test_accepted_file_is_deleted_by_who_checks_the_list_only(self):
        self.vector.interaction_files_on = "client"
        self.hand_over(self.statement, ("a.pdf", b"a"))
        self.statement.action_accept()
        file = self.statement.sudo().attachment_ids.sudo(False)
        colleague = self.make_staff(login="colleague", groups="base.group_user,base.group_partner_manager")
        for env in (file.with_user(colleague), file.with_user(colleague).sudo()):
            with self.assertRaisesRegex(UserError, f"“a.pdf” was accepted as “Bank statement”.*{self.accountant.name}"):
                env.unlink()
            if not env.env.su:
                for vals in ({"raw": b"%PDF other"}, {"res_model": "res.partner", "res_id": colleague.partner_id.id}):
                    with self.assertRaisesRegex(UserError, "Ask"), self.cr.savepoint():
                        env.write(vals)
        file.with_user(self.manager).unlink()
        self.assertFalse(self.statement.sudo().attachment_ids)

    def test_files_of_items_get_no_token(self):
        self.hand_over(self.statement, ("a.pdf", b"a"))
        file = self.statement.with_user(self.accountant).attachment_ids.sudo(False)
        for work in (file.generate_access_token, lambda: file.write({"access_token": "guess"})):
            with self.assertRaisesRegex(UserError, "belongs to"), self.cr.savepoint():
                work()
        self.assertFalse(file.sudo().access_token)
        file.check_access("read")
        self.assertEqual(file.raw, b"a", "it can be downloaded")
        self.assertTrue(file.sudo().generate_access_token(), "e.g. for a large file that is mailed")

    def upload(self, item, user=None, **vals):
        """Return a file that a colleague uploads on the form of an item."""
        files = self.env["ir.attachment"].with_user(user or self.accountant)
        return files.create(
            {"name": "scan.pdf", "raw": b"%PDF scan", "res_model": item._name, "res_id": item.id, **vals}
        )

    def test_staff_add_what_came_on_paper(self):
        item = self.statement.with_user(self.accountant)
        counted = len(self.captured(self.list))
        item.added_file_ids = self.upload(item)
        self.assertEqual((item.attachment_ids.name, item.state), ("scan.pdf", "open"))
        note = self.list.message_ids[:1]
        self.assertIn("Added by us to “Bank statement”: scan.pdf", note.body)
        self.assertEqual(note.subtype_id, self.env.ref("mail.mt_note"))
        self.assertFalse(self.list.handover_ids)
        item.action_accept()
        self.assertEqual((item.state, len(self.captured(self.list))), ("accepted", counted))

    def test_wrong_file_of_staff_is_deleted_until_accepted(self):
        item = self.statement.with_user(self.accountant)
        item.added_file_ids = self.upload(item)
        wrong = item.added_file_ids
        item.added_file_ids = self.upload(item, name="right.pdf")  # one is added and the other deleted at once
        self.assertEqual((item.attachment_ids.name, wrong.exists().ids), ("right.pdf", []))
        self.assertIn("Deleted from “Bank statement”: scan.pdf", self.list.message_ids[:1].body)
        self.hand_over(self.statement, ("theirs.pdf", b"%PDF theirs"))
        theirs = item.attachment_ids - item.own_file_ids
        for files in (theirs, item.attachment_ids):
            with self.assertRaisesRegex(UserError, "belongs to"), self.cr.savepoint():
                files.unlink()
        self.hand_over(self.statement, ("right.pdf", item.own_file_ids.raw), ("new.pdf", b"%PDF new"))
        self.assertFalse(item.own_file_ids, "the client has sent it, too")
        item.added_file_ids = self.upload(item, name="last.pdf", raw=b"%PDF last")
        item.action_accept()
        with self.assertRaisesRegex(UserError, "Reopen"), self.cr.savepoint():
            item.added_file_ids = False

    def test_strangers_learn_nothing_of_a_file(self):
        self.hand_over(self.statement, ("a.pdf", b"a"))
        stranger = self.make_staff(login="stranger", groups="base.group_user")
        with self.assertRaises(AccessError) as refused, self.cr.savepoint():
            self.statement.sudo().attachment_ids.with_user(stranger).sudo(False).write({"raw": b"x"})
        self.assertNotIn("Bank statement", str(refused.exception))

    def test_client_hands_over_what_staff_added(self):
        item = self.statement.with_user(self.accountant)
        item.added_file_ids = self.upload(item)
        self.hand_over(self.statement, ("mine.pdf", b"%PDF scan"))
        self.assertEqual((self.statement.state, len(self.statement.attachment_ids)), ("handed_over", 1))

    def test_staff_add_no_files_of_others(self):
        item = self.statement.with_user(self.accountant)
        for file in (
            self.upload(item, user=self.manager),
            self.upload(item, res_model=False, res_id=False),
            self.upload(self.invoices),
        ):
            with self.assertRaisesRegex(AccessError, "Only files that you upload"), self.cr.savepoint():
                item.added_file_ids = file
        item.action_accept()
        with self.assertRaisesRegex(UserError, "Reopen"), self.cr.savepoint():
            item.added_file_ids = self.upload(item)
        program = self.upload(self.invoices, name="run.exe")
        with self.assertRaisesRegex(UserError, "run.exe"), self.cr.savepoint():
            self.invoices.with_user(self.accountant).added_file_ids = program

    def test_added_files_are_protected_like_those_of_the_client(self):
        self.statement.service_id = self.env.ref("crm_outsourcing_interactions.service_payroll")
        item, other = self.statement.with_user(self.accountant), self.make_contact(parent_id=self.vector.id)
        list_, sigma = item.list_id, self.make_contact(is_company=True)
        item.added_file_ids = self.upload(item)
        works = {
            "another person": lambda: item.write({"partner_id": other.id}),
            "no service": lambda: item.write({"service_id": False}),
            "another list": lambda: item.write({"list_id": self.make_list(period="2026-08-01").id}),
            "another client": lambda: list_.write({"commercial_partner_id": sigma.id}),
            "no item": item.unlink,
            "no list": list_.unlink,
        }
        for state in ("open", "accepted"):
            for name, work in works.items():
                with self.subTest(name, state=state), self.assertRaises(UserError), self.cr.savepoint():
                    work()
            if item.state == "open":
                item.action_accept()
        self.assertEqual(item.sudo().attachment_ids.name, "scan.pdf")
