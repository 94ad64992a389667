import datetime
import doctest
import pathlib
import sys

from odoo.tests.common import BaseCase, tagged
from odoo.tools import file_path

ADDON = "crm_outsourcing_interactions"


@tagged("post_install", "-at_install")
class TestExamples(BaseCase):
    """Run all examples in docstrings, also those of new files, which no test of their room names."""

    def test_examples_in_all_docstrings(self):
        number = 0
        for name, module in self.modules():
            with self.subTest(module=name):
                result = doctest.testmod(module, extraglobs={"date": datetime.date})
                self.assertFalse(result.failed)
                number += result.attempted
        self.assertGreater(number, 500)

    def modules(self):
        """Return ``(name, module)`` of the product's files with examples."""
        root = pathlib.Path(file_path(ADDON))
        for path in sorted(root.rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            if parts[0] != "tests" and ">>> " in path.read_text():
                name = ".".join(["odoo.addons", ADDON, *parts])
                yield name, sys.modules[name]
