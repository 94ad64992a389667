import itertools
import random
from datetime import timedelta

from odoo.tests.common import tagged

from ..models.events.marks import Mark
from .test_figures_answers import MEASURES, MONDAY, AnswersCase

STANDARD = {"interaction_standard_read": Mark(True)}
SPECS = {
    "crm.interaction.matter": ["commercial_partner_id", "type_id", "accountant_id", "month:month", "our_state"],
    "crm.interaction.matter.person": ["person_id", "commercial_partner_id", "month:quarter", "is_complaint"],
    "crm.interaction.matter.turn": ["commercial_partner_id", "side", "date_from:month", "date_from:month_number"],
}
OF_PERSON, OF_TURN = [*MEASURES[:5], "our_hours:sum", "__count"], ["days:sum", "hours:sum", "__count"]
ASKED = dict(zip(SPECS, (MEASURES, OF_PERSON, OF_TURN), strict=True))


@tagged("post_install", "-at_install")
class TestFiguresGroupOrder(AnswersCase):
    """Test that pivots return the same groups as Odoo, in the same order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clients = [
            cls.make_client(name=name, user_id=user.id)
            for name, user in zip(("Beta", "alpha", "Ёлка", "Beta", "Zeta"), [cls.anna, cls.boris] * 3, strict=False)
        ]

    def setUp(self):
        super().setUp()
        dice = random.Random(20261102)
        for number in range(20):
            asked = MONDAY - timedelta(days=dice.randint(0, 120))
            self.matter(dice.choice([1, 5, 30, None]), number % 5, asked)
        self.matters.search([], limit=1)._by_code().write({"commercial_partner_id": False})
        self.at_now(lambda: None)
        self.clients[2].active = False

    def groups(self, name, sets, user=None, **context):
        """Return what the web client reads for a pivot, as superuser or ``user``."""
        model = self.env[name].with_context(**context)
        model = model.with_user(user).sudo(False) if user else model
        return self.at_now(lambda: model.formatted_read_grouping_sets([], sets, ASKED[name]))

    def test_order_and_figures_are_those_of_odoo(self):
        for name, specs in SPECS.items():
            for one, other in itertools.permutations(specs, 2):
                sets = [[one, other], [other], [one], []]
                with self.subTest(model=name, sets=sets):
                    self.assertEqual(self.groups(name, sets), self.groups(name, sets, **STANDARD))

    def test_names_hidden_from_the_reader_are_in_order_too(self):
        self.env["ir.rule"].create(
            {
                "name": "No such client",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('name', '!=', {self.clients[3].name!r})]",
            }
        )
        self.assertNotIn(self.clients[0], self.env["res.partner"].with_user(self.anna).search([]))
        name, sets = "crm.interaction.matter", [["commercial_partner_id"], []]
        found = self.groups(name, sets, self.anna)
        self.assertGreater(len(found[0]), 1)
        self.assertEqual(found, self.groups(name, sets, self.anna, **STANDARD))

    def test_given_order_is_kept(self):
        order = "our_due_count:sum desc, commercial_partner_id"
        sets, specs = [["commercial_partner_id"], []], ["our_due_count:sum"]
        rows = self.at_now(lambda: self.matters.formatted_read_grouping_sets([], sets, specs, order=order))[0]
        counts = [row["our_due_count:sum"] for row in rows]
        self.assertEqual(counts, sorted(counts, reverse=True))

    def test_names_are_not_joined_to_all_matters(self):
        with self.assertLogs("odoo.sql_db", "DEBUG") as logged:
            self.groups("crm.interaction.matter", [["commercial_partner_id"], []])
        [grouped] = [line for line in logged.output if "GROUPING SETS" in line]
        self.assertNotIn("complete_name", grouped)
