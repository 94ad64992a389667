"""Test, by reading the code, that each room of ``models/`` uses only those before it."""

import ast
import re
from pathlib import Path

from odoo.models import BaseModel
from odoo.tests import BaseCase, tagged

MODELS = Path(__file__).parents[1] / "models"
ROOMS = (
    "events",
    "optional",
    "classification",
    "capture",
    "interaction",
    "roles",
    "matters",
    "requests",
    "totals",
    "figures",
    "targets",
    "recommendations",
    "hours",
    "clients",
    "portal",
    "setup",
    "pipeline",
)
"""In their order: a room knows itself and those before it."""
PIPELINE = "crm.interaction.pipeline"
MAY_CALL = {"capture": {"_run"}, "interaction": {"_run", "_changed", "_created", "_typed", "_history_loaded"}}
"""What these two rooms may call of the pipeline, and no other room anything."""
ABSENT = re.compile(
    r"\b(hr|im_livechat|mailing|purchase|sale|website)\.[a-z_]+$|^(hr_timesheet|mass_mailing)"
    r"|\b(hr_employee|project_id IS NOT NULL)|^/(mail_plugin|website)/"
)
"""Names of models, fields, tables and addresses of apps that may be absent."""
ONCE = {"create", "write", "unlink", "copy", "copy_data"}
"""Methods that the addon overrides once in a model, as all that begin with ``_prepare_``: no order of files decides."""

DOCUMENT_HOOKS = {
    "_interaction_awaited",
    "_interaction_complaint",
    "_interaction_document_client",
    "_interaction_handed",
    "_interaction_matter_subject",
}
"""Methods that documents of higher rooms may have, by which lower ones, which do not name them, read them."""

AGREED = {
    "_commercial_fields", "_generate_action_name", "_get_warning_messages", "_message_add_suggested_recipients",
    "_message_get_suggested_recipients", "_message_post_after_hook", "_onchange_is_active", "_pre_dispatch",
    "_prepare_home_portal_values", "_prepare_portal_layout_values", "_search_display_name", "_to_store_defaults",
    "_warning_depends",
}  # fmt: skip
"""Private methods of Odoo that it means to be extended."""
DOCS = MODELS.parent / "docs" / "developers.md"


def room_of(path):
    """Return the name of the room in which a file (path below ``models``) lies."""
    return path.relative_to(MODELS).parts[0].removesuffix(".py")


def trees():
    """Yield ``(path, room, syntax tree)`` of all files in rooms."""
    for path in sorted(MODELS.rglob("*.py")):
        if path.parent != MODELS or path.stem == "pipeline":
            yield path, room_of(path), ast.parse(path.read_text())


def model_names(tree):
    """Return the names of the models that a file makes."""
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assigned = [node for class_ in classes for node in class_.body if isinstance(node, ast.Assign)]
    own = [node.value for node in assigned if node.targets[0].id == "_name" and isinstance(node.value, ast.Constant)]
    return {value.value for value in own}


def imported(path, node):
    """Return the path of the module or package that a relative import names, else ``None``."""
    if not isinstance(node, ast.ImportFrom) or not node.level:
        return None
    base = path.parents[node.level - 1]
    return base.joinpath(*(node.module or "").split("."))


def strings(tree):
    """Yield the string constants of a file without its docstrings, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, node.lineno


def overrides(tree):
    """Yield ``(model, method)`` of the methods in a file that may be overridden once only."""
    for class_ in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        names = {}
        for node in class_.body:
            if isinstance(node, ast.Assign) and node.targets[0].id in ("_name", "_inherit"):
                names[node.targets[0].id] = ast.literal_eval(node.value)
        inherited = names.get("_inherit")
        model = names.get("_name") or (inherited if isinstance(inherited, str) else None)
        for node in class_.body:
            if isinstance(node, ast.FunctionDef) and (node.name in ONCE or node.name.startswith("_prepare_")) and model:
                yield model, node.name


def defined(tree):
    """Return the names of the private methods in a file that are not Odoo's."""
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    own = {name for name in names if name.startswith("_") and not name.startswith("_compute_")}
    return {name for name in own if not hasattr(BaseModel, name)}


