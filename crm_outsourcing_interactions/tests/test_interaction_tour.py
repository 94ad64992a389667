import sys
from unittest.mock import patch

from odoo.tests.common import ChromeBrowser, HttpCase, tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestInteractionTour(InteractionCase, HttpCase):
    """Test the staff's work in the browser."""

    def setUp(self):
        super().setUp()
        self.env["crm.interaction"].search([]).write({"active": False})
        self.client_company = self.make_client(name="Tour Client", user_id=self.staff.id, email="tour@example.com")

    def interactions(self):
        return self.env["crm.interaction"].search([("commercial_partner_id", "=", self.client_company.id)], order="id")

    def make_chatter(self, *bodies):
        """Return the URL of a task with a note, a message and further messages with ``bodies``."""
        task = self.make_task(partner_id=self.client_company.id, user_ids=self.staff.ids)
        post = task.with_user(self.staff).message_post
        message = {
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_comment",
            "partner_ids": self.client_company.ids,
        }
        post(body="Called about the VAT return", message_type="comment", subtype_xmlid="mail.mt_note")
        for body in ("Hello", *bodies):
            post(body=body, **message)
        return f"/odoo/action-project.action_view_all_task/{task.id}"

    def test_log_by_hand_and_see_it_in_the_pivot(self):
        self.start_tour("/odoo/interactions", "crm_interaction_log_by_hand", login=self.staff.login)
        self.assertRecordValues(
            self.interactions(),
            [
                {
                    "type_id": self.type_("1.1.3").id,
                    "direction": "incoming",
                    "user_id": self.staff.id,
                    "state": "confirmed",
                    "classified_by": "person",
                }
            ],
        )

    def test_tag_in_the_chatter(self):
        self.start_tour(self.make_chatter(), "crm_interaction_tag_message", login=self.staff.login)
        self.assertEqual(self.interactions().mapped("type_id.code"), ["1.2.1", "3.2.1.2", "1.1.3"])
        self.assertEqual(set(self.interactions().mapped("state")), {"confirmed"})

    def test_popover_never_covers_the_message(self):
        url = self.make_chatter("Long " * 400, "Newest")
        for size in ("1920x1080", "1366x768"):
            with self.subTest(size=size):
                self.browser_size = size
                self.start_tour(url, "crm_interaction_popover_beside", login=self.staff.login)

    def test_choose_the_type_before_sending(self):
        self.start_tour(self.make_chatter(), "crm_interaction_choose_before_sending", login=self.staff.login)
        self.assertEqual(self.interactions()[-1].type_id, self.type_("2.2.1"))

    def test_tag_in_the_inbox(self):
        self.staff.notification_type = "inbox"
        task = self.make_task(partner_id=self.client_company.id, user_ids=self.staff.ids)
        task.message_post(
            body="Question",
            author_id=self.client_company.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.staff.partner_id.ids,
        )
        url = "/odoo/action-mail.action_discuss?active_id=mail.box_inbox"
        self.start_tour(url, "crm_interaction_tag_in_inbox", login=self.staff.login)
        self.assertRecordValues(
            self.interactions(), [{"type_id": self.type_("1.1.3").id, "state": "confirmed", "classified_by": "person"}]
        )

    def make_queue(self):
        """Return three contacts to review: First, Second, Third."""
        task = self.make_task(partner_id=self.client_company.id, user_ids=self.staff.ids)
        for subject in ("First", "Second", "Third"):
            task.with_user(self.staff).message_post(
                subject=subject,
                body=f"Text of {subject}",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=self.client_company.ids,
            )
        queue = self.interactions()
        for day, interaction in enumerate(queue, 1):
            interaction.date = f"2026-10-0{day} 10:00:00"
        return queue

    def test_triage_by_keyboard(self):
        queue = self.make_queue()
        self.start_tour("/odoo/interactions-to-review", "crm_interaction_triage", login=self.staff.login)
        self.assertRecordValues(
            queue,
            [
                {"type_id": self.type_("1.2.1").id, "state": "to_review"},
                {"type_id": self.type_("1.2.2").id, "state": "confirmed"},
                {"type_id": self.type_("1.2.1").id, "state": "confirmed"},
            ],
        )

    def test_triage_of_several_at_once(self):
        queue = self.make_queue()
        before = queue.type_change_ids
        self.start_tour("/odoo/interactions-to-review", "crm_interaction_triage_bulk", login=self.staff.login)
        self.assertEqual(queue.mapped("type_id.code"), ["1.2.1", "1.2.4"])
        self.assertEqual(set(queue.mapped("state")), {"confirmed"})
        self.assertEqual((queue.type_change_ids - before).user_id, self.staff)

    def test_quick_log_from_systray_command_palette_and_client(self):
        url = f"/odoo/action-base.action_partner_form/{self.client_company.id}"
        self.start_tour(url, "crm_interaction_quick_log", login=self.staff.login)
        logged = {"type_id": self.type_("1.1.3").id, "channel": "phone", "user_id": self.staff.id, "state": "confirmed"}
        self.assertRecordValues(self.interactions(), [logged] * 2)
        self.assertEqual({round(duration * 60) for duration in self.interactions().mapped("duration")}, {7})

    def test_speed_is_printed(self):
        self.make_queue()
        handle = ChromeBrowser._handle_console
        with patch.object(ChromeBrowser, "_handle_console", autospec=True, side_effect=handle) as console:
            self.start_tour("/odoo/interactions-to-review", "crm_interaction_speed", login=self.staff.login)
        said = [str(arg.get("value")) for call in console.call_args_list for arg in call.kwargs.get("args") or ()]
        measured = [text for text in said if text.startswith("Speed of ")]
        sys.stdout.write("\n".join(["", *measured, ""]))
        self.assertEqual(len(measured), 8)

    def test_forty_messages_by_keyboard(self):
        task = self.make_task(partner_id=self.client_company.id, user_ids=self.staff.ids)
        post = task.with_user(self.staff).message_post
        message = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        for number in range(1, 41):
            subject, body = f"Message {number}.", f"Text of {number}."
            post(subject=subject, body=body, partner_ids=self.client_company.ids, **message)
        queue = self.interactions()
        self.start_tour("/odoo/interactions-to-review", "crm_interaction_queue_forty", login=self.staff.login)
        self.assertEqual(set(queue.mapped("state")), {"confirmed", "ignored"})
        second = queue.sorted("id", reverse=True)[1::4]
        self.assertEqual(set(second.mapped("type_id.code")), {"1.2.2"})
        self.assertEqual(len(queue.filtered(lambda i: i.state == "ignored")), 20)


