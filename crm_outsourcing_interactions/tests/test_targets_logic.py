import datetime
import doctest

from odoo.tests.common import BaseCase, tagged

from ..models.figures import share_table
from ..models.targets import bullet, target_values, targets
from ..models.totals import measures


@tagged("post_install", "-at_install")
class TestAnalysisTargetLogic(BaseCase):
    """Run the doctests of zones, windows, trends and bullet graphs, which are their specification."""

    def test_examples_in_docstrings(self):
        for module in (targets, target_values, bullet, measures, share_table):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module, extraglobs={"date": datetime.date})
                self.assertTrue(result.attempted)
                self.assertFalse(result.failed)
