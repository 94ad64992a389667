"""Placing interactions in matters, apart from the database."""

from datetime import datetime
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..models.matters.case import Case
from ..models.matters.facts import Expectations, Fact
from ..models.matters.linking import NEW, SAME
from ..models.matters.placing import Placing
from ..models.matters.working_time import Month, WorkingTime


@tagged("post_install", "-at_install")
class TestMattersPlacing(BaseCase):
    def test_many_open_matters_of_a_person_are_not_all_looked_at(self):
        """Whether exactly one matter of the person is open is known after two."""
        looks, is_with = [], Case.is_with
        start, never = datetime(2026, 11, 2, 9), WorkingTime(lambda first: Month([]))
        expectations = Expectations({}, {}, {})
        placing = Placing([], lambda facts, stored: Case(facts, expectations, never, start, stored), lambda fact: True)
        with patch.object(Case, "is_with", lambda case, *args: looks.append(case) or is_with(case, *args)):
            links = [placing.place(Fact(start, "incoming", 7, 1, person_id=8)) for _number in range(100)]
        self.assertEqual([link.reason for link in links[:4]], [NEW, SAME, NEW, NEW])
        self.assertTrue(all(link.is_new for link in links))
        self.assertLess(len(looks), 5 * 100)
