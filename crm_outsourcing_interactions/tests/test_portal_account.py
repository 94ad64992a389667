from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ConcurrencyError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .portal_common import AccountCase

PAGES = ("questions", "statement", "services", "people", "rating", "complaint")


@tagged("post_install", "-at_install")
class TestPortalAccount(AccountCase):
    """Test what people at a client see and send in their account."""

    def url(self, name):
        return f"/my/interactions/{name}"

    def test_pages_are_for_people_of_clients_only(self):
        for name in PAGES:
            with self.subTest(page=name):
                self.page(self.url(name), self.anna)
                self.page(self.url(name), self.boss, 404)
                self.page(self.url(name), None, 303)

    def test_end_of_the_contract_closes_the_account(self):
        matter = self.asks(self.anna)
        self.alfa.interaction_client_until = self.ended
        self.env.company.email = "office@firm.example.com"
        for name in PAGES:
            self.assertIn("Your contract with us has ended", self.page(self.url(name), self.anna, 404))
        home = self.page("/my", self.anna)
        self.assertNotIn("/my/interactions", home)
        self.assertIn("office@firm.example.com", home)
        self.assertNotIn("has ended", self.page("/my", self.boss))
        self.assertNotIn("has ended", self.page(self.url("services"), self.boss, 404))
        for model in ("matter", "interaction", "report", "service"):
            self.assertFalse(self.env[f"crm.interaction.portal.{model}"].with_user(self.anna).search([]), model)
        self.assertTrue(matter.exists())

    def test_home_shows_tiles_without_script(self):
        home = self.page("/my", self.anna)
        for name in PAGES:
            self.assertIn(self.url(name), home)
        self.assertNotIn("/my/interactions", self.page("/my", self.boss))

    def test_person_sees_own_open_questions_with_due_date(self):
        self.asks(self.anna)
        self.assertIn("Your questions", self.page(self.url("questions"), self.anna))
        for other in (self.boris, self.vera):
            self.assertIn("None of your questions", self.page(self.url("questions"), other))

    def test_suggested_types_and_subjects_are_not_shown(self):
        self.asks(self.anna, type_code=None, subject="Secret of the month")
        page = self.page(self.url("questions"), self.anna)
        self.assertIn("Your message", page)
        self.assertNotIn("Secret", page)

    def test_person_who_changes_the_client_sees_nothing_of_the_former(self):
        self.asks(self.anna)
        self.anna.partner_id.parent_id = self.beta
        self.assertFalse(self.env["crm.interaction.portal.matter"].with_user(self.anna).search([]))
        self.assertFalse(self.env["crm.interaction.portal.interaction"].with_user(self.anna).search([]))

    def test_statement_counts_by_month_kind_and_direction(self):
        now = fields.Datetime.now()
        for user, code in ((self.anna, "message_in"), (self.anna, "message_out"), (self.boris, "message_in")):
            now += timedelta(seconds=1)
            type_code = "1.1.3" if code == "message_in" else "1.2.4"
            self.capture(now, partner=user.partner_id, code=code, type_code=type_code)
        self.capture(now + timedelta(seconds=1), partner=self.anna.partner_id, code="message_in")
        statement = self.env["crm.interaction.portal.interaction"].with_user(self.anna)._statement()
        kind = self.type_("1.1.3").kind_id.id
        expected = {(kind, "incoming"): 1, (kind, "outgoing"): 1, (False, "incoming"): 1}
        self.assertEqual(list(statement.values()), [expected])
        self.assertIn("Ongoing work", self.page(self.url("statement"), self.anna))

    def test_answer_times_of_both_sides(self):
        task, now = self.make_task(partner_id=self.alfa.id), fields.Datetime.now()
        talk = (("message_in", "1.1.3"), ("message_out", "1.2.4"), ("message_out", "1.2.2"), ("message_in", "1.1.1"))
        for number, (code, type_code) in enumerate(talk):
            moment = now - timedelta(hours=12 - 2 * number)
            self.capture(moment, partner=self.anna.partner_id, code=code, type_code=type_code, record=task)
        matters = self.env["crm.interaction.portal.matter"].with_user(self.anna)
        sides = [row for rows in matters._answer_times().values() for row in rows]
        self.assertEqual([(side, n) for side, n, _hours in sides], [("our", 1), ("their", 1)], sides)
        page = self.page(self.url("statement"), self.anna)
        self.assertIn("We answered 1 question, within", page)
        self.assertIn("You answered 1 question of ours, within", page)

    def test_services_of_the_contract(self):
        services = self.env["crm.interaction.service"].search([], limit=3)
        for service, coverage in zip(services, ("included", "optional", "excluded"), strict=True):
            vals = {"partner_id": self.alfa.id, "service_id": service.id, "coverage": coverage, "note": "Not for them"}
            self.env["crm.interaction.scope"].create(vals)
        self.make_client(name="Former").interaction_client_until = self.ended
        page = self.page(self.url("services"), self.anna)
        for text in ("Included", "On Request", "Not Included", *services.mapped("name")):
            self.assertIn(text, page)
        self.assertNotIn("Not for them", page)
        self.assertIn("will appear here", self.page(self.url("services"), self.vera))

    def test_people_at_the_firm(self):
        page = self.page(self.url("people"), self.anna)
        self.assertIn("accountant@firm.example.com", page)
        self.assertIn("auditor@firm.example.com", page)
        self.assertNotIn("auditor", self.page(self.url("people"), self.vera))

    def test_rating_is_one_interaction_a_month(self):
        for value in ("5", "5", "1"):
            self.post(self.url("rating"), self.anna, value=value, text="Because")
        self.assertRecordValues(
            self.captured(),
            [
                {
                    "event": "feedback_given", "channel": "portal", "rating_value": 1, "polarity": "negative",
                    "partner_id": self.anna.partner_id.id, "commercial_partner_id": self.alfa.id,
                }
            ],
        )  # fmt: skip
        self.post(self.url("rating"), self.boris, value="5")
        self.assertEqual(len(self.captured()), 2)
        self.post(self.url("rating"), self.anna, 200, value="7")

    def test_something_is_wrong_is_one_confirmed_complaint(self):
        for _click in range(2):
            self.post(self.url("complaint"), self.anna, text="You forgot us", token="abc")
        interaction = self.captured()
        self.assertRecordValues(
            interaction,
            [
                {
                    "type_id": self.type_("2.1.1").id, "polarity": "negative", "channel": "portal",
                    "state": "confirmed", "partner_id": self.anna.partner_id.id,
                }
            ],
        )  # fmt: skip
        self.assertTrue(interaction.matter_id.is_complaint)
        self.assertEqual(interaction.matter_id.complaint_owner_id, self.auditor)
        self.assertIn("Waiting for us", self.page(self.url("questions"), self.anna))

    def test_other_text_with_the_same_token_is_another_complaint(self):
        for token in ("same", ""):
            for text in (f"First {token}", f"Second\x00 {token}"):
                self.post(self.url("complaint"), self.anna, text=text, token=token)
        bodies = self.env["crm.interaction.portal.complaint"].search([]).mapped(lambda row: row._first_message().body)
        self.assertEqual(len(bodies), 4)
        self.assertEqual(len(self.captured()), 4)

    @mute_logger("odoo.sql_db")
    def test_complaint_clicked_twice_at_once_is_stored_once(self):
        complaints = self.env["crm.interaction.portal.complaint"]
        self.post(self.url("complaint"), self.anna, text="One", token="t")
        with patch.object(type(complaints), "search", lambda self, *args, **kwargs: self.browse()):
            self.post(self.url("complaint"), self.anna, text="One", token="t")
        self.assertEqual(complaints.search_count([]), 1)

    def test_second_of_two_first_ratings_at_once_is_run_again(self):
        ratings, person = self.env["rating.rating"], self.anna.partner_id
        ratings._interaction_rate(person, 5, "")
        unseen = patch.object(type(ratings), "_interaction_of_month", lambda self, person: self.browse())
        with unseen, mute_logger("odoo.sql_db"), self.assertRaises(ConcurrencyError):
            ratings._interaction_rate(person, 1, "")
        self.assertEqual(ratings._interaction_rate(person, 1, "").rating, 1)

    def test_rating_with_a_nul_is_stored(self):
        self.post(self.url("rating"), self.anna, value="5", text="a\x00b")
        rating = self.env["rating.rating"].search([("partner_id", "=", self.anna.partner_id.id)])
        self.assertEqual(rating.feedback, "ab")

    def test_archived_client_closes_the_account(self):
        matter = self.asks(self.anna)
        self.alfa.active = False
        for name in PAGES:
            self.page(self.url(name), self.anna, 404)
        self.assertFalse(self.env["crm.interaction.portal.matter"].with_user(self.anna).search([]))
        self.assertTrue(matter.exists())

    def test_complaint_is_read_by_supervisor_and_managers_only(self):
        self.post(self.url("complaint"), self.anna, text="You forgot us", token="abc")
        complaint = self.env["crm.interaction.portal.complaint"].search([])
        message = complaint._first_message()
        for user in (self.auditor, self.boss):
            self.assertIn("You forgot us", message.with_user(user).body)
        for user in (self.accountant, self.anna, self.vera):
            with self.assertRaises(AccessError):
                complaint.with_user(user).read(["display_name"])
        for user in (self.accountant, self.boris, self.vera):
            with self.assertRaises(AccessError):
                message.with_user(user).read(["body"])
        interaction = self.captured().with_user(self.accountant).sudo(False)
        self.assertTrue(interaction.is_document_hidden)

    def test_reply_to_a_complaint_answers_its_matter(self):
        self.post(self.url("complaint"), self.anna, text="You forgot us", token="abc")
        complaint = self.env["crm.interaction.portal.complaint"].search([])
        self.answer(complaint)
        matter = self.captured().matter_id
        self.assertRecordValues(matter, [{"complaint_state": "answered", "interaction_count": 2}])
        self.assertEqual(matter.interaction_ids.mapped("res_model"), [complaint._name] * 2)

    def test_internal_names_are_not_read_by_rpc(self):
        self.asks(self.anna)
        for model, name in (("matter", "type_id"), ("interaction", "kind_id")):
            rows = self.env[f"crm.interaction.portal.{model}"].with_user(self.anna).search([])
            self.assertTrue(rows)
            with self.assertRaises(AccessError):
                rows.read([name])
            with self.assertRaises(AccessError):
                rows.search([(f"{name}.name", "ilike", "a")])
        self.assertEqual(
            self.env["crm.interaction.portal.matter"].with_user(self.anna).search([]).mapped("label"),
            [self.type_("1.1.3").client_name],
        )

    def test_terms_of_the_client_are_not_read_by_rpc(self):
        names = (
            "interaction_response_hours", "interaction_own_accountant_id", "interaction_team_ids",
            "interaction_client_from", "interaction_client_until", "interaction_files_on",
            "interaction_request_partner_id",
        )  # fmt: skip
        for name in names:
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.alfa.with_user(self.anna).read([name])

    def test_sent_report_is_shown_to_its_recipient(self):
        made = self.env["crm.interaction.sent.report"]._by_code().create(
            {
                "partner_id": self.alfa.id, "company_id": self.env.company.id,
                "date_from": "2026-09-01", "date_to": "2026-09-30",
            }
        )  # fmt: skip
        file = self.env["ir.attachment"].create(
            {"name": "r.pdf", "raw": b"%PDF-1", "res_model": made._name, "res_id": made.id}
        )
        made.attachment_id = file
        path = "/my/interactions/reports/"
        seen = self.env["crm.interaction.portal.report"]
        self.assertFalse(seen.with_user(self.anna).search([]))
        made.message_post(body="x", partner_ids=self.anna.partner_id.ids, attachment_ids=file.ids)
        report = seen.with_user(self.anna).search([])
        self.assertTrue(report)
        self.page(path + str(report.id), self.anna)
        self.assertIn("attachment", self.url_open(path + str(report.id)).headers["Content-Disposition"])
        for other in (self.boris, self.vera):
            self.page(path + str(report.id), other, 404)
        self.page(path + "999999999", self.anna, 404)
