from odoo.tests.common import tagged

from ..models.events.keys import captured_key
from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestInteractionMerge(InteractionCase):
    """Test that a person's classification survives the merge of clients in either direction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alfa, cls.beta = cls.make_client(name="Alfa"), cls.make_client(name="Beta")
        cls.anna = cls.make_contact(name="Anna", parent_id=cls.alfa.id, email="anna@alfa.example.com")
        cls.boris = cls.make_contact(name="Boris", parent_id=cls.beta.id, email="boris@beta.example.com")
        cls.word = cls.type_("1.2.2")
        message = (
            cls.make_task(partner_id=cls.anna.id)
            .with_user(cls.staff)
            .message_post(
                body="Hello",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=(cls.anna | cls.boris).ids,
            )
        )
        both = cls.env["crm.interaction"].search([("message_id", "=", message.id)])
        cls.of_alfa = both.filtered(lambda interaction: interaction.commercial_partner_id == cls.alfa)
        cls.of_beta = both - cls.of_alfa

    def merge(self, source, target):
        wizard = self.env["base.partner.merge.automatic.wizard"].create(
            {"partner_ids": (source | target).ids, "dst_partner_id": target.id}
        )
        wizard.action_merge()
        self.env.invalidate_all()

    def tag(self, interaction, **values):
        interaction.with_user(self.manager).tag({"state": "confirmed", **values})

    def assertCounted(self, kept, client):
        """Check that of the two interactions only ``kept`` is counted, for ``client``."""
        both = self.of_alfa | self.of_beta
        self.assertEqual(both.filtered("active"), kept)
        self.assertEqual(both.commercial_partner_id, client)
        words = kept.type_change_ids.filtered(lambda change: not change.after)  # besides that it moved
        self.assertEqual(words.user_id, self.manager & words.user_id)
        self.assertEqual((both - kept).type_change_ids[:1].state_after, "ignored")

    def test_source_s_word_survives(self):
        for source, target in (("beta", "alfa"), ("alfa", "beta")):
            with self.subTest(into=target), self.env.cr.savepoint() as savepoint:
                kept = getattr(self, f"of_{source}")
                self.tag(kept, type_id=self.word.id)
                self.merge(getattr(self, source), getattr(self, target))
                self.assertRecordValues(kept, [{"type_id": self.word.id, "classified_by": "person"}])
                self.assertCounted(kept, getattr(self, target))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_target_s_word_survives(self):
        self.tag(self.of_alfa, type_id=self.word.id)
        self.merge(self.beta, self.alfa)
        self.assertCounted(self.of_alfa, self.alfa)

    def test_without_a_word_the_target_s_is_kept(self):
        self.merge(self.beta, self.alfa)
        self.assertCounted(self.of_alfa, self.alfa)

    def test_later_of_two_words_is_kept(self):
        self.tag(self.of_alfa, type_id=self.type_("1.2.1").id)
        self.tag(self.of_beta, type_id=self.word.id)
        self.merge(self.beta, self.alfa)
        self.assertCounted(self.of_beta, self.alfa)

    def test_ignored_by_a_person_is_a_word(self):
        self.of_beta.with_user(self.manager).tag({"state": "ignored"})
        self.merge(self.beta, self.alfa)
        self.assertEqual((self.of_alfa | self.of_beta).mapped("state"), ["ignored", "ignored"])
        self.assertEqual(self.of_beta.origin_key, captured_key(self.of_beta.message_id.message_id))
        self.assertFalse(self.of_alfa.origin_key)

    def test_further_purpose_stays_with_what_is_kept(self):
        self.env["crm.interaction"].with_user(self.manager).tag_message(
            self.of_beta.message_id.id, {"type_id": self.word.id}, self.of_beta.id, split=True
        )
        purpose = self.env["crm.interaction"].search([("split_from_id", "=", self.of_beta.id)])
        self.tag(self.of_alfa, type_id=self.word.id)
        self.merge(self.beta, self.alfa)
        self.assertEqual(purpose.split_from_id, self.of_alfa)
        self.assertTrue(purpose.active)
        self.assertEqual(purpose.commercial_partner_id, self.alfa)

    def test_word_survives_that_a_client_joins_another(self):
        self.beta.is_company = False
        self.tag(self.of_beta, type_id=self.word.id)
        self.beta.parent_id = self.alfa
        self.env.invalidate_all()
        self.assertCounted(self.of_beta, self.alfa)

    def test_client_merged_into_a_person_belongs_to_its_company(self):
        freelancer = self.make_contact(name="Clara", email="clara@example.com")
        interaction = self.log(partner_id=freelancer.id, type_id=self.word.id)
        self.merge(freelancer, self.anna)
        self.assertRecordValues(interaction, [{"partner_id": self.anna.id, "commercial_partner_id": self.alfa.id}])

    def test_word_survives_merged_opportunities(self):
        leads = self.env["crm.lead"].create(
            [{"name": name, "partner_id": self.anna.id, "type": "opportunity"} for name in "AB"]
        )
        for lead in leads:
            lead.message_post(
                body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=self.anna.ids
            )
        interactions = self.env["crm.interaction"].search([("res_model", "=", "crm.lead")])
        self.tag(interactions, type_id=self.word.id)
        leads.merge_opportunity()
        self.assertEqual(interactions.type_id, self.word)
        self.assertEqual(set(interactions.mapped("classified_by")), {"person"})
