import json
from collections import Counter
from datetime import datetime, timedelta

from odoo.tests.common import tagged

from ..models.events.marks import marked
from .test_report_client_page import SHARES, ClientPageCase
from .test_summary_report import FEBRUARY

BEGIN, END = "2026-01-31 21:00:00", "2026-02-28 21:00:00"
"""February 2026 in Moscow, as UTC."""
COUNTS = """
    SELECT commercial_partner_id, kind_id, count(*), count(*) FILTER (WHERE state = 'to_review' OR kind_id IS NULL)
      FROM crm_interaction
     WHERE active AND company_id = %s AND date >= %s AND date < %s GROUP BY 1, 2
"""
RATIOS = ("improvement", "additional")
MEASURES = [f"{role}_{which}:avg" for role in RATIOS for which in ("ratio", "low", "high")]


@tagged("post_install", "-at_install")
class TestReportSameShares(ClientPageCase):
    """Test that all screens show the same shares of untidy rows; charts and client report separate those to review."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.interactions.action_archive()
        cls.firm = cls.env["res.partner"]
        cls.other = cls.env["res.company"].create({"name": "Second Firm"})
        cls.manager.company_ids += cls.other
        cls.moment = datetime(2026, 2, 2, 9)
        for client, n in zip(cls.clients[:2], (1, 2), strict=True):
            cls.capture_untidy(client, n)
        cls.reader = cls.env["crm.interaction"].with_user(cls.manager)
        cls.reader = cls.reader.with_context(allowed_company_ids=cls.env.company.ids)
        cls.env.flush_all()

    @classmethod
    def caught(cls, client, number, code, *moments, **values):
        """Capture ``number`` messages of a type (code; empty: none), at ``moments`` or one after the other."""
        if not moments:
            moments = [cls.moment + timedelta(minutes=minute) for minute in range(number)]
            cls.moment += timedelta(hours=3)
        rows = cls.capture(*moments, partner=client, type_code=code or "1.1.2", **values)._by_code()
        if not code:
            rows.write({"type_id": False, "state": "to_review"})
        return rows

    @classmethod
    def capture_untidy(cls, client, n):
        base = cls.caught(client, 12 * n, "1.1.2")
        cls.caught(client, 3, "4.2.2")
        cls.caught(client, 2 * n, "2.2.1")
        cls.caught(client, 5, "3.1.1")
        suggested = cls.caught(client, 4, "2.2.1") | cls.caught(client, 3 * n, "3.1.1") | cls.caught(client, 2, "1.1.2")
        suggested.write({"state": "to_review"})
        cls.caught(client, 3, "")
        cls.caught(client, 7, "2.2.1").action_ignore()
        cls.caught(client, 9, "3.1.1", company=cls.other)
        # within the month in Moscow, but not in UTC; and the other way round
        cls.caught(client, 1, "2.2.1", datetime(2026, 1, 31, 21, 30))
        cls.caught(client, 1, "3.1.1", datetime(2026, 2, 28, 21, 30))
        splits = [
            {**first._prepare_split_vals(), "type_id": cls.type_(code).id, "state": state}
            for first, code, state in (
                (base[0], "3.1.1", "confirmed"), (base[1], "2.2.1", "to_review"), (base[2], "3.1.1", "confirmed"),
            )
        ]  # fmt: skip
        cls.env["crm.interaction"]._by_code().create(splits)
        base[2].action_ignore()

    # --- counted by hand ----------------------------------------------------------------

    def by_hand(self, client):
        """Return numbers and those to review by kind of ``client`` (empty: all), from the rows themselves."""
        self.env.cr.execute(COUNTS, [self.env.company.id, BEGIN, END])
        all_, to_review = Counter(), Counter()
        for client_id, kind_id, n, open_n in self.env.cr.fetchall():
            if not client or client_id == client.id:
                all_[kind_id or False] += n
                to_review[kind_id or False] += open_n
        return all_, to_review

    def shares(self, client):
        """Return ``{kind: share}``, suggestions included, and ``{kind: share of what was reviewed}``."""
        all_, to_review = self.by_hand(client)
        total = all_.total()
        return {k: n / total for k, n in all_.items()}, {k: (n - to_review[k]) / total for k, n in all_.items() if k}

    def measures(self, client):
        """Return ``{measure: value}`` of the two ratios, and the share to review."""
        all_, to_review = self.by_hand(client)
        kinds = self.env["crm.interaction.kind"].browse(filter(None, all_))
        ids = {role: kinds.filtered(lambda kind, role=role: kind.ratio_role == role).ids for role in ("base", *RATIOS)}
        n = {role: sum(all_[id_] for id_ in own) for role, own in ids.items()}
        known = {role: n[role] - sum(to_review[id_] for id_ in own) for role, own in ids.items()}
        values = {"open_share:avg": to_review.total() / all_.total()}
        for role in RATIOS:
            values[f"{role}_ratio:avg"] = n[role] / n["base"]
            values[f"{role}_low:avg"] = known[role] / (known["base"] + to_review.total())
            values[f"{role}_high:avg"] = (known[role] + to_review.total()) / known["base"]
        return values

    def assert_same(self, values, expected, screen):
        self.assertEqual(values.keys(), expected.keys(), screen)
        for key, value in values.items():
            self.assertAlmostEqual(value, expected[key], places=9, msg=f"{screen}: {key}")

    def each(self):
        return (self.firm, *self.clients[:2])

    # --- on each screen -----------------------------------------------------------------

    def test_rows_are_untidy(self):
        all_, to_review = self.by_hand(self.firm)
        self.assertTrue(all_[False])
        self.assertGreater(to_review.total(), all_[False])
        self.env.cr.execute(
            "SELECT count(*), count(duration) FROM crm_interaction WHERE active AND date >= %s", [BEGIN]
        )
        self.assertEqual(self.env.cr.fetchone()[1], 0)
        for client in self.each():
            shares, reviewed = self.shares(client)
            self.assertTrue(any(shares[kind] - reviewed[kind] > 0.01 for kind in reviewed), "they differ")

    def test_pivot(self):
        for client in self.each():
            domain = [("month", "=", FEBRUARY.start)]
            domain += [("commercial_partner_id", "=", client.id)] if client else []
            for rows in (self.reader, marked(self.reader, "interaction_standard_read")):
                groups = rows._read_group(domain, ["kind_id"], ["__count"])
                total = sum(n for _kind, n in groups)
                values = {kind.id: n / total for kind, n in groups}
                self.assert_same(values, self.shares(client)[0], f"pivot of {client.name}")
                names = ["open_share:avg", *MEASURES]
                [group] = rows.formatted_read_group(domain, [], names)
                self.assert_same({name: group[name] for name in names}, self.measures(client), "ratios")

    def test_indicators(self):
        self.env["crm.interaction.target"].search([]).action_archive()
        targets = self.env["crm.interaction.target"]
        limits = {"bound": "ceiling", "high": 0.5, "window_months": 1, "minimum_sample": 0}
        measured = {"open_share": targets.create({"measure": "open_share", **limits})}
        for role in RATIOS:
            measured[role] = targets.create({"measure": f"{role}_ratio", **limits})
        kinds = self.env["crm.interaction.kind"].search([])
        by_kind = {kind: targets.create({"measure": "kind_share", "kind_id": kind.id, **limits}) for kind in kinds}
        self.env["crm.interaction.indicator"]._refresh(self.env.company, [FEBRUARY.start])
        for client in self.each():

            def found(target, client=client):
                domain = [("target_id", "=", target.id), ("month", "=", FEBRUARY.start)]
                return self.env["crm.interaction.indicator"].search([*domain, ("partner_id", "=", client.id)])

            values = {"open_share:avg": found(measured["open_share"]).value}
            for role in RATIOS:
                own = found(measured[role])
                values[f"{role}_ratio:avg"] = own.value
                values |= {f"{role}_low:avg": own.value_low, f"{role}_high:avg": own.value_high}
            self.assert_same(values, self.measures(client), "indicators")
            shares = self.shares(client)[0]
            for kind, target in by_kind.items():
                self.assertAlmostEqual(found(target).value, shares.get(kind.id, 0), msg=kind.name)

    def dashboard(self):
        record = self.env.ref("crm_outsourcing_interactions.dashboard_interactions")
        return json.loads(record.with_user(self.manager).spreadsheet_data)

    def pivot(self, number, groupby, domain=()):
        """Return the groups that a pivot of the dashboard shows in February."""
        definition = self.dashboard()["pivots"][number]
        period = [("date", ">=", BEGIN), ("date", "<", END)]
        measures = [measure["id"] for measure in definition["measures"]]
        return self.reader.formatted_read_group([*definition["domain"], *period, *domain], groupby, measures)

    def test_figures_of_the_dashboard_include_suggestions(self):
        [figures] = self.pivot("1", [])
        names = self.measures(self.firm).keys()
        self.assert_same({name: figures[name] for name in names}, self.measures(self.firm), "dashboard")
        for group in self.pivot("5", ["commercial_partner_id"]):
            client = self.env["res.partner"].browse(group["commercial_partner_id"][0])
            self.assert_same({name: group[name] for name in names}, self.measures(client), client.name)

    def test_charts_of_the_dashboard_draw_what_is_to_review_apart(self):
        groups = self.pivot("6", ["month:month", "kind_id"])
        total = sum(group["__count"] for group in groups)
        reviewed = {
            group["kind_id"][0]: (group["__count"] - group["open_count:sum"]) / total
            for group in groups
            if group["kind_id"]
        }
        self.assert_same(reviewed, self.shares(self.firm)[1], "chart")
        open_n = sum(group["open_count:sum"] for group in groups)
        self.assertAlmostEqual(open_n / total, self.measures(self.firm)["open_share:avg"])
        cells = self.dashboard()["sheets"][1]["cells"]
        all_, to_review = (
            f'PIVOT.VALUE(6, "{name}", "#month:month", 24, "kind_id", B$29)' for name in ("__count", "open_count:sum")
        )
        self.assertIn(f'({all_} - {to_review}) / PIVOT.VALUE(6, "__count", "#month:month", 24)', cells["B31"])

    def test_client_report_draws_what_is_to_review_apart(self):
        for client in self.clients[:2]:
            reviewed = self.shares(client)[1]
            kinds = self.env["crm.interaction.kind"].browse(reviewed)
            expected = {kind.client_name: reviewed[kind.id] for kind in kinds}
            expected["Not yet sorted"] = self.measures(client)["open_share:avg"]
            lines = self.rows(self.page(clients=client), SHARES)
            self.assertEqual(
                {name: lines[name][1] for name in expected},
                {name: f"{100 * value:.1f} %" for name, value in expected.items()},
            )
            self.assertEqual(sum(int(line[0]) for line in lines.values()), self.by_hand(client)[0].total())

    def test_workbook(self):
        workbook = self.summary_report()
        kinds = self.table(workbook["Shares"], "Kind")
        shares = self.shares(self.firm)[0]
        names = {kind.display_name: kind.id for kind in self.env["crm.interaction.kind"].browse(filter(None, shares))}
        for name, id_ in {**names, "Unclassified": False}.items():
            self.assertAlmostEqual(kinds[name][1], shares[id_], msg=name)
        titles = {"improvement": "Improvements / base", "additional": "Additional services / base"}
        ratios = self.table(workbook["Shares"], "Ratio")
        for role, title in titles.items():
            # base, period, period before, change, at least, at most
            found = dict(zip(("ratio", "low", "high"), (ratios[title][at] for at in (1, 4, 5)), strict=True))
            for which, value in found.items():
                self.assertAlmostEqual(value, self.measures(self.firm)[f"{role}_{which}:avg"], msg=f"{role} {which}")
        header = next(row for row in workbook["Clients"].iter_rows(values_only=True) if row[0] == "Client")
        for client in self.clients[:2]:
            row = dict(zip(header[1:], self.table(workbook["Clients"], "Client")[client.name], strict=True))
            for role, title in titles.items():
                self.assertAlmostEqual(row[title], self.measures(client)[f"{role}_ratio:avg"], msg=client.name)

    def test_table_in_the_terminal(self):
        table = self.reader._share_table([("month", "=", FEBRUARY.start)])
        values = self.measures(self.firm)
        for role in RATIOS:
            self.assertIn(f"{100 * values[f'{role}_ratio:avg']:.1f} %", table)
        for share in self.shares(self.firm)[0].values():
            self.assertIn(f"{100 * share:.1f} %", table)
