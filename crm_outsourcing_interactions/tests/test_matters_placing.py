"""Placing interactions in matters, apart from the database."""

from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import BaseCase, tagged

from ..models.matters.case import Case
from ..models.matters.facts import Expectations, Fact
from ..models.matters.linking import ADDRESSED, CLOSED, DOCUMENT, NEW, OTHER, SAME, SEVERAL
from ..models.matters.placing import Placing
from ..models.matters.working_time import Month, WorkingTime
from .common import ClientMailCase

START = datetime(2026, 11, 2, 9)
ANNA, PAULA, COMPANY = 8, 9, 7


@tagged("post_install", "-at_install")
class TestMattersPlacing(BaseCase):
    def placing(self):
        """Return a ``Placing`` in which each message of the client asks and of ours only one of type 1 does."""
        expectations = Expectations({1: (True, 0)}, {}, {})
        never = WorkingTime(lambda first: Month([]))

        def new_case(facts, stored):
            return Case(facts, expectations, never, START + timedelta(days=9999), stored)

        return Placing([], new_case, lambda fact: expectations.turn(fact).expects, lambda _fact: START)

    def fact(self, hour, person_id, direction="incoming", **values):
        values = {"client_id": COMPANY, "company_id": 1, "model": "project.task", "res_id": 3, **values}
        return Fact(START + timedelta(hours=hour), direction, person_id=person_id, **values)

    def test_many_open_matters_of_a_person_are_not_all_looked_at(self):
        """Whether exactly one matter of the person is open is known after two."""
        looks, is_with, placing = [], Case.is_with, self.placing()
        with patch.object(Case, "is_with", lambda case, *args: looks.append(case) or is_with(case, *args)):
            links = [placing.place(self.fact(0, ANNA, model=None, res_id=None)) for _number in range(100)]
        self.assertEqual([link.reason for link in links[:4]], [NEW, SAME, NEW, NEW])
        self.assertTrue(all(link.is_new for link in links))
        self.assertLess(len(looks), 5 * 100)

    def test_question_of_another_person_is_a_matter_of_its_own(self):
        placing = self.placing()
        first, second, third = (placing.place(self.fact(hour, who)) for hour, who in enumerate((ANNA, PAULA, PAULA)))
        self.assertEqual((second.is_new, second.proposed, second.reason), (True, first.matter, OTHER))
        self.assertEqual((third.matter, third.proposed, third.reason), (None, second.matter, SEVERAL))

    def test_answer_to_one_of_two_people_belongs_to_that_matter(self):
        placing = self.placing()
        links = [placing.place(self.fact(hour, who)) for hour, who in enumerate((ANNA, PAULA))]
        answer = placing.place(self.fact(2, PAULA, "outgoing"))
        self.assertEqual((answer.matter, answer.reason), (links[1].matter, ADDRESSED))
        self.assertEqual([link.matter.state.waiting for link in links], ["us", "nobody"])
        placing.place(self.fact(3, PAULA))
        nobody = placing.place(self.fact(5, COMPANY, "outgoing"))
        self.assertEqual((nobody.matter, nobody.proposed, nobody.reason), (None, links[0].matter, SEVERAL))

    def test_another_person_delivers_what_was_asked_for(self):
        placing = self.placing()
        request = placing.place(self.fact(0, ANNA, "outgoing", type_id=1, state="confirmed"))
        delivery = placing.place(self.fact(1, PAULA))
        self.assertEqual((delivery.matter, delivery.reason), (request.matter, DOCUMENT))

    def test_mailbox_of_the_company_is_nobody_else(self):
        placing = self.placing()
        question = placing.place(self.fact(0, COMPANY))
        self.assertEqual(placing.place(self.fact(1, ANNA)).matter, question.matter)
        self.assertEqual(placing.place(self.fact(2, COMPANY)).matter, question.matter)


