from odoo import SUPERUSER_ID, Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import InteractionCase

TASK = "project.task"
SERVER_PASSWORD = "message_ids.mail_server_id.smtp_pass"
REFUSED = (
    SERVER_PASSWORD,
    "message_ids.mail_server_id.name",  # servers are for administrators
    "access_token",
    "partner_id.signup_type",
    "user_ids.api_key_ids",
    "project_id.access_token",
    "display_name",  # not stored
    "company_id.currency_id.create_uid.login",  # too far
    "no_such_field",
)
ALLOWED = (
    "name",
    "date_deadline.month_number",
    "project_id",
    "project_id.user_id",
    "project_id.partner_id.name",
    "task_properties.any",
)


@tagged("post_install", "-at_install")
class TestClassificationFilter(InteractionCase):
    """Test that a document filter uses only what its author may read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.group_ids = [Command.link(cls.env.ref("project.group_project_user").id)]
        cls.client = cls.make_client(email="client@example.com")
        project = cls.make_project(privacy_visibility="employees")
        cls.task = cls.make_task(partner_id=cls.client.id, project_id=project.id)

    def rule(self, user=None, **vals):
        defaults = {"name": "Own", "event": "message_in", "sequence": 1, "type_id": self.type_("4.1.1").id}
        rules = self.env["crm.interaction.rule"].with_user(user or self.manager)
        return rules.create({**defaults, "model_name": TASK, **vals})

    def written(self, record=None):
        """Return what a message of the client is logged as."""
        record = record or self.task
        record.message_post(body="Hi", author_id=self.client.id, message_type="email", subtype_xmlid="mail.mt_comment")
        return self.captured(record)[:1]

    def test_filter_is_offered_on_readable_documents_only(self):
        blind = new_test_user(self.env, "blind", groups="crm_outsourcing_interactions.group_manager")
        rules = self.env["crm.interaction.rule"]
        self.assertTrue(rules.with_user(self.manager).new({"model_name": TASK}).can_filter)
        for model in ("account.move", False, "no.such.model"):
            with self.subTest(model=model):
                self.assertFalse(rules.with_user(blind).new({"model_name": model}).can_filter)
        form = Form(rules.with_user(blind))
        form.model_name = "account.move"
        self.assertTrue(form._get_modifier("domain", "invisible"))

    def forge_filter(self, rule, domain, author=None):
        """Put a filter into the database that saving would refuse, as it was left there by an earlier version."""
        self.env.cr.execute(
            "UPDATE crm_interaction_rule SET domain = %s, domain_author_id = %s WHERE id = %s",
            (domain, (author or self.manager).id, rule.id),
        )
        rule.invalidate_recordset()
        self.env.registry.clear_cache()

    def test_filter_with_what_its_author_may_not_read_is_refused(self):
        for path in REFUSED:
            for operator, value in (("=like", "s%"), ("!=", False)):
                with self.subTest(path=path, operator=operator), self.assertRaises(ValidationError):
                    self.rule(domain=repr([(path, operator, value)]))

    def test_secret_is_refused_in_a_nested_filter(self):
        head, name = SERVER_PASSWORD.rsplit(".", 1)
        nested = [(head, "any", [(name, "=like", "s%")])]
        deep = [("project_id", "any", [("company_id", "any", [("parent_id", "any", [("name", "!=", False)])])])]
        for domain in (nested, ["!", *nested], ["|", ("id", ">", 0), *nested], deep):
            with self.subTest(domain=domain), self.assertRaises(ValidationError):
                self.rule(domain=repr(domain))

    def refused(self, domain):
        """Return the error of a rule with this filter."""
        with mute_logger("odoo.sql_db"), self.assertRaises(ValidationError) as caught:
            self.rule(domain=domain)
        return str(caught.exception)

    def test_value_that_the_database_refuses_is_refused_at_once(self):
        for name, operator, value in (
            ("name", "=", "a\0b"),
            ("date_deadline", ">", "soon"),
            ("project_id", "any", 7),
        ):
            with self.subTest(value=value):
                error = self.refused(repr([("color", "=", 1), "|", ("name", "=", "x"), (name, operator, value)]))
                self.assertIn(f"The condition on “{name}” with the value {value!r} is not possible. Correct it.", error)

    def test_long_value_is_shortened_in_the_error(self):
        self.assertLess(len(self.refused(repr([("name", "=", "a\0" + "b" * 5000)]))), 300)

    def test_filter_that_cannot_be_read_is_explained_in_plain_words(self):
        for domain in (
            "[('user_ids', '=', uid)]",
            "[('name', '=', 'x'",
            "[('name', 'resembles', 'x')]",
            "['|', ('name', '=', 'x')]",
            "42",
            "[" * 500,
        ):
            with self.subTest(domain=domain):
                error = self.refused(domain)
                self.assertIn("It cannot be read. Select its conditions in the filter editor", error)
                self.assertNotRegex(error, "(?i)malformed|ast\\.|invalid|operator|expected|line 1|nested")

    def test_unknown_field_is_named_in_the_error(self):
        self.assertIn("“no_such_field” of “Task” cannot be used", self.refused("[('no_such_field', '=', 1)]"))

    def test_administrator_asks_no_secrets_either(self):
        admin = self.env.ref("base.user_admin")
        with self.assertRaises(ValidationError):
            self.rule(user=admin, domain=f"[('{SERVER_PASSWORD}', '!=', False)]")

    def test_ordinary_filter_is_accepted(self):
        for path in ALLOWED:
            with self.subTest(path=path):
                self.rule(domain=repr([(path, "!=", False)]))

    def test_secret_in_the_database_is_not_evaluated(self):
        server = self.env["ir.mail_server"].create({"name": "Mail", "smtp_host": "x", "smtp_pass": "secret"})
        rule = self.rule()
        self.forge_filter(rule, f"[('{SERVER_PASSWORD}', '=like', 's%')]")
        self.task.message_post(body="Earlier").mail_server_id = server
        interaction = self.written()
        self.assertTrue(interaction)
        self.assertNotEqual(interaction.rule_id, rule)
        self.assertTrue(rule.fault)
        self.assertFalse(self.env["crm.interaction.capture.error"].search([]))

    def test_filter_is_asked_as_its_author(self):
        """What the author may not see does not fit, even when it is in the cache of the poster."""
        rule = self.rule(domain="[('name', '=', 'Month end')]")
        self.assertEqual(rule.domain_author_id, self.manager)
        self.assertEqual(self.written().rule_id, rule)
        private = self.make_task(
            partner_id=self.client.id, project_id=self.make_project(privacy_visibility="followers").id
        )
        interaction = self.written(private)
        self.assertTrue(interaction)
        self.assertNotEqual(interaction.rule_id, rule)
        self.assertFalse(rule.fault)

    def test_context_of_the_poster_decides_nothing(self):
        rule = self.rule(domain="[('name', '=', 'Month end')]")
        other = self.env["res.company"].create({"name": "Other Firm"})
        self.env.user.company_ids = [Command.link(other.id)]
        self.task.active = False
        task = self.task.with_context(active_test=True, allowed_company_ids=[other.id])
        self.assertEqual(self.written(task).rule_id, rule)

    def test_filter_of_a_colleague_who_left_fits_nothing(self):
        rule = self.rule(domain="[('name', '=', 'Month end')]")
        self.manager.active = False
        self.assertNotEqual(self.written().rule_id, rule)
        self.assertIn("has left", rule.fault)

    def test_filter_of_a_deleted_colleague_fits_nothing(self):
        author = self.make_staff(login="gone", groups="crm_outsourcing_interactions.group_manager")
        author.group_ids = [Command.link(self.env.ref("project.group_project_user").id)]
        rule = self.rule(user=author, domain="[('name', '=', 'Month end')]")
        self.env["crm.interaction.rule"]._specs()  # the cache names the author
        author.unlink()
        self.assertNotEqual(self.written().rule_id, rule)
        self.assertIn("has left", rule.fault)

    def test_filter_whose_author_lost_rights_fits_nothing(self):
        sales = self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.manager.group_ids = [Command.link(sales.id)]
        rule = self.rule(model_name="crm.lead", domain="[('name', '=', 'Payroll')]")
        lead = self.env["crm.lead"].create({"name": "Payroll", "partner_id": self.client.id})
        self.assertEqual(self.written(lead).rule_id, rule)
        self.manager.group_ids = [Command.unlink(sales.id)]
        interaction = self.written(lead)
        self.assertTrue(interaction)
        self.assertNotEqual(interaction.rule_id, rule)
        self.assertTrue(rule.fault)
        self.assertTrue(rule.with_user(self.manager).fault)

    def test_who_saves_a_filter_answers_for_it(self):
        self.manager.group_ids = [Command.link(self.env.ref("sales_team.group_sale_salesman").id)]
        rule = self.rule(model_name="crm.lead", domain="[('name', '=', 'Payroll')]")
        stranger = self.make_staff(login="no.sales", groups="crm_outsourcing_interactions.group_manager")
        with self.assertRaises(ValidationError):
            rule.with_user(stranger).domain = "[('name', '=', 'Other')]"
        rule.with_user(stranger).name = "Renamed"
        self.assertEqual(rule.domain_author_id, self.manager)
        with self.assertRaises(ValidationError):
            rule.with_user(stranger).copy()
        rule.with_user(self.env.ref("base.user_admin")).domain = "[('name', '=', 'Other')]"
        self.assertEqual(rule.domain_author_id, self.env.ref("base.user_admin"))

    def test_author_cannot_be_forged(self):
        admin_id = self.env.ref("base.user_admin").id
        domain = "[('name', '=', 'Month end')]"
        with self.assertRaises(AccessError):
            self.rule(domain=domain, domain_author_id=admin_id)
        rule = self.rule(domain=domain)
        for vals in ({"domain_author_id": admin_id}, {"domain_author_id": admin_id, "domain": domain}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                rule.write(vals)
        forged = rule.with_context(default_domain_author_id=SUPERUSER_ID, interaction_by_code=True)
        self.assertEqual(forged.create({**rule.copy_data()[0], "domain": domain}).domain_author_id, self.manager)

    def test_wizard_asks_nothing_of_what_its_user_may_not_read(self):
        rule = self.rule(domain="[('name', '=', 'Month end')]")
        self.written()
        message = self.env["mail.message"].search([("model", "=", TASK), ("res_id", "=", self.task.id)], limit=1)
        wizard = Form(self.env["crm.interaction.rule.test"].with_user(self.manager))
        wizard.message_id = message
        self.assertEqual(wizard.rule_id, rule)
        self.task.project_id.privacy_visibility = "followers"
        stranger = self.make_staff(login="no.tasks", groups="crm_outsourcing_interactions.group_manager")
        tests = self.env["crm.interaction.rule.test"].with_user(stranger)
        test = tests.create({"event": "message_in", "model_name": TASK, "message_id": message.id})
        self.assertTrue(test.rule_id)
        self.assertNotEqual(test.rule_id, rule)

    def test_wizard_leaves_out_the_rules_of_other_companies(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        theirs = self.env["crm.interaction.rule"].create(
            {"name": "Theirs", "event": "message_in", "type_id": self.type_("4.1.1").id, "company_id": other.id}
        )
        test = self.env["crm.interaction.rule.test"].with_user(self.manager).create({"event": "message_in"})
        self.assertNotIn(theirs, test.sudo().line_ids.rule_id)
