import json
from datetime import date
from urllib.parse import quote

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.tests.common import HttpCase, new_test_user, tagged

from ..models.events.marks import marked
from .common import InteractionCase

PAGE = "report.crm_outsourcing_interactions.client_page"
IMPOSSIBLE = ("0001-01-01", "0026-10-01", "1999-12-31", "2100-01-01", "9999-12-31")


@tagged("post_install", "-at_install")
class TestReportRequests(InteractionCase):
    """Test that impossible dates are refused on entry."""

    def assert_days_refused(self, record, *names):
        for name in names:
            for day in IMPOSSIBLE:
                with self.subTest(model=record._name, name=name, day=day):
                    with self.assertRaisesRegex(ValidationError, "must be between"), self.cr.savepoint():
                        record.write({name: day})
                    with self.assertRaisesRegex(ValidationError, "must be between"), self.cr.savepoint():
                        record.copy({name: day})

    def test_workbook(self):
        summary_report = self.env["crm.interaction.summary.report"].with_user(self.staff).create({})
        self.assert_days_refused(summary_report, "date_from", "date_to")
        summary_report.write({"date_from": "2000-01-01", "date_to": "2000-01-31"})
        summary_report.action_create()
        self.assertTrue(summary_report.attachment_id)

    def test_longest_workbook(self):
        summary_report = self.env["crm.interaction.summary.report"].with_user(self.staff)
        summary_report.create({"date_from": "2000-01-01", "date_to": "2099-12-31"}).action_create()

    def test_history(self):
        replay = self.env["crm.interaction.replay"].with_user(self.manager).create({})
        self.assert_days_refused(replay, "date_from", "date_to")
        replay.write({"date_from": "2000-01-01", "date_to": "2099-12-31"})
        replay.action_count()
        self.assertEqual(replay.state, "counting")

    def test_change_in_counting(self):
        mark = self.env["crm.interaction.method.change"].with_user(self.manager).create({"name": "Other"})
        self.assert_days_refused(mark, "date")
        for day in ("2000-01-01", "2099-12-31"):
            mark.date = day
            self.assertTrue(self.env["crm.interaction"].search_count(mark.action_compare()["domain"]) >= 0)

    def test_bound_is_written_in_the_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        summary_report = self.env["crm.interaction.summary.report"].with_context(lang="fr_FR")
        with self.assertRaisesRegex(ValidationError, "31/12/2099"):
            summary_report.create({"date_to": "9999-12-31"})

    def test_onchange_of_an_impossible_day(self):
        """The form computes names before anything is saved."""
        for model in ("crm.interaction.replay", "crm.interaction.summary.report", "crm.interaction.method.change"):
            records = self.env[model].with_user(self.manager)
            name = "date" if model.endswith("mark") else "date_from"
            spec = {field: {} for field in records._fields if field in (name, "name", "display_date", "display_name")}
            for day in IMPOSSIBLE:
                records.onchange({name: day}, [name], spec)

    def test_months_that_can_be_searched_for(self):
        interactions = self.env["crm.interaction"].with_user(self.staff)
        for months in (10**6, -1, "x", float("nan")):
            with self.subTest(months=months), self.assertRaises(UserError):
                interactions.search([("counted_months", "=", months)])
        self.assertEqual(interactions.search_count([("counted_months", "=", 300)]), interactions.search_count([]))

    def test_dates_of_contracts_scopes_targets_and_deputies(self):
        """They are compared only, so none of them can break a figure."""
        far = {"from": "0001-01-01", "until": "9999-12-31"}
        client = self.make_client(name="Far")
        client.write({f"interaction_client_{name}": day for name, day in far.items()})
        self.log(partner_id=client.id, type_id=self.type_("1.1.2").id)
        service = self.env["crm.interaction.service"].search([], limit=1)
        valid = {"date_from": far["from"], "date_to": far["until"]}
        self.env["crm.interaction.scope"].create({"partner_id": client.id, "service_id": service.id, **valid})
        for vals in (
            {"measure": "interactions_month", "bound": "floor", "low": 1},
            {"measure": "type_interval", "type_id": self.type_("2.2.1").id, "bound": "ceiling", "high": 90},
        ):
            self.env["crm.interaction.target"].create({"partner_id": client.id, **vals, **valid})
        self.staff.write(
            {
                "interaction_deputy_id": self.manager.id,
                "interaction_deputy_from": far["from"],
                "interaction_deputy_until": far["until"],
            }
        )
        self.env["crm.interaction.indicator"]._refresh(self.env.company)
        client.with_user(self.manager).read(["interaction_month_count", "interaction_next_feedback"])
        self.assertTrue(client.with_user(self.manager).interaction_indicator_ids)

    def test_page_of_a_client(self):
        client = self.make_client(name="Page")
        page = self.env[PAGE].with_user(self.staff)
        other = self.env["res.company"].create({"name": "Secret Company"})
        faults = {
            UserError: [
                {"client_ids": "x"},
                {"client_ids": [10**30]},
                {"client_ids": [client.id] * 10_001},
                {"client_ids": {"id": 1}},
                {"client_ids": client.ids, "date_from": "2026-10-01"},
                {"client_ids": client.ids, "date_from": "2026-12-01", "date_to": "2026-01-01"},
                {"client_ids": client.ids, "date_from": 5, "date_to": [7]},
                *({"client_ids": client.ids, "date_from": day, "date_to": "2026-01-01"} for day in IMPOSSIBLE),
                *({"client_ids": client.ids, "date_from": "2026-01-01", "date_to": day} for day in IMPOSSIBLE),
            ],
            AccessError: [{"client_ids": client.ids, "company_id": id_} for id_ in (other.id, 10**9, "x", [1])],
            MissingError: [{}, {"client_ids": [2**31 - 1]}],
        }
        for error, requests in faults.items():
            for data in requests:
                with self.subTest(data=str(data)[:80]), self.assertRaises(error) as caught:
                    page._get_report_values([], data)
                self.assertNotIn("Secret", str(caught.exception))
        values = page._get_report_values(client.ids, {"date_from": date(2026, 1, 1), "date_to": "2026-01-31"})
        self.assertEqual(len(values["pages"]), 1)


