from datetime import timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.tests.common import HttpCase, tagged

from .requests_common import MONDAY, WEEK, LetterCase

DAY = timedelta(days=1)


class ScenarioCase(LetterCase, HttpCase):
    """Collect the documents of October in the browser: as the accountant, and as a client without a password."""

    def collect(self, lang, size):
        """Run the whole scenario; the client reads ``lang``, both look at a screen of ``size``."""
        self.browser_size, self.touch_enabled = size, size.startswith("390")
        self.list.sudo().unlink()
        self.speak(lang)
        october = self.make_october()
        statement, _purchases, _sales, cash = october.item_ids
        self.assertEqual(self.letter_about(october, MONDAY), october.item_ids)
        self.act(october, MONDAY + DAY, "crm_interaction_link_hand_over")
        self.check(october, MONDAY + 2 * DAY, "crm_interaction_return_document")
        self.assertEqual(october.item_ids.mapped("state"), ["returned", "accepted", "accepted", "open"])
        self.assertEqual(self.letter_about(october, MONDAY + WEEK), statement | cash)
        self.act(october, MONDAY + WEEK + DAY, "crm_interaction_link_replace")
        self.check(october, MONDAY + WEEK + 2 * DAY, "crm_interaction_accept_document")
        self.assertEqual(self.letter_about(october, MONDAY + 2 * WEEK), cash)
        self.assertFalse(self.letter_about(october, MONDAY + 3 * WEEK), "two reminders were sent")
        self.assertEqual(october.state, "open")
        self.act(october, MONDAY + 3 * WEEK + DAY, "crm_interaction_link_not_applicable")
        self.assertEqual((cash.state, october.state), ("handed_over", "open"), "the client's word is checked")
        self.check(october, MONDAY + 3 * WEEK + 2 * DAY, "crm_interaction_agree_not_applicable")
        self.assertEqual((cash.state, october.state), ("not_applicable", "closed"))
        self.assertFalse(self.letter_about(october, MONDAY + 4 * WEEK))
        self.check_figures(october)

    def speak(self, lang):
        """Let the client and the accountant read ``lang``."""
        self.env["res.lang"]._activate_lang(lang)
        self.env["ir.module.module"]._load_module_terms(["crm_outsourcing_interactions"], [lang])
        (self.vector | self.ivan | self.accountant.partner_id).lang = lang

    def make_october(self):
        """Make the list from the template as the accountant does; the contract excludes payroll and personnel."""
        services = ("service_payroll", "service_personnel")
        self.vector.interaction_scope_ids = [
            Command.create(
                {"service_id": self.env.ref(f"crm_outsourcing_interactions.{name}").id, "coverage": "excluded"}
            )
            for name in services
        ]
        template = self.env.ref("crm_outsourcing_interactions.request_template_month")
        making = self.env["crm.interaction.request.making"].with_user(self.accountant)
        vals = {"template_id": template.id, "period": "2026-10-01", "partner_ids": self.vector.ids}
        with freeze_time(MONDAY - DAY):
            action = making.create(vals).action_make()
        lists = self.env["crm.interaction.request.list"]
        return lists.search(
            [*action["params"]["next"]["domain"], ("period", "=", "2026-10-01"), ("state", "=", "open")]
        )

    def letter_about(self, october, when):
        """Run the job; return the items that its letter asks for, none without a letter.

        Below its button it names documents that were accepted since.
        """
        letter = self.run_job(when)
        self.assertLessEqual(len(letter), 1)
        asked, _button, news = (self.mails()[-1:].body_html if letter else "").partition("/interactions/")
        for item in october.item_ids:
            self.assertEqual(item.name in asked, item in letter.item_ids)
            if item.name in news:
                self.assertEqual(item.state, "accepted")
        return letter.item_ids

    def act(self, october, when, tour):
        """Run a tour as the client, on the page to which the button of the last letter leads."""
        body = self.mails()[-1:].body_html
        path = "/interactions/" + body.split("/interactions/")[1].split('"')[0]
        self.tour(f"/{self.env['res.lang']._get_data(code=self.ivan.lang).url_code}{path}", when, tour, None)

    def check(self, october, when, tour):
        """Run a tour as the accountant, on the form of the list."""
        self.tour(f"/odoo/interaction-request-lists/{october.id}", when, tour, self.accountant.login)

    def tour(self, path, when, name, login):
        self.env.flush_all()
        with freeze_time(when, tick=True):
            self.start_tour(path, name, login=login)
        self.env.invalidate_all()

    def check_figures(self, october):
        """Compare what was logged: a 1.2.2 for each letter, a 1.1.1 for each hand-over, one matter, answered."""
        logged = self.captured(october).sorted("date")
        letter, handed = ("1.2.2", "email"), ("1.1.1", "portal")
        self.assertEqual(
            [(row.type_id.code, row.channel) for row in logged],
            [letter, handed, letter, handed, letter, handed],
        )
        self.assertEqual(logged.partner_id, self.ivan)
        self.assertEqual(len(logged.matter_id), 1)
        self.assertFalse(logged.matter_id.is_open)
        self.assertEqual(self.captured(), logged, "nothing else is logged")


@tagged("post_install", "-at_install")
class TestPortalScenario(ScenarioCase):
    """Test the scenario on a phone in Russian."""

    def test_documents_of_october_on_a_phone_in_russian(self):
        self.collect("ru_RU", "390x844")


@tagged("slow", "-standard", "post_install", "-at_install")
class TestPortalScenarios(ScenarioCase):
    """Test the scenario with the other sizes and languages."""

    def test_documents_of_october(self):
        for lang, size in (("en_US", "1366x768"), ("en_US", "390x844"), ("ru_RU", "1366x768")):
            with self.subTest(lang=lang, size=size), self.cr.savepoint() as savepoint:
                self.collect(lang, size)
                savepoint.rollback()
                self.env.invalidate_all()
                self.env.registry.clear_cache()
