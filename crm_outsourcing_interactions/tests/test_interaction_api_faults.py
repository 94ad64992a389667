import math
from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests.common import tagged

from .test_interaction_api import ApiCase


@tagged("post_install", "-at_install")
class TestInteractionApiFaults(ApiCase):
    """Test that errors of the API contain the position of the invalid interaction, and that nothing is logged."""

    def assert_refused(self, pattern, interactions):
        with self.assertRaisesRegex(UserError, pattern):
            self.env["crm.interaction"].with_user(self.staff).log_interactions(interactions)
        self.assertFalse(self.env["crm.interaction"].search([("origin_key", "like", "ref:%")]))

    def test_fault_names_the_contact_and_nothing_is_logged(self):
        good = {"reference": "good", "email": "anna@client.example.com", "type": "1.1.3"}
        for bad in (
            {"reference": ""},
            {"reference": 17},
            {"reference": " "},
            {"reference": "x" * 101},
            {"reference": "nul\x00"},
            {"subject": "nul\x00"},
            {"note": "half \ud800"},
            {"note": "x" * 20_001},
            {"subject": ["x"]},
            {"channel": "telepathy"},
            {"direction": "sideways"},
            {"direction": "outgoing"},
            {"type": "9.9.9"},
            {"type": 1.1},
            {"duration": math.nan},
            {"duration": math.inf},
            {"duration": -1},
            {"duration": 10**400},
            {"duration": 1001},
            {"duration": "0.5"},
            {"duration": True},
            {"date": "yesterday"},
            {"date": "9999-12-31T23:59:59-14:00"},
            {"date": "0001-01-01T00:00:00+14:00"},
            {"date": "1970-01-01 00:00:00"},
            {"date": 20261102},
            {"partner_id": "7"},
            {"partner_id": 2**40},
            {"partner_id": True},
            {"partner_id": 1.0},
            {"phone": "1"},
            {"user": "nobody.known"},
            {"emial": "anna@client.example.com"},
        ):
            with self.subTest(bad=str(bad)[:60]):
                self.assert_refused("Interaction 2 .*Nothing was logged", [good, {**good, "reference": "bad", **bad}])
        for bad in ("x", None, 7, ["reference"]):
            with self.subTest(bad=bad):
                self.assert_refused("Interaction 2 ", [good, bad])
        for bad in ("x", None, {"reference": "x"}, 7):
            with self.subTest(interactions=bad):
                self.assert_refused("list", bad)
        self.assert_refused("bad", [good, {**good, "reference": "bad", "type": "3.2.1"}])

    @freeze_time("2026-11-02 12:00:00")
    def test_date_is_iso_8601_and_not_in_the_future(self):
        for number, (text, moment) in enumerate(
            (
                ("2026-11-02T09:30:00+01:00", datetime(2026, 11, 2, 8, 30)),
                ("2026-11-01T00:30:00Z", datetime(2026, 11, 1, 0, 30)),
                ("2026-10-31T23:30:00.123456-01:00", datetime(2026, 11, 1, 0, 30)),
                ("2026-11-02 09:30:00", datetime(2026, 11, 2, 9, 30)),
                ("2026-11-02T12:04:00Z", datetime(2026, 11, 2, 12, 4)),
                (None, datetime(2026, 11, 2, 12, 0)),
            )
        ):
            with self.subTest(text=text):
                self.assertEqual(self.call(reference=f"pbx:{number}", date=text).date, moment)
        for text in ("2026-11-02T12:06:00Z", "2026-11-02T12:00:00-01:00", "2099-01-01 00:00:00"):
            with self.subTest(text=text), self.assertRaisesRegex(UserError, "future"):
                self.call(reference="future", date=text)

    def test_month_is_that_of_the_company(self):
        self.env.company.interaction_tz = "Asia/Tokyo"
        self.assertEqual(str(self.call(date="2026-10-31T20:00:00Z").month), "2026-11-01")
