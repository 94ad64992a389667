import doctest
import importlib
import pathlib

from odoo.tests.common import TransactionCase, tagged

ADDON = pathlib.Path(__file__).parents[1]
ROOMS = ("models", "report", "demo")
"""Folders whose modules show examples."""


def modules_with_examples():
    """Yield the modules of the addon whose source holds an example."""
    for room in ROOMS:
        for path in sorted((ADDON / room).rglob("*.py")):
            if ">>> " in path.read_text():
                name = ".".join(path.relative_to(ADDON).with_suffix("").parts)
                yield importlib.import_module(f"odoo.addons.{ADDON.name}.{name}")


@tagged("post_install", "-at_install")
class TestDocstringExamples(TransactionCase):
    """Run the doctests of pure functions; docstrings of models need records and have none."""

    def test_examples_run(self):
        ran = 0
        for module in modules_with_examples():
            for test in doctest.DocTestFinder(exclude_empty=True).find(module):
                if test.examples and "CrmInteraction" not in test.name:
                    with self.subTest(test.name):
                        self.assertFalse(doctest.DocTestRunner(verbose=False).run(test).failed)
                    ran += 1
        self.assertGreater(ran, 80)
