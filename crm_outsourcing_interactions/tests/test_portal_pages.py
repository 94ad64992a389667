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
            (("our", 1, 2.0), "Мы ответили на 1 вопрос, за 2 рабочих часа"),
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
        self.assertIn("the supervisor and the management read it", page)

    def test_banner_of_the_preview_is_in_the_language_of_the_colleague(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.anna.partner_id.lang = "fr_FR"
        url = self.anna.partner_id.with_user(self.boss).action_interaction_preview()["url"]
        page = html.fromstring(self.page(url, self.boss))
        self.assertEqual(page.get("lang"), "fr-FR")
        banner = page.xpath("//nav[@aria-label='Preview']")[0]
        self.assertIn("Preview: this is what the client sees.", banner.text_content())
        links = banner.xpath(".//a/@href")
        self.assertEqual(links[-1], f"/odoo/res.partner/{self.anna.partner_id.id}")
        self.assertEqual(len(links), len(account_pages(self.env)) + 1)
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

    def test_link_survives_the_language_of_its_person(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.anna.partner_id.lang = "ru_RU"
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_lang SET active = FALSE WHERE code = 'ru_RU'")
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()
        self.assertIn("Waiting for you", self.page(self.path()))