@tagged("post_install", "-at_install")
class TestReportAddresses(InteractionCase, HttpCase):
    """Test that invalid URLs return 400, 403 or 404, never a server error."""

    def statuses(self, login, addresses):
        self.authenticate(login, login)
        return {address: self.url_open(address).status_code for address in addresses}

    def addresses(self, client):
        base = f"/report/html/{PAGE.removeprefix('report.')}"
        options = [
            {"client_ids": "x"},
            {"client_ids": [10**30]},
            {"client_ids": client.ids, "company_id": 10**9},
            {"client_ids": client.ids, "date_from": "0001-01-01", "date_to": "9999-12-31"},
            {"client_ids": client.ids, "date_from": "2026-12-01", "date_to": "2026-01-01"},
            {"client_ids": []},
            [1],
            None,
            "x",
        ]
        texts = ["x", "[" * 5000, *map(json.dumps, options)]
        return [
            base,
            *(f"{base}?options={quote(text)}" for text in texts),
            f"{base}?context=x",
            f"{base}/{client.id}?context=[1]",
            *(f"{base}/{ids}" for ids in ("x", "²", "9" * 5000, "99999999999", "1,,2")),
        ]

    def test_client_page(self):
        new_test_user(self.env, "page.portal", "base.group_portal")
        client = self.make_client(name="Page")
        for user in (self.staff, self.manager):
            user.password = user.login
        for login in ("page.portal", self.staff.login, self.manager.login):
            for address, status in self.statuses(login, self.addresses(client)).items():
                with self.subTest(login=login, address=address[:120]):
                    self.assertIn(status, (400, 403, 404))
        good = f"/report/html/{PAGE.removeprefix('report.')}/{client.id}"
        self.assertEqual(self.statuses(self.staff.login, [good]), {good: 200})

    def test_table_of_a_pivot(self):
        self.staff.password = self.staff.login
        self.authenticate(self.staff.login, self.staff.login)
        for table in ("x", "[1]", "7", '{"title": "x"}', '{"title": "' + "x" * 40 + '", "measure_count": "a"}'):
            with self.subTest(table=table):
                data = {"csrf_token": http.Request.csrf_token(self), "data": table}
                self.assertEqual(self.url_open("/crm_interaction/pivot_xlsx", data).status_code, 400)


@tagged("post_install", "-at_install")
class TestReportFilters(InteractionCase):
    """Test that filters accept dates of any year, as in Odoo."""

    def test_far_days_in_filters(self):
        self.log(type_id=self.type_("1.1.2").id)
        for day in IMPOSSIBLE[:-1]:  # Odoo itself fails on the last day of all
            for name, value in (("month", day), ("date", day), ("date", f"{day} 23:59:59")):
                for operator in ("=", "<", "<=", ">", ">=", "!="):
                    with self.subTest(name=name, value=value, operator=operator):
                        self.assert_alike([(name, operator, value)])

    def assert_alike(self, domain):
        interactions = self.env["crm.interaction"].with_user(self.manager)
        standard = marked(interactions, "interaction_standard_read")
        measures = ["__count", "interaction_count:sum", "improvement_ratio:avg"]
        for groupby in (["kind_id"], ["month:month"]):
            found = interactions._read_group(domain, groupby, measures)
            self.assertEqual(found, standard._read_group(domain, groupby, measures))
        interactions.formatted_read_group(domain, ["month:month"], measures)

    def test_far_days_in_filters_of_hours(self):
        hours = self.env["crm.interaction.hours"].with_user(self.manager)
        for day in IMPOSSIBLE:
            for operator in ("=", "<", ">=", "!="):
                with self.subTest(day=day, operator=operator):
                    domain = [("month", operator, day)]
                    hours.search(domain, limit=5)
                    hours.search_count(domain)
                    hours.formatted_read_group(domain, ["month:month"], ["contact_hours:sum"])
