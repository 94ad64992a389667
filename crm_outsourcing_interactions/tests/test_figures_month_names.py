from datetime import date

from odoo.tests.common import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestMonthNames(TransactionCase):
    def test_russian_months_of_groups_are_nominative(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        for model in ("crm.interaction", "crm.interaction.indicator", "crm.interaction.hours"):
            with self.subTest(model=model):
                named = self.env[model].with_context(lang="ru_RU")._web_read_group_groupby_formatter("month:month", [])
                [[start, label], _domain] = named(date(2026, 10, 1))
                self.assertEqual((start, label), ("2026-10-01", "октябрь 2026"))
                self.assertEqual(named(False)[0], False)
