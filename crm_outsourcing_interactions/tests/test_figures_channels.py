from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.tests.common import tagged

from .test_figures_answers import MONDAY, NOW, AnswersCase


@tagged("post_install", "-at_install")
class TestFiguresChannels(AnswersCase):
    """Test interactions per matter by the channel by which the matter was opened, comparable only."""

    def matter_by(self, channel, *codes):
        """Return a matter opened through a channel, with a mail for each further event of ``codes``."""
        task = self.make_task(partner_id=self.make_contact(parent_id=self.clients[0].id).id)
        values = {"partner": task.partner_id, "record": task, "user": self.anna}
        with freeze_time(MONDAY):
            matter = self.capture(MONDAY, code="message_in", channel=channel, **values).matter_id
        for number, code in enumerate(codes, 1):
            with freeze_time(moment := MONDAY + timedelta(hours=number)):
                self.capture(moment, code=code, **values)
        return matter

    def by_channel(self, *domain):
        specs = ["interactions_per_matter:avg", "__count"]
        rows = self.figures(self.matters, domain, ["channel"], specs)
        return {channel: (per_matter, n) for channel, per_matter, n in rows}

    def test_ratio_is_made_of_sums_for_each_opening_channel(self):
        self.matter_by("portal", "message_out")
        self.matter_by("email", "message_in", "message_out")
        self.matter_by("email", "message_out")
        self.assertEqual(self.by_channel(), {"portal": (2.0, 1), "email": (2.5, 2)})
        self.assertEqual(self.by_channel(("is_open", "=", True)), {})

    def test_corrected_channel_is_followed(self):
        matter = self.matter_by("email")
        self.captured(self.env["project.task"].browse(matter.res_id)).with_user(self.anna).write({"channel": "phone"})
        self.assertEqual(matter.channel, "phone")

    def test_matters_with_interactions_not_counted_throughout_are_left_out(self):
        whole, partial = self.matter_by("portal"), self.matter_by("portal", "message_out")
        change = {"name": "Changed", "date": "2026-11-03", "event": "message_out", "effect": "started"}
        self.env["crm.interaction.method.change"].create(change)
        with freeze_time(NOW):
            found = self.matters.with_user(self.anna).search([("counted_months", "=", 3)])
        self.assertEqual((whole | partial) & found, whole)
        self.assertEqual(self.by_channel(("counted_months", "=", 3)), {"portal": (1.0, 1)})
        with freeze_time(datetime.combine(date(2027, 6, 1), datetime.min.time())):
            self.assertEqual(self.matters.search([("counted_months", "=", 3)]) & partial, partial)
