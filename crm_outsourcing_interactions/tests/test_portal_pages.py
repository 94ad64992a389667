from datetime import datetime, timedelta

from freezegun import freeze_time
from lxml import html

from odoo.tests.common import tagged

from ..controllers.portal_pages import account_pages
from .test_portal_documents import DocumentsCase

STATEMENT = "/my/interactions/statement"


@tagged("post_install", "-at_install")
class TestPortalPages(DocumentsCase):
    """Test names, tiles and wording of the client's pages."""

    def tiles(self, user):
        """Return ``{title: text of the tile}`` of ``/my``."""
        cards = html.fromstring(self.page("/my", user)).xpath("//div[hasclass('o_portal_index_card')]")
        return {card.xpath(".//a/@title")[0]: " ".join(card.text_content().split()) for card in cards}

    def test_every_page_has_tile_heading_and_explanation(self):
        tiles = self.tiles(self.anna)
        for name, own in account_pages(self.env).items():
            with self.subTest(page=name):
                page = html.fromstring(self.page(own.url, self.anna))
                self.assertEqual(page.xpath("//h1")[0].text_content(), own.title)
                self.assertIn(own.text, page.text_content())
                self.assertIn(own.text, tiles[own.title])
                self.assertEqual(self.url_open(own.icon).status_code, 200)

    def test_tiles_count_what_is_open(self):
        self.asks(self.anna)
        self.send("/my/interactions", (self.statement, "a.pdf", b"a"), user=self.anna)
        tiles = self.tiles(self.anna)
        self.assertTrue(tiles["Waiting for you"].startswith("1 Waiting for you"))
        self.assertTrue(tiles["Waiting for us"].startswith("2 Waiting"))
        self.assertTrue(self.tiles(self.vera)["Waiting for you"].startswith("Waiting for you"))

    def test_tile_counts_no_answered_complaint(self):
        complaint = self.env["crm.interaction.portal.complaint"]._send(self.anna.partner_id, "You forgot us", "t")
        self.assertTrue(self.tiles(self.anna)["Waiting for us"].startswith("1 Waiting"))
        self.answer(complaint)
        self.assertTrue(self.tiles(self.anna)["Waiting for us"].startswith("Waiting"))

    def test_card_names_the_first_contact_person(self):
        self.alfa.user_id = self.boss
        for accountant, shown, hidden in ((self.accountant, "accountant@", "boss@"), (False, "auditor@", "boss@")):
            self.alfa.interaction_accountant_id = accountant
            home = self.page("/my", self.anna)
            self.assertIn(shown, home)
            self.assertNotIn(hidden, home)
        self.alfa.interaction_client_until = self.ended
        self.assertIn("boss@", self.page("/my", self.anna))

    def test_statement_says_that_there_are_no_reports(self):
        self.assertIn("No reports yet", self.page(STATEMENT, self.anna))

    @freeze_time("2026-11-10 12:00")
    def test_answer_times_are_medians(self):
        answers = (
            (1, "We answered 1 question, within 1 working hour<"),
            (6, "We answered 2 questions, usually within 3.5 working hours<"),
            (2, "We answered 3 questions, usually within 2 working hours<"),
            (8, "We answered 4 questions, usually within 4 working hours<"),
        )
        for day, (hours, text) in enumerate(answers, 2):
            talk = {"partner": self.anna.partner_id, "record": self.make_task(partner_id=self.alfa.id)}
            self.capture(datetime(2026, 11, day, 9), code="message_in", type_code="1.1.3", **talk)
            self.capture(datetime(2026, 11, day, 9 + hours), type_code="1.2.4", **talk)
            self.assertIn(text, self.page(STATEMENT, self.anna))

    def test_services_are_those_of_today(self):
        tomorrow = self.today + timedelta(days=1)
        for name, dates in {
            "Ended": {"date_to": self.ended},
            "Not begun": {"date_from": tomorrow},
            "Only today": {"date_from": self.today, "date_to": self.today},
            "Always": {},
        }.items():
            service = self.env["crm.interaction.service"].create({"name": name})
            self.env["crm.interaction.scope"].create({"partner_id": self.alfa.id, "service_id": service.id, **dates})
        services = self.env["crm.interaction.portal.service"].with_user(self.anna).search([])
        self.assertEqual(services.mapped("label"), ["Only today", "Always"])
        page = self.page("/my/interactions/services", self.anna)
        for name, is_shown in (("Ended", False), ("Not begun", False), ("Only today", True), ("Always", True)):
            self.assertEqual(f">{name}<" in page, is_shown, name)

    def test_browsers_keep_neither_files_nor_the_closed_page(self):
        self.send("/my/interactions", (self.statement, "a.pdf", b"a"), user=self.anna)
        path = f"/my/interactions/files/{self.statement.id}/{self.statement.attachment_ids.id}"
        self.assertEqual(self.url_open(path).headers["Cache-Control"], "no-store")
        preview = self.anna.partner_id.with_user(self.boss).action_interaction_preview()["url"]
        self.page(preview, self.boss)
        self.assertEqual(self.url_open(preview).headers["Cache-Control"], "no-store")
        self.alfa.interaction_client_until = self.ended
        closed = self.page("/my/interactions/services", self.anna, 404)
        self.assertIn("Your contract with us has ended", closed)
        self.assertEqual(self.url_open("/my/interactions/services").headers["Cache-Control"], "no-store")

    def test_statement_shows_no_backlog_of_the_firm(self):
        self.asks(self.anna, type_code=None)
        page = self.page(STATEMENT, self.anna)
        self.assertIn("Without a topic", page)
        self.assertNotIn("sorted", page)

    def test_answer_times_are_sentences_in_russian(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env["ir.module.module"].search([("name", "=", "crm_outsourcing_interactions")])._update_translations(
            ["ru_RU"]
        )
        matters = self.env["crm.interaction.portal.matter"].with_context(lang="ru_RU")
        for answer, text in (
            (("our", 12, 3.9), "Мы ответили на 12 вопросов, обычно за 3,9 рабочего часа"),
            (("our", 1, 2.0), "Мы ответили на 1 вопрос за 2 рабочих часа"),
            (("their", 2, 0.2), "Вы ответили на 2 наших вопроса, обычно за 1 рабочий час"),
        ):
            self.assertEqual(matters._answer_text(*answer), text)

    def test_receipt_tells_answers_and_what_is_not_applicable(self):
        given = {f"answer_{self.statement.id}": "On Monday", f"none_{self.invoices.id}": "There were none"}
        page = self.url_open(self.send("/my/interactions", user=self.anna, **given).headers["Location"]).text
        self.assertIn("Bank statement: answer (On Monday)", page)
        self.assertIn("Invoices: not applicable (There were none)", page)
        self.assertIn("Being Checked", self.page("/my/interactions/handed", self.anna))

    def test_link_names_the_firm_and_none_of_its_people(self):
        self.env.company.write({"email": "office@firm.example.com", "phone": "+1 555 0100"})
        page = self.page(self.path())
        for text in (self.env.company.name, "office@firm.example.com", "+1 555 0100"):
            self.assertIn(text, page)
        self.assertNotIn("accountant@", page)

    def test_rating_says_how_often_and_who_reads_it(self):
        page = self.page("/my/interactions/rating", self.anna)
        self.assertIn("One rating a month counts", page)
        self.assertIn("our other staff who work for you, the supervisor and the management read it", page)

    def test_banner_of_the_preview_is_in_the_language_of_the_colleague(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.anna.partner_id.lang = "fr_FR"
        url = self.anna.partner_id.with_user(self.boss).action_interaction_preview()["url"]
        page = html.fromstring(self.page(url, self.boss))
        self.assertEqual(page.get("lang"), "fr-FR")
        banner = page.xpath("//nav[@aria-label='Preview']")[0]
        self.assertIn(f"Preview: this is what {self.anna.name} sees.", banner.text_content())
        links = banner.xpath(".//a/@href")
        self.assertEqual(links[-1], f"/odoo/res.partner/{self.anna.partner_id.id}")
        self.assertEqual(len(links), len(account_pages(self.env)), "the open page is no link")
        self.assertFalse(page.xpath("//ol[hasclass('breadcrumb')]"))

    def test_link_opens_without_a_redirect_in_any_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env["ir.module.module"]._load_module_terms(["crm_outsourcing_interactions"], ["ru_RU"])
        for lang, text in (("en_US", "Bank statement"), ("ru_RU", "Нужно от вас")):
            self.anna.partner_id.lang = lang
            page = self.page(self.path())
            self.assertIn(text, page)
            self.assertIn(f'lang="{lang.replace("_", "-")}"', page)
            self.assertIn(text, self.page(f"/ru{self.path()}"), "letters of before contain a language")
        sent = self.send(self.path(), (self.statement, "a.pdf", b"a"))
        self.assertEqual(sent.headers["Cache-Control"], "no-store")
        self.assertIn("Спасибо", self.url_open(sent.headers["Location"]).text)

    def test_link_is_not_redirected_to_the_language_of_the_browser(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.authenticate(None, None)
        self.opener.cookies["frontend_lang"] = "ru_RU"
        response = self.url_open(self.path(), allow_redirects=False)
        self.assertEqual(response.status_code, 200)
        self.assertIn('lang="en-US"', response.text)

    def test_link_survives_the_language_of_its_person(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.anna.partner_id.lang = "ru_RU"
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_lang SET active = FALSE WHERE code = 'ru_RU'")
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()
        self.assertIn("Waiting for you", self.page(self.path()))