@tagged("post_install", "-at_install")
class TestInteractionPhoneTour(InteractionCase, HttpCase):
    browser_size = "375x667"
    touch_enabled = True

    interactions = TestInteractionTour.interactions
    make_chatter = TestInteractionTour.make_chatter
    make_queue = TestInteractionTour.make_queue

    def test_empty_queue_leads_to_the_teams(self):
        self.env["crm.interaction"].search([]).write({"active": False})
        self.log(state="to_review", user_id=self.staff.id)
        self.start_tour("/odoo/interactions-to-review", "crm_interaction_empty_queue", login=self.manager.login)

    def test_queue_on_a_phone_has_buttons_on_cards(self):
        self.env["crm.interaction"].search([]).write({"active": False})
        self.client_company = self.make_client(name="Tour Client", user_id=self.staff.id, email="tour@example.com")
        queue = self.make_queue()
        self.start_tour("/odoo/interactions-to-review", "crm_interaction_queue_phone", login=self.staff.login)
        self.assertEqual(queue.mapped("state"), ["to_review", "confirmed", "confirmed"])
        self.assertEqual(queue[1].type_id, self.type_("1.2.4"))

    def test_popover_never_covers_the_message_on_a_phone(self):
        self.client_company = self.make_client(name="Tour Client", user_id=self.staff.id, email="tour@example.com")
        url = self.make_chatter("Long " * 400, "Newest")
        self.start_tour(url, "crm_interaction_popover_beside", login=self.staff.login)

    def test_popover_shows_the_only_message_of_an_opportunity(self):
        self.staff.group_ids += self.env.ref("sales_team.group_sale_salesman")
        self.client_company = self.make_client(name="Tour Client", user_id=self.staff.id, email="tour@example.com")
        lead = self.env["crm.lead"].create(
            {"name": "New", "partner_id": self.client_company.id, "user_id": self.staff.id}
        )
        message = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment", "author_id": self.client_company.id}
        lead.message_post(body="Only this", **message)
        self.start_tour(f"/odoo/crm/{lead.id}", "crm_interaction_popover_only_message", login=self.staff.login)

    def test_tag_on_a_phone(self):
        self.client_company = self.make_client(name="Tour Client", user_id=self.staff.id, email="tour@example.com")
        self.start_tour(self.make_chatter(), "crm_interaction_tag_message_phone", login=self.staff.login)
        interaction = self.env["crm.interaction"].search([("commercial_partner_id", "=", self.client_company.id)])
        self.assertEqual(interaction.type_id, self.type_("1.2.4"))
