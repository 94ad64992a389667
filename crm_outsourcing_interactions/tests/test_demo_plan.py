import csv
import doctest

from odoo.tests.common import BaseCase, tagged
from odoo.tools.misc import file_open

from odoo.addons.crm_outsourcing_interactions.demo import plan


@tagged("post_install", "-at_install")
class TestDemoPlan(BaseCase):
    """The demo data are the case of the article; ``tests/test_demo.py`` checks them in a database."""

    def test_examples_hold(self):
        self.assertFalse(doctest.testmod(plan).failed)

    def test_every_planned_type_has_texts_in_both_languages(self):
        with file_open("crm_outsourcing_interactions/demo/messages.tsv") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        self.assertEqual({row["type"] for row in rows}, set(plan.MESSAGES))
        self.assertFalse([row for row in rows if not all(row.values())])
