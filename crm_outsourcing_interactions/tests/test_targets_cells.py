from odoo.exceptions import AccessError, UserError
from odoo.tests.common import new_test_user, tagged

from .target_common import TargetCase


@tagged("post_install", "-at_install")
class TestTargetsCells(TargetCase):
    """Test the verdicts of the cells of a pivot of shares."""

    def cell(self, measure="improvement_ratio", **vals):
        numbers = {"n": 40, "amount": 0.09, "low": 0.09, "high": 0.09}
        return {"measure": measure, "kind_id": False, "month": "2026-10-01", **numbers, **vals}

    def verdicts(self, *cells, client=False):
        return self.env["crm.interaction.target"].with_user(self.staff).cell_verdicts(client, list(cells))

    def zones(self, *cells, client=False):
        return [verdict and verdict["zone"] for verdict in self.verdicts(*cells, client=client)]

    def test_zone_is_that_of_the_target(self):
        self.make_target(bound="range", low=0.06, high=0.10, tolerance=0.02, window_months=3)
        amounts = [self.cell(amount=n, low=n, high=n) for n in (0.09, 0.11, 0.2)]
        self.assertEqual(self.zones(*amounts), ["green", "yellow", "red"])
        self.assertEqual(self.verdicts(amounts[2])[0]["text"], "Off Target · agreed: 6 % – 10 %, over 3 months")

    def test_unsure_value_or_small_sample_has_no_verdict(self):
        self.make_target(bound="range", low=0.06, high=0.10, minimum_sample=20)
        self.assertEqual(self.zones(self.cell(low=0.01, high=0.3), self.cell(n=19)), ["none", "none"])

    def test_own_target_of_the_client_goes_first(self):
        self.make_target(bound="ceiling", high=0.05)
        self.make_target(bound="ceiling", high=0.5, partner_id=self.client.id)
        self.assertEqual(self.zones(self.cell()), ["red"])
        self.assertEqual(self.zones(self.cell(), client=self.client.id), ["green"])

    def test_without_a_target_of_the_month_and_kind_there_is_none(self):
        kind, other = self.env["crm.interaction.kind"].search([], limit=2)
        self.make_target(measure="kind_share", kind_id=kind.id, bound="ceiling", high=0.05, date_from="2026-10-01")
        cells = [
            self.cell("kind_share", kind_id=kind.id),
            self.cell("kind_share", kind_id=other.id),
            self.cell("kind_share", kind_id=kind.id, month="2026-09-01"),
            self.cell(),
        ]
        self.assertEqual(self.zones(*cells), ["red", False, False, False])

    def test_targets_of_another_company_do_not_apply(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.make_target(bound="ceiling", high=0.05, company_id=other.id, user_id=False)
        self.assertEqual(self.zones(self.cell()), [False])
        self.make_target(bound="ceiling", high=0.05)
        self.staff.company_ids += other
        both = self.env["crm.interaction.target"].with_user(self.staff)
        both = both.with_context(allowed_company_ids=(self.env.company + other).ids)
        self.assertEqual(both.cell_verdicts(False, [self.cell()]), [False], "figures of two companies have no target")

    def test_nonsense_is_refused_in_words(self):
        self.make_target()
        for client, cell in ((False, {}), (False, "x"), ("7", self.cell()), (False, self.cell(month="soon"))):
            with self.subTest(cell=cell), self.assertRaisesRegex(UserError, "Reload"):
                self.env["crm.interaction.target"].with_user(self.staff).cell_verdicts(client, [cell])
        colleague = new_test_user(self.env, "colleague", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env["crm.interaction.target"].with_user(colleague).cell_verdicts(False, [self.cell()])
