import json
from types import SimpleNamespace

from odoo.tests.common import BaseCase, tagged

from ..models.events.marks import Mark, mark, marks


@tagged("post_install", "-at_install")
class TestMarks(BaseCase):
    def test_what_json_makes_is_no_mark(self):
        for forged in ("x", True, 1, ["x"], {"value": "x"}, {"__class__": "Mark", "value": "x"}):
            context = json.loads(json.dumps({"interaction_event": forged}))
            env = SimpleNamespace(context=context)
            self.assertIsNone(mark(env, "interaction_event"))
            self.assertFalse(marks(env))

    def test_a_mark_gives_its_value(self):
        env = SimpleNamespace(context={"interaction_event": Mark("feedback_asked")})
        self.assertEqual(mark(env, "interaction_event"), "feedback_asked")
        self.assertEqual(marks(env), {"interaction_event": "feedback_asked"})
