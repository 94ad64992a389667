from freezegun import freeze_time

from odoo import fields

from .common import InteractionCase

TODAY = "2026-10-20"


class TargetCase(InteractionCase):
    """Set up a firm without interactions and targets on 20 October 2026, with factories for both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clock = freeze_time(f"{TODAY} 12:00:00")
        clock.start()
        cls.addClassCleanup(clock.stop)
        cls.env["crm.interaction"].search([]).action_archive()
        cls.env["crm.interaction.target"].search([]).action_archive()
        cls.env["crm.interaction.indicator"].sudo().search([]).unlink()
        cls.client = cls.make_client(name="Target Client", user_id=cls.staff.id)

    @classmethod
    def make_target(cls, **vals):
        """Create a target with an earlier first refresh, whose breaches open activities."""
        defaults = {"measure": "improvement_ratio", "minimum_sample": 0, "window_months": 1, "user_id": cls.manager.id}
        defaults["evaluated_since"] = "2025-01-01"
        if "bound" not in vals:
            defaults |= {"bound": "floor", "low": 0.08}
        return cls.env["crm.interaction.target"]._by_code().create({**defaults, **vals}).with_env(cls.env)

    @classmethod
    def log_many(cls, client, day, counts, **vals):
        """Log contacts with ``client`` at noon of a day: ``counts`` by code of the type, empty for none."""
        interactions = cls.env["crm.interaction"]._by_code()
        return interactions.create(
            [
                {
                    "partner_id": client.id,
                    "type_id": cls.type_(code).id,
                    "date": f"{day} 12:00:00",
                    "user_id": cls.manager.id,
                    **vals,
                }
                for code, n in counts.items()
                for _number in range(n)
            ]
        )

    def refresh(self, *months):
        """Refresh months of the company; this one and the last one, if none is named."""
        days = [fields.Date.to_date(month) for month in months] or None
        return self.env["crm.interaction.indicator"]._refresh(self.env.company, days)

    def indicator(self, month="2026-10-01", client=None, target=None):
        """Return the indicators of a month and client (an empty one: the whole firm)."""
        domain = [("month", "=", month), ("company_id", "=", self.env.company.id)]
        domain.append(("partner_id", "=", (self.client if client is None else client).id))
        if target:
            domain.append(("target_id", "=", target.id))
        return self.env["crm.interaction.indicator"].search(domain)

    def assert_value(self, indicator, value, zone, n=None):
        self.assertEqual(len(indicator), 1)
        self.assertAlmostEqual(indicator.value, value)
        self.assertEqual((indicator.has_value, indicator.zone), (True, zone))
        if n is not None:
            self.assertEqual(indicator.n, n)


class BreachCase(TargetCase):
    """Set up missed targets and their activities."""

    def breach(self, client=None, **vals):
        """Make a target and contacts that miss it, refresh, and return the activity."""
        client = client or self.client
        self.target = self.make_target(**{"low": 0.1, "tolerance": 0.05, **vals})
        self.log_many(client, "2026-10-05", {"1.1.2": 14, "1.2.2": 6})
        self.refresh()
        return self.activities(client)

    def activities(self, record=None):
        record = record or self.client
        return (
            self.env["mail.activity"]
            .with_context(active_test=False)
            .search([("res_model", "=", record._name), ("res_id", "=", record.id)], order="id")
        )

    def improve(self, n):
        self.log_many(self.client, "2026-10-06", {"2.2.1": n})
        self.refresh()


class ClientFiguresCase(TargetCase):
    """Set up a client whose figures are looked at."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client.is_outsourcing_client = True

    def row(self, user=None, client=None):
        """Return the refreshed row of a client as ``user`` sees it."""
        self.env["crm.interaction.indicator"]._refresh(self.env.company)
        self.env["crm.interaction.client"]._refresh(self.env.company)
        self.env.invalidate_all()
        domain = [("partner_id", "=", (client or self.client).id), ("company_id", "=", self.env.company.id)]
        return self.env["crm.interaction.client"].with_user(user or self.staff).search(domain)

    def behind(self, row, figure):
        action = row.view_evidence(figure)
        return self.env[action["res_model"]].with_user(self.staff).search(action["domain"])

    def ask(self, client=None, moment="2026-10-16 09:00:00", **vals):
        return self.capture(
            fields.Datetime.to_datetime(moment), partner=client or self.client, type_code="1.1.2", code="message_in",
            **vals,
        )  # fmt: skip
