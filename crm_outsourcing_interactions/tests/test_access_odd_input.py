import contextlib
import inspect
from itertools import product

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests.common import tagged

from .test_access_public_methods import ADDON, ARGUMENTS, ODOOS, PublicMethodCase

ROOMS = ("models.requests.", "models.portal.", "wizard.crm_interaction_request")
ODD = (
    None, False, True, 0, -1, 7, 2**40, 1.5, "", "x", "1", "mail.thread", "\x00", [], [[]], [None], ["x"], [2**40], {},
    {"x": 1},
)  # fmt: skip
GONE = [10**9]


@tagged("post_install", "-at_install")
class TestAccessOddInput(PublicMethodCase):
    """Test that requests of any shape to request lists and the account end in an answer or an error to read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "crm_outsourcing_interactions.group_manager,project.group_project_user"
        cls.boss = cls.make_staff(login="boss", groups=groups)

    def calls(self):
        """Yield model, method and arguments of requests to the methods of these rooms."""
        for (name, method), function in sorted(self.methods.items()):
            if not function.__module__.removeprefix(ADDON).startswith(ROOMS) or method in ODOOS:
                continue
            arguments = odd_arguments(len(inspect.signature(function).parameters) - 1, ARGUMENTS.get(method, []))
            if getattr(getattr(self.env.registry[name], method), "_api_model", False):
                yield from ((name, method, own) for own in arguments)
            else:
                ids = ([], GONE, [0], self.ids_of(name), [*self.ids_of(name), *GONE])
                yield from ((name, method, [one, *own]) for one, own in product(ids, arguments))

    def ids_of(self, name):
        return self.records[name].ids[:1] if name in self.records else self.client_partner.ids

    def test_answer_or_error_to_read(self):
        number = 0
        for name, method, arguments in self.calls():
            with self.subTest(model=name, method=method, arguments=arguments), self.env.cr.savepoint() as savepoint:
                try:
                    with contextlib.suppress(UserError):
                        call_kw(self.env[name].with_user(self.boss), method, arguments, {})
                        self.env.flush_all()
                except ValueError as error:  # Odoo's answer to a button pressed for no record, or for several
                    self.assertIn("Expected singleton: " + name, str(error))
                savepoint.close(rollback=True)
            number += 1
        self.assertGreater(number, 150)


def odd_arguments(number, known):
    """Return lists of arguments: the ``known`` ones (list), one of which is odd."""
    known = [*known, *[None] * (number - len(known))]
    places = product(range(number), ODD)
    return [[*known[:place], odd, *known[place + 1 :]] for place, odd in places] if number else [[]]
