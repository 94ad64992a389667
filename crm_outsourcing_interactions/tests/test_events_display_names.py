import doctest

from odoo import fields
from odoo.tests.common import tagged

from ..models.events import crm_interaction_named_mixin
from ..models.events.crm_interaction_protected_mixin import BY_CODE
from ..models.events.marks import marked
from .common import InteractionCase

ROWS = ("interaction", "item", "matter", "report", "service")
NAMELESS = {
    "crm.interaction.anonymise": "a question",
    "crm.interaction.confirmation": "a question",
    "crm.interaction.hourly.cost": "a row of a list that only administrators see",
    "crm.interaction.matter.merge": "a question",
    "crm.interaction.other.client": "a question",
    "crm.interaction.recipients": "a question",
    "crm.interaction.replay.line": "a row of its replay",
    "crm.interaction.notice": "a queue without a screen",
    "crm.interaction.request.handover": "a row of its list",
    "crm.interaction.request.saving": "a row of its list",
    "crm.interaction.request.asking": "a question",
    "crm.interaction.request.making": "a question",
    "crm.interaction.request.return": "a question",
    "crm.interaction.request.sending": "a question",
    "crm.interaction.request.takeover": "a question",
    "crm.interaction.request.takeover.line": "a row of its question",
    "crm.interaction.target.taking": "a question",
    "crm.interaction.rule.test": "a question",
    "crm.interaction.rule.test.line": "a row of its test",
    "crm.interaction.rule.trial": "a question",
    "crm.interaction.rule.trial.line": "a row of its trial",
    "crm.interaction.sender": "a question",
    "crm.interaction.summary.report": "a question",
    "crm.interaction.total.client": "sums",
    "crm.interaction.total.hours": "sums",
    "crm.interaction.matter.share": "hours that no user sees",
    "crm.interaction.matter.turn": "periods",
    "crm.interaction.past.role": "periods that no user sees",
    "crm.interaction.portal.complaint": "a document that its matter opens",
    **{f"crm.interaction.portal.{name}": "a row in the client's account" for name in ROWS},
    "crm.interaction.total.pending": "sums",
    "crm.interaction.total.work": "sums",
}
"""Models of which no record has a name, and why nothing points to one by it."""


