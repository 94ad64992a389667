from decimal import Decimal

from odoo.tests.common import tagged

from odoo.addons.crm_outsourcing_interactions.models.events.event import LONGEST
from odoo.addons.crm_outsourcing_interactions.models.totals.measures import HOUR
from odoo.addons.crm_outsourcing_interactions.models.totals.plan import PENDING

from .test_totals_aggregate import AggregateCase


@tagged("post_install", "-at_install")
class TestAnalysisLongHours(AggregateCase):
    """Test that sums of hours are exact and do not overflow."""

    def test_time_is_exact(self):
        """Of whole seconds and of decimals as typed; of others to half a unit."""
        exact = [1 / 3600, 7 / 60, 0.1, 1 / 3, 0.01, 0.0000001, 12.3456789, LONGEST - 1 / 3600, LONGEST]
        client = self.make_client(name="Exact")
        self.log_durations(client, exact)
        self.assertEqual(self.time_of(client), sum(round(Decimal(hours) * HOUR, 1) for hours in exact))
        inexact = [1 / 7, 2 / 7, 997 + 1 / 7]
        other = self.make_client(name="Inexact")
        self.log_durations(other, inexact)
        self.assertLessEqual(abs(self.time_of(other) - sum(Decimal(hours) * HOUR for hours in inexact)), 1.5)

    def log_durations(self, client, durations):
        self.env["crm.interaction"].create([{"partner_id": client.id, "duration": hours} for hours in durations])
        self.aggregate._flush()

    def time_of(self, client):
        self.env.cr.execute(
            f"SELECT SUM(time)::bigint FROM {PENDING.name} WHERE commercial_partner_id = %s", [client.id]
        )
        return self.env.cr.fetchone()[0]

    def test_many_of_the_longest_contacts(self):
        """A telephone system that sends seconds as hours; one statement, one key."""
        client = self.make_client(name="Endless")
        row = self.log(partner_id=client.id, type_id=self.types[0].id, duration=LONGEST)
        self.aggregate._flush()
        self.insert_copies(row, 2_000)
        self.aggregate._fold()
        self.assertEqual(self.hours_of(client), 2_001 * LONGEST)
        self.aggregate._rebuild()
        self.assert_right()
        self.env.cr.execute("UPDATE crm_interaction SET user_id = NULL WHERE commercial_partner_id = %s", [client.id])
        self.assertEqual(self.hours_of(client), 2_001 * LONGEST)
        self.env.cr.execute("DELETE FROM crm_interaction WHERE commercial_partner_id = %s", [client.id])
        self.aggregate._fold()
        self.assert_right()

    def insert_copies(self, row, number):
        columns = ["partner_id", "commercial_partner_id", "company_id", "user_id", "type_id", "kind_id", "direction"]
        names = ", ".join([*columns, "channel", "state", "active", "date", "month", "duration"])
        self.env.cr.execute(
            f"INSERT INTO crm_interaction ({names})"
            f" SELECT {names} FROM crm_interaction, generate_series(1, %s) WHERE id = %s",
            [number, row.id],
        )

    def hours_of(self, client):
        """Return the hours of ``client`` as every pivot reads them, also those awaiting review."""
        domain = [("commercial_partner_id", "=", client.id)]
        return self.env["crm.interaction"]._read_group(domain, [], ["duration:sum"])[0][0]