def called(tree):
    """Yield ``(name, line)`` of the methods that a file calls, but not of functions that its objects keep."""
    stored = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr not in stored:
            yield node.func.attr, node.lineno


def private(tree):
    """Yield ``(name, whether it calls super())`` of the private methods in a file, without computes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and re.match("_(?!_|compute_)", node.name):
            called = {
                call.func.id for call in ast.walk(node) if isinstance(call, ast.Call) and hasattr(call.func, "id")
            }
            yield node.name, "super" in called


@tagged("post_install", "-at_install")
class TestRooms(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.files = list(trees())
        cls.home = {}
        for _path, room, tree in sorted(cls.files, key=lambda file: ROOMS.index(file[1])):
            for name in model_names(tree):
                if name.startswith("crm.interaction"):
                    cls.home.setdefault(name, room)

    def is_above(self, room, other):
        return ROOMS.index(other) > ROOMS.index(room)

    def test_every_folder_is_a_room(self):
        self.assertEqual({room for _path, room, _tree in self.files}, set(ROOMS))

    def test_imports_go_downwards(self):
        wrong = [
            f"{path.relative_to(MODELS)}:{node.lineno} imports {target.relative_to(MODELS)}"
            for path, room, tree in self.files
            for node in ast.walk(tree)
            if (target := imported(path, node)) and target != MODELS and self.is_above(room, room_of(target))
        ]
        self.assertFalse(wrong, "\n".join(wrong))

    def test_models_are_named_downwards(self):
        wrong = [
            f"{path.relative_to(MODELS)}:{line} names {name} of {self.home[name]}"
            for path, room, tree in self.files
            for name, line in strings(tree)
            if name in self.home and self.is_above(room, self.home[name])
            if name != PIPELINE or room not in MAY_CALL
        ]
        self.assertFalse(wrong, "\n".join(wrong))

    def test_methods_are_called_downwards(self):
        homes = {}
        for _path, room, tree in self.files:
            for name in defined(tree):
                homes.setdefault(name, set()).add(room)
        wrong = [
            f"{path.relative_to(MODELS)}:{line} calls {name} of {sorted(homes[name])}"
            for path, room, tree in self.files
            for name, line in called(tree)
            if name in homes.keys() - DOCUMENT_HOOKS - MAY_CALL.get(room, set())
            if all(self.is_above(room, home) for home in homes[name])
        ]
        self.assertFalse(wrong, "\n".join(wrong))

    def test_absent_apps_are_named_in_one_room(self):
        wrong = [
            f"{path.relative_to(MODELS)}:{line} names {name.strip()[:40]}"
            for path, room, tree in self.files
            for name, line in strings(tree)
            if room != "optional" and ABSENT.search(name)
        ]
        self.assertFalse(wrong, "\n".join(wrong))

    def test_pipeline_is_called_where_it_may_be(self):
        wrong = [
            f"{path.relative_to(MODELS)}:{node.lineno} calls {node.attr}"
            for path, room, tree in self.files
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and PIPELINE in {value for value, _line in strings(node.value)}
            if node.attr not in MAY_CALL.get(room, ())
        ]
        self.assertFalse(wrong, "\n".join(wrong))

    def test_no_chain_of_overrides_within_the_addon(self):
        places = {}
        for path, _room, tree in self.files:
            for model, method in overrides(tree):
                places.setdefault((model, method), []).append(str(path.relative_to(MODELS)))
        chains = {key: found for key, found in places.items() if len(found) > 1}
        self.assertFalse(chains)

    def test_private_methods_of_odoo_are_listed(self):
        text = DOCS.read_text()
        listed = text[text.index("## Private API of Odoo") : text.index("## Sandbox")]
        files = [
            path
            for folder in ("models", "report", "wizard", "controllers")
            for path in MODELS.parent.glob(f"{folder}/**/*.py")
        ]
        methods = {method for path in files for method in private(ast.parse(path.read_text()))}
        extended = {name for name, is_extension in methods if is_extension and (name, False) not in methods}
        self.assertFalse({name for name in extended - AGREED if f"{name}`" not in listed})
