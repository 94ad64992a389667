import ast
from pathlib import Path

from odoo.tests.common import BaseCase, tagged

ADDON = Path(__file__).parents[1]
READ = {
    ("hooks.py", "Dict"): "the uninstallation's own",
    ("models/events/marks.py", "get"): "marks themselves: what a request sent is none",
    ("models/events/marks.py", "items"): "marks themselves: what a request sent is none",
    ("models/events/marks.py", "len"): "whether anything of a request is left to drop",
    (
        "models/totals/request.py",
        "active_test",
    ): "Odoo's own: the reader asks for archived rows too",
    (
        "models/interaction/record/crm_interaction_recorded.py",
        "clean_context",
    ): "to drop the defaults that a request names",
    ("models/events/keys.py", "diag"): "no request's: PostgreSQL's report of an error",
    (
        "models/interaction/tagging/crm_interaction_live.py",
        "interaction_page",
    ): "an echo for the page that sends it; decides nothing",
    (
        "models/targets/crm_interaction_figure.py",
        "interaction_figure",
    ): "first values of a form, whose user may set targets and change them",
    ("models/roles/res_partner.py", "items"): "to refuse the forged defaults of fields that managers set",
    ("models/interaction/record/crm_interaction.py", "interaction_dates"): "only how names are shown in a choice",
    ("models/matters/crm_interaction_matter.py", "interaction_dates"): "only how names are shown in a choice",
    (
        "models/requests/crm_interaction_matter_item_naming.py",
        "interaction_dates",
    ): "only how names are shown in a choice",
    ("wizard/crm_interaction_matter_merge.py", "interaction_merge_here"): "only which screen follows",
    ("wizard/crm_interaction_anonymise.py", "active_model"): "a wizard's first choice, which its user may change",
    ("wizard/crm_interaction_anonymise.py", "active_ids"): "a wizard's first choice, which its user may change",
}
"""(file, key or how the whole is used) → why the context may be read there."""
DEPENDED_ON = {"uid", "lang", "tz", "company", "allowed_company_ids", "interaction_dates"}


@tagged("post_install", "-at_install")
class TestContext(BaseCase):
    """Test, by reading the addon's code, that no decision depends on a request's context."""

    def test_no_key_of_a_request_is_read(self):
        found = {(path, key) for path, tree in self.sources() for key in keys_read(tree)}
        self.assertFalse(found - READ.keys(), "use a mark, see models/events/marks.py")
        self.assertFalse(READ.keys() - found, "named here, yet not there any more")

    def test_fields_depend_on_odoos_own_keys(self):
        for path, tree in self.sources():
            for call in calls(tree, "depends_context"):
                with self.subTest(path=path, line=call.lineno):
                    self.assertLessEqual({argument.value for argument in call.args}, DEPENDED_ON)

    def test_data_reads_no_context(self):
        for path in ADDON.glob("data/**/*.xml"):
            self.assertNotIn("env.context", path.read_text())

    def sources(self):
        for path in sorted(ADDON.rglob("*.py")):
            name = path.relative_to(ADDON).as_posix()
            if not name.startswith("tests/"):
                yield name, ast.parse(path.read_text())

    def test_what_it_looks_for(self):
        for source, key in (
            ("if self.env.context.get('x'): pass", "x"),
            ("y = env.context['x']", "x"),
            ("'x' in self.env.context", "x"),
            ("context = self.env.context\ncontext.get('x')", "Assign"),
            ("records._context.get(KEY)", "KEY"),
            ("dict(records.env.context)", "dict"),
        ):
            self.assertEqual(list(keys_read(ast.parse(source))), [key])


def calls(tree, name):
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", None)) == name
    ]


def keys_read(tree):
    """Yield for each place that reads a context the key, else how the whole of it is used."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("context", "_context"):
            yield "diag" if getattr(node.value, "attr", "") == "diag" else key_of(node, parents)


def key_of(node, parents):
    parent = parents[node]
    if isinstance(parent, ast.Subscript):
        return name_of(parent.slice)
    if isinstance(parent, ast.Compare):
        return name_of(parent.left)
    if isinstance(parent, ast.Attribute):
        call = parents[parent]
        is_key = parent.attr == "get" and isinstance(call, ast.Call) and not isinstance(call.args[0], ast.Name)
        is_constant = is_key or (parent.attr == "get" and getattr(call.args[0], "id", "x").isupper())
        return name_of(call.args[0]) if is_constant else parent.attr
    return name_of(parent.func) if isinstance(parent, ast.Call) else type(parent).__name__


def name_of(node):
    return getattr(node, "value", None) or getattr(node, "id", None) or type(node).__name__
