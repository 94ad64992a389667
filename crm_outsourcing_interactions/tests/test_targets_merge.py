from odoo.tests import tagged

from .target_common import BreachCase


@tagged("post_install", "-at_install")
class TestTargetsMerge(BreachCase):
    """Test that contacts are merged whatever targets and indicators they have."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.twin = cls.make_client(name="Target Client Ltd", user_id=cls.staff.id)
        cls.merging = cls.make_staff(login="merging", groups="base.group_user,base.group_partner_manager")

    def merge(self):
        """Merge the twin into the client, as a colleague without any group of the addon."""
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.merging).create({})
        wizard._merge((self.client | self.twin).ids, self.client.with_user(self.merging))
        self.env.invalidate_all()

    def test_merged_clients_keep_one_indicator(self):
        self.log_many(self.twin, "2026-10-06", {"1.1.2": 9})
        activity = self.breach()
        other = self.indicator(client=self.twin).activity_id
        self.assertTrue(activity and other)
        self.merge()
        self.assertEqual(self.indicator().activity_id, activity)
        self.assertEqual((activity.exists().active, other.exists().active), (True, False))
        self.refresh()
        self.assertEqual(self.indicator().n, 29)
        self.assertEqual(self.indicator().activity_id, activity)

    def test_actions_taken_stay_with_the_client(self):
        self.log_many(self.twin, "2026-10-06", {"1.1.2": 9})
        self.breach()
        action = self.env["crm.interaction.corrective.action"].search([("act", "=", "activity")], limit=1)
        taken = self.env["crm.interaction.taken.action"].create(
            {"indicator_id": self.indicator(client=self.twin).id, "corrective_action_id": action.id}
        )
        self.assertEqual(taken.res_id, self.twin.id)
        self.merge()
        self.assertEqual((taken.indicator_id, taken.partner_id), (self.indicator(), self.client))
        self.assertEqual((taken.res_id, taken.document_deleted), (self.client.id, False))

    def test_indicator_of_one_of_them_moves(self):
        self.log_many(self.twin, "2026-08-05", {"1.1.2": 9})
        self.make_target()
        self.refresh("2026-08-01")
        self.assertFalse(self.indicator("2026-08-01"))
        moved = self.indicator("2026-08-01", client=self.twin)
        self.merge()
        self.assertEqual(self.indicator("2026-08-01"), moved)

    def test_target_of_the_contact_that_stays_goes_before(self):
        own, other = (self.make_target(partner_id=client.id) for client in (self.client, self.twin))
        count = self.make_target(partner_id=self.twin.id, measure="interactions_month", bound="ceiling", high=9)
        share = {"measure": "open_share", "bound": "ceiling"}
        ended = self.make_target(partner_id=self.twin.id, date_to="2026-03-31", **share)
        begun = self.make_target(partner_id=self.client.id, date_from="2026-04-01", **share)
        self.merge()
        self.assertEqual((own | other | count | ended | begun).filtered("active"), own | count | ended | begun)
        self.assertEqual(count.partner_id, self.client)
        (own | count | ended | begun)._check_overlap()