@tagged("post_install", "-at_install")
class TestMattersPlaced(ClientMailCase):
    """The same as captured, by a user with our group only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"resource_calendar_id": False, "interaction_tz": "Pacific/Auckland"})
        cls.client_company.interaction_accountant_id = cls.staff
        cls.second = cls.make_contact(name="Second", parent_id=cls.client_company.id, email="second@client.example.com")
        cls.task = cls.make_task(project_id=cls.project.id, partner_id=cls.contact.id, user_ids=cls.staff.ids)

    def asked(self, person, **at):
        moment = START + timedelta(**at)
        with freeze_time(moment):
            return self.capture(moment, code="message_in", record=self.task, partner=person)

    def answered(self, person, hours):
        with freeze_time(START + timedelta(hours=hours)):
            self.task.with_user(self.staff).message_post(
                body="Here is the balance",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=person.ids,
            )
        return self.captured(self.task).filtered(lambda row: row.direction == "outgoing").sorted("id")[-1:]

    def test_colleague_answers_whom_the_message_is_to(self):
        first, second = self.asked(self.contact, hours=0), self.asked(self.second, hours=2)
        self.assertEqual((second.proposed_matter_id, second.matter_id.waiting), (first.matter_id, "us"))
        answer = self.answered(self.contact, 3)
        self.assertEqual((answer.matter_id, answer.matter_link), (first.matter_id, {"code": "matter_addressed"}))
        self.assertEqual((first.matter_id.waiting, second.matter_id.waiting), ("nobody", "us"))

    def test_whom_the_message_names_goes_before_followers(self):
        first, second = self.asked(self.contact, hours=0), self.asked(self.second, hours=2)
        self.task.message_subscribe(self.contact.ids)
        answer = self.answered(self.second, 3)
        self.assertEqual((answer.partner_id, answer.matter_id), (self.second, second.matter_id))
        self.assertEqual(first.matter_id.waiting, "us")

    def test_message_to_both_of_two_people_is_proposed(self):
        first, second = self.asked(self.contact, hours=0), self.asked(self.second, hours=2)
        self.task.message_subscribe((self.contact | self.second).ids)
        for people in (self.contact | self.second, self.env["res.partner"]):  # named, or followers only
            answer = self.answered(people, 3)
            self.assertEqual((answer.matter_id.id, answer.matter_link["code"]), (False, "matter_several"))
        self.assertEqual({first.matter_id.waiting, second.matter_id.waiting}, {"us"})

    def test_second_persons_question_is_answered_once_accepted(self):
        first, second = self.asked(self.contact, hours=0), self.asked(self.second, hours=2)
        matter = first.matter_id
        self.answered(self.contact, 3)
        with freeze_time(START + timedelta(hours=4)):
            second.with_user(self.staff).accept_proposed_matter()
        self.assertEqual((second.matter_id, matter.waiting, matter.reminders), (matter, "nobody", 1))

    @freeze_time("2026-12-20")
    def test_ten_working_days_leave_holidays_out(self):
        """A person's only open matter of Friday is proposed on the tenth working day, after nine days off."""
        self.env["resource.calendar.leaves"].create(
            {"name": "Holidays", "date_from": "2026-11-15 11:00", "date_to": "2026-11-26 11:00", "calendar_id": False}
        )
        asked = self.capture(datetime(2026, 11, 12, 19), code="message_in", record=self.task, partner=self.contact)
        about = {"code": "message_in", "record": self.client_company, "partner": self.contact}
        tenth, eleventh = datetime(2026, 12, 9, 19), datetime(2026, 12, 10, 19)  # Thursday and Friday in New Zealand
        again = self.capture(tenth, **about)
        self.assertEqual(again.proposed_matter_id, asked.matter_id)
        again.write({"state": "ignored"})
        self.assertFalse(self.capture(eleventh, **about).proposed_matter_id)
        fact = Fact(eleventh, "incoming", self.client_company.id, self.env.company.id)
        with self.assertQueryCount(0):
            self.env["crm.interaction.matter"]._recent(fact)

    def test_who_writes_again_soon_reopens_once_accepted(self):
        """Without a reply, e.g. on the portal, the only matter closed within 14 days is proposed."""
        first = self.asked(self.contact, hours=0)
        matter = first.matter_id
        self.answered(self.contact, 1)
        self.assertFalse(self.asked(self.second, hours=2).proposed_matter_id, "somebody else")
        self.answered(self.second, 3)
        self.assertFalse(self.asked(self.contact, days=15).proposed_matter_id, "too late")
        self.captured(self.task).filtered(lambda row: row.date.day == 17)._by_code().unlink()
        again = self.asked(self.contact, days=2)
        self.assertEqual((again.proposed_matter_id, again.matter_link), (matter, {"code": CLOSED}))
        self.assertEqual((again.matter_id.waiting, matter.reopened), ("us", 0))
        with freeze_time(START + timedelta(days=2, hours=1)):
            again.with_user(self.staff).accept_proposed_matter()
        self.assertEqual((again.matter_id, matter.reopened, matter.waiting), (matter, 1, "us"))
