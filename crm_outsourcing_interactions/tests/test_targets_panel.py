from ast import literal_eval

from freezegun import freeze_time
from lxml import etree

from odoo import fields
from odoo.fields import Domain
from odoo.tests.common import tagged

from .target_common import TargetCase


@tagged("post_install", "-at_install")
class TestAnalysisPanel(TargetCase):
    """Test the interactions panel of the client's form."""

    def test_contacts_of_twelve_months_and_of_this_one(self):
        self.make_target(measure="interactions_month", bound="range", low=1, high=5)
        self.log_many(self.client, "2025-10-31", {"1.1.2": 9})
        self.log_many(self.client, "2025-11-05", {"1.1.2": 2})
        [first, *_others] = self.log_many(self.client, "2026-10-05", {"1.1.2": 3})
        self.log(partner_id=self.client.id, date="2026-10-05", split_from_id=first.id)
        self.refresh()
        self.assertEqual([month["n"] for month in self.client.interaction_sparkline], [2, *[0] * 10, 3])
        self.assertEqual(self.client.interaction_sparkline[-1]["label"], "October 2026")
        self.assertEqual(self.client.interaction_month_count, 3)

    def test_suggestions_count_for_no_interval(self):
        """A mere suggestion turned a red target green and closed its activity."""
        for measure, vals in (
            ("type_interval", {"bound": "ceiling", "high": 30}),
            ("type_count", {"bound": "floor", "low": 1, "window_months": 2}),
        ):
            self.make_target(measure=measure, type_id=self.type_("1.2.4").id, **vals)
        self.log_many(self.client, "2026-08-10", {"1.2.4": 1, "1.1.2": 1})
        suggested = self.log_many(self.client, "2026-09-25", {"1.2.4": 4})
        suggested._by_code().write({"state": "to_review", "classified_by": "suggestion"})
        self.refresh()
        interval, count = self.indicator("2026-10-01").sorted("measure", reverse=True)
        self.assertEqual((interval.value, interval.zone, interval.breach), (71, "red", "open"))
        self.assertEqual((interval.n, count.value), (1, 0))
        self.assertFalse(suggested & suggested.search(interval.action_view_evidence()["domain"]))
        self.assertNotIn(": 4", interval.evidence)
        suggested.action_confirm()
        self.refresh()
        self.env.invalidate_all()
        self.assertEqual((interval.value, interval.zone), (25, "green"))
        self.assertAlmostEqual(count.value, 4 / (1 + 20 / 31))

    def test_open_complaints_wait_for_the_clients_word(self):
        task = self.make_task(partner_id=self.client.id)
        moment = fields.Datetime.to_datetime("2026-10-02 09:00:00")
        values = {"partner": self.client, "record": task}
        suggested = self.capture(moment, polarity="negative", code="message_in", **values)
        self.assertEqual(self.client.interaction_open_complaints, 0, "nobody has confirmed it")
        suggested.with_user(self.manager).sudo(False).tag({"type_id": self.type_("2.1.1").id})
        self.capture(moment, type_code="2.1.1", polarity="positive", code="message_in", **values)
        answer = self.capture(moment, code="message_out", **values)
        answer.with_user(self.manager).sudo(False).merge_matter(suggested.matter_id.id)
        self.env.invalidate_all()
        self.assertEqual(self.client.interaction_open_complaints, 1, "an answer closes none")
        self.assertEqual(self.behind(self.client.action_view_open_complaints()), suggested.matter_id)
        suggested.matter_id._by_code().from_history = True
        self.env.invalidate_all()
        self.assertEqual(self.client.interaction_open_complaints, 0, "built from the past")
        self.assertFalse(self.behind(self.client.action_view_open_complaints()))

    def test_last_month_is_shown_while_this_one_has_no_data(self):
        self.make_target(minimum_sample=5)
        self.log_many(self.client, "2026-09-10", {"1.1.2": 10})
        self.refresh()
        self.assertEqual(self.client.interaction_indicator_ids, self.indicator("2026-09-01"))

    def behind(self, action):
        """Return the records that an action shows with its default filters to a bookkeeper."""
        model = self.env[action["res_model"]].with_user(self.staff)
        arch = etree.fromstring(model.get_view((action["search_view_id"] or [False])[0], "search")["arch"])
        names = {name.removeprefix("search_default_") for name, value in action["context"].items() if value}
        domains = [literal_eval(arch.find(f".//filter[@name='{name}']").get("domain")) for name in names]
        return model.search(Domain.AND([action["domain"], *domains]))

    def test_off_target_opens_what_it_counts(self):
        """The third value was one of last month, in a month with too few interactions."""
        old = self.make_target(minimum_sample=5)
        new = self.make_target(measure="type_interval", type_id=self.type_("1.2.4").id, bound="ceiling", high=10)
        met = self.make_target(measure="open_share", bound="ceiling", high=0.5)
        self.log_many(self.client, "2026-09-10", {"1.1.2": 10})
        self.log_many(self.client, "2026-10-10", {"1.1.2": 1})
        self.refresh("2026-09-01", "2026-10-01")
        client = self.client.with_user(self.staff)
        shown = self.indicator("2026-09-01", target=old) | self.indicator(target=new)
        self.assertEqual(client.interaction_breach_count, 2)
        self.assertEqual(self.behind(client.action_view_indicators()), shown)
        with freeze_time("2026-11-01 12:00:00"):
            self.env.invalidate_all()
            self.assertEqual(client.interaction_breach_count, 1, "before the nightly job")
            self.assertEqual(self.behind(client.action_view_indicators()), self.indicator(target=new))
        old.low, new.high = 0, 100
        self.refresh()
        self.env.invalidate_all()
        self.assertEqual(client.interaction_breach_count, 0)
        self.assertEqual(self.behind(client.action_view_indicators()), client.interaction_indicator_ids)
        self.assertEqual(client.interaction_indicator_ids.target_id, old | new | met)

    def test_readers_see_what_they_may_see(self):
        self.make_target()
        self.log_many(self.client, "2026-10-05", {"1.1.2": 3})
        self.refresh()
        stranger = self.make_staff(login="target.stranger")
        for user, n, indicators in ((self.staff, 3, 1), (self.manager, 3, 1), (stranger, 0, 0)):
            client = self.client.with_user(user)
            self.assertEqual(client.interaction_sparkline[-1]["n"], n)
            self.assertEqual(len(client.interaction_indicator_ids), indicators)

    def test_cost_is_that_of_one_client_for_many(self):
        self.make_target()
        clients = self.client | self.env["res.partner"].create([{"name": f"Client {n}"} for n in range(20)])
        for client in clients:
            self.log_many(client, "2026-10-05", {"1.1.2": 3})
            self.log_many(client, "2026-10-05", {"2.1.1": 1}, polarity="negative")
        self.refresh()
        for some in (self.client, clients):
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(clients=len(some)), self.assertQueryCount(8):
                some.mapped("interaction_open_complaints")