@tagged("post_install", "-at_install")
class TestEventsDisplayNames(InteractionCase):
    """Test that an import finds records by the names that lists show and exports contain."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "active_test": False})
        cls.vector = cls.make_client(name="Vector: North · East", is_outsourcing_client=True)
        contact = cls.make_contact(parent_id=cls.vector.id)
        call = {"partner_id": contact.id, "duration": 1}
        cls.log(**call, type_id=cls.type_("1.1.3").id)
        cls.log(**call, type_id=cls.type_("1.1.3").id, subject="VAT · third quarter")
        cls.log(**call).type_id = cls.type_("1.1.2")
        for type_code in (None, "1.1.3"):
            cls.capture(fields.Datetime.now(), code="message_in", partner=contact, type_code=type_code)
        cls.log(**call)
        target = cls.env["crm.interaction.target"].create({"low": 0.1, "bound": "floor", "partner_id": cls.vector.id})
        firm = target.search([("partner_id", "=", False)], limit=1)
        firm.name = "All · of us"
        cls.env["crm.interaction.indicator"].sudo().create(
            [
                {
                    "target_id": judged.id,
                    "partner_id": judged.partner_id.id,
                    "month": "2026-09-01",
                    "company_id": cls.env.company.id,
                }
                for judged in target | firm
            ]
        )
        by_code = marked(cls.env["crm.interaction.recommendation"], BY_CODE)
        found = {"partner_id": cls.vector.id, "company_id": cls.env.company.id, "n": 3, "date_from": "2026-09-01"}
        found["date_to"] = "2026-09-30"
        by_code.create([{"kind": kind, **found} for kind in ("burden", "bundling")])
        types = {"type_before_id": cls.type_("1.1.2").id, "type_id": cls.type_("1.1.3").id}
        proposal = marked(cls.env["crm.interaction.rule.proposal"], BY_CODE)
        proposal.create({"company_id": cls.env.company.id, "event": "message_in", "n": 3, **types})
        cls.take_action()
        cls.env["crm.interaction.method.change"].create({"name": "New rule: ask · less"})
        cls.env["crm.interaction.replay"].create({})
        cls.make_periods()
        cls.env["crm.interaction.scope"].create(
            {"partner_id": cls.vector.id, "service_id": cls.env["crm.interaction.service"].search([], limit=1).id}
        )
        marked(cls.env["crm.interaction.capture.error"], BY_CODE).create({"error": "A: b · c", "payload": {"x": 1}})
        cls.env["crm.interaction.ignored.sender"].create({"address": "never@example.com"})
        cls.make_requests()
        cls.models = sorted(
            name
            for name, model in cls.env.registry.items()
            if name.startswith("crm.interaction") and not model._abstract and name not in NAMELESS
        )

    @classmethod
    def take_action(cls):
        action = cls.env["crm.interaction.corrective.action"].create({"name": "Call less"})
        indicator = cls.env["crm.interaction.indicator"].search([("partner_id", "=", cls.vector.id)], limit=1)
        taken = {"indicator_id": indicator.id, "corrective_action_id": action.id}
        cls.env["crm.interaction.taken.action"].create(taken)

    @classmethod
    def make_periods(cls):
        weeks = {"name": "VAT · third quarter", "date_from": "2026-10-15", "date_to": "2026-10-25"}
        cls.env["crm.interaction.reporting.week"].create(weeks)
        cls.env["crm.interaction.portal.link"]._of(cls.vector, cls.env.company)
        sent = {"partner_id": cls.vector.id, "company_id": cls.env.company.id, "date_from": "2026-09-01"}
        marked(cls.env["crm.interaction.sent.report"], BY_CODE).create({**sent, "date_to": "2026-09-30"})

    @classmethod
    def make_requests(cls):
        named = cls.env["crm.interaction.request.template"].create({"name": "Month · October"})
        cls.env["crm.interaction.request.template.item"].create({"name": "Bank statement", "template_id": named.id})
        item = fields.Command.create({"name": "Bank statement · all accounts"})
        vals = {"commercial_partner_id": cls.vector.id, "period": "2026-10-01", "item_ids": [item]}
        asked = cls.env["crm.interaction.request.list"].create(vals)
        letter = {"list_id": asked.id, "company_id": cls.env.company.id, "week": "2026-11-02", "subject": "Documents"}
        cls.env["crm.interaction.request.letter"].create(letter)

    def test_examples(self):
        result = doctest.testmod(crm_interaction_named_mixin)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    def assert_found(self, record):
        name, model = record.display_name, record.browse()
        for operator in ("=", "ilike"):
            found = [id_ for id_, _name in model.name_search(name, operator=operator, limit=None)]
            self.assertIn(record.id, found, f"{name} by {operator}")
        self.assertIn(record, model.search([("display_name", "in", [name, "other"])]))
        self.assertNotIn(record, model.search([("display_name", "!=", name)]))

    def test_every_record_is_found_by_its_display_name(self):
        for lang in ("en_US", "ru_RU"):
            self.env["res.lang"]._activate_lang(lang)
            for name in self.models:
                records = self.env[name].with_context(lang=lang).search([], limit=40)
                self.assertTrue(records, f"no record of {name} to test with")
                for record in records:
                    with self.subTest(model=name, name=record.display_name, lang=lang):
                        self.assert_found(record.with_context(lang=lang))

    def test_nameless_models_have_no_name(self):
        for name in NAMELESS:
            self.assertFalse(self.env[name]._rec_name or self.env[name]._rec_names_search, name)

    def test_part_of_a_name_is_found_as_it_is_typed(self):
        type_ = self.type_("1.1.3")
        found = self.env["crm.interaction.type"].name_search(type_.display_name[:-3])
        self.assertIn(type_.id, [id_ for id_, _name in found])

    def test_exported_list_is_imported_again(self):
        interaction = self.env["crm.interaction"].search([("type_id", "!=", False)], limit=1)
        names = ["id", "type_id", "kind_id"]
        rows = self.env["crm.interaction.type"].search([("is_group", "=", False)])
        exported = rows.export_data(["id", "kind_id", "parent_id"])["datas"]
        result = self.env["crm.interaction.type"].load(["id", "kind_id", "parent_id"], exported)
        self.assertFalse(result["messages"])
        row = interaction.export_data(names[:2])["datas"]
        self.assertFalse(self.env["crm.interaction"].load(names[:2], row)["messages"])
