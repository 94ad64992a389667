"""Test that users without access are refused every public method that the addon defines or overrides."""

import inspect

from odoo.exceptions import AccessError
from odoo.service.model import call_kw, get_public_method
from odoo.tests.common import new_test_user, tagged

from .common import InteractionCase

ADDON = "odoo.addons.crm_outsourcing_interactions."
OWN = "crm.interaction"
"""What the names of the addon's own models begin with."""

ARGUMENTS = {
    "interaction_feedback_reason": ["project.task", [1]],
    "interaction_add_to_letter": ["project.task", 1, [1], "<p>Act</p>"],
    "interaction_letter_hint_of": ["project.task", 1, [1]],
    "cell_verdicts": [False, [{}]],
    "create": [[{}]],
    "formatted_read_grouping_sets": [[], [[]], ["__count"]],
    "decide_matter": ["mark", "no_answer"],
    "empty_screen": ["interactions"],
    "logged_call": ["project.task", 1],
    "mark_matter": ["no_answer"],
    "marks": ["crm.interaction", [], "2026-01-01", "2027-01-01"],
    "merge_matter": [1],
    "open_step": ["clients"],
    "log_interactions": [[{"reference": "forged", "email": "anna@example.com"}]],
    "message_badges": [[1]],
    "message_mail_with_source": ["mail.message_user_assigned"],
    "message_post_with_source": ["mail.message_user_assigned"],
    "quick_log": [{"partner_id": 1}],
    "rating_send_request": [False],
    "search_count": [[]],
    "search_fetch": [[], ["display_name"]],
    "tag": [{"state": "confirmed"}],
    "tag_message": [1, {"state": "ignored"}],
    "undo_matter": [{}],
    "undo_tag": [[1]],
    "update_field_translations": ["short_name", {"en_US": "Forged"}],
    "view_evidence": ["months"],
    "web_resequence": [{}],
    "write": [{}],
}
"""What the methods that need arguments are called with, besides the ids."""

ODOOS = {
    "action_archive": "Odoo checks who may archive; the addon hands the clients over",
    "action_send_mail": "Odoo checks who may send; the addon says that a client report was sent",
    "create": "Odoo checks who may create; the addon notes what was created",
    "cache_invalidation_fields": "tells names of fields only",
    "message_post": "Odoo checks who may post; the addon keeps the message replied to",
    "message_mail_with_source": "Odoo checks who may mail; the addon marks the mails",
    "message_post_with_source": "Odoo checks who may post; the addon marks the note of an activity with a meeting",
    "rating_send_request": "Odoo checks who may mail; the addon marks the request",
    "send_mail_batch": "Odoo checks who may mail; the addon marks the mails",
    "session_info": "Odoo calls it for everybody's own session",
    "unlink": "Odoo checks who may delete; the addon forgets what is gone",
    "default_get": "the addon only takes a default away that the user may not have",
    "write": "Odoo checks who may write; the addon notes what changed",
}
"""Methods of Odoo's own models that the addon overrides, and why strangers may call them as far as Odoo lets them."""

OPEN = {
    ("crm.interaction", "message_badges"): "tells strangers nothing: the chatter of any colleague asks",
    ("crm.interaction.target", "message_mail_with_source"): "Odoo's: renders the template first, which is refused",
    ("crm.interaction.target", "message_post_with_source"): "Odoo's: renders the template first, which is refused",
    ("crm.interaction.target", "rating_send_request"): "Odoo's: asks for a template that may send, targets have none",
    ("crm.interaction.sent.report", "message_mail_with_source"): "Odoo's: renders the template first, which is refused",
    ("crm.interaction.sent.report", "message_post_with_source"): "Odoo's: renders the template first, which is refused",
    (
        "crm.interaction.sent.report",
        "rating_send_request",
    ): "Odoo's: asks for a template that may send, which is refused",
    (
        "crm.interaction.request.list",
        "message_mail_with_source",
    ): "Odoo's: renders the template first, which is refused",
    (
        "crm.interaction.request.list",
        "message_post_with_source",
    ): "Odoo's: renders the template first, which is refused",
    (
        "crm.interaction.request.list",
        "rating_send_request",
    ): "Odoo's: asks for a template that may send, lists have none",
    **{
        ("crm.interaction.portal.complaint", name): "Odoo's: renders the template first, which is refused"
        for name in ("message_mail_with_source", "message_post_with_source", "rating_send_request")
    },
    ("crm.interaction.code.mixin", "copy_data"): "an abstract model without records",
    ("crm.interaction.code.mixin", "action_view_interactions"): "an abstract model without records",
}
"""What strangers may call of the addon's own models, and why."""


OPEN_EVERYWHERE = {"default_get": "Odoo gives defaults to anybody; the addon takes forged ones away"}
"""What strangers may call of all models, and why."""


def public_methods(env):
    """Return ``{(model, method): function}`` of what a request may call and the addon's own code would run."""
    return {
        (name, attribute): function
        for name, model in env.registry.items()
        for attribute in dir(model)
        if not attribute.startswith("_")
        and (function := of_addon(model, attribute))
        and is_public(env[name], attribute)
    }


def of_addon(model, attribute):
    """Return the function of that name that the addon gave to ``model``, else ``None``."""
    found = (vars(klass).get(attribute) for klass in model.mro())
    ours = (f for f in found if inspect.isfunction(f) and f.__module__.startswith(ADDON))
    return next(ours, None)


def is_public(model, attribute):
    """Return whether Odoo lets a request call the method."""
    try:
        return bool(get_public_method(model, attribute))
    except (AccessError, AttributeError):
        return False


class PublicMethodCase(InteractionCase):
    """Find what requests may call, and a record of each model to call it on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, "client.portal", groups="base.group_portal")
        cls.internal = new_test_user(cls.env, "no.group", groups="base.group_user")
        cls.public = cls.env.ref("base.public_user")
        cls.client_partner = cls.make_client(email="office@client.example.com")
        cls.methods = public_methods(cls.env)
        cls.records = {name: cls.some_record(name) for name, _method in cls.methods if name.startswith(OWN)}

    @classmethod
    def some_record(cls, name):
        """Return one record of the model (recordset in sudo mode), made when there is none."""
        model = cls.env[name].sudo()
        if model._abstract or not model._auto:
            return model
        return model.with_context(active_test=False).search([], limit=1) or cls.make_record(model)

    @classmethod
    def make_record(cls, model):
        """Return a new record of ``model``: without what code would give it, only with what the database needs."""
        if model._name == "crm.interaction.taken.action":  # an action is taken on an indicator
            action = cls.env["crm.interaction.corrective.action"].create({"name": "Call less"})
            indicator = cls.some_record("crm.interaction.indicator")
            return model.create({"indicator_id": indicator.id, "corrective_action_id": action.id})
        model = model._by_code() if hasattr(model, "_by_code") else model
        return model.create({**cls.needed_values(model), **model.default_get(list(model._fields))})

    @classmethod
    def needed_values(cls, model):
        """Return a value for each required field that has no default."""
        values = {}
        for name, field in model._fields.items():
            if field.required and field.store and not field.compute and not field.default and not field.related:
                values[name] = cls.some_value(model, field)
        return values

    @classmethod
    def some_value(cls, model, field):
        if field.type == "many2one":
            own = field.comodel_name.startswith(OWN)
            return (cls.some_record(field.comodel_name) if own else cls.env[field.comodel_name].search([], limit=1)).id
        if field.type == "selection":
            return next(iter(field.get_values(model.env)))
        return {"date": "2026-10-01", "datetime": "2026-10-01 10:00:00", "json": {"x": 1}, "char": "Some"}.get(
            field.type, 1
        )


@tagged("post_install", "-at_install")
class TestAccessPublicMethods(PublicMethodCase):
    def call(self, user, name, method):
        """Call the method as a request of ``user`` does."""
        model = self.env[name].with_user(user)
        arguments = ARGUMENTS.get(method, [])
        is_of_model = getattr(getattr(type(model), method), "_api_model", False)
        ids = [] if is_of_model else [self.records[name].ids or [1]]
        return call_kw(model, method, [*ids, *arguments], {})

    def test_strangers_are_refused(self):
        for name, method in sorted(self.methods):
            is_open = (name, method) in OPEN or method in OPEN_EVERYWHERE
            if not name.startswith(OWN) or is_open or name.endswith(".mixin"):
                continue
            for user in self.public | self.portal | self.internal:
                with self.subTest(model=name, method=method, user=user.login), self.assertRaises(AccessError):
                    self.call(user, name, method)

    def test_new_methods_on_models_of_odoo_refuse_strangers(self):
        for name, method in sorted(self.methods):
            if name.startswith(OWN) or method in ODOOS:
                continue
            self.records[name] = self.client_partner if name == "res.partner" else self.env[name].sudo()
            for user in self.public | self.portal | self.internal:
                with self.subTest(model=name, method=method, user=user.login), self.assertRaises(AccessError):
                    self.call(user, name, method)

    def test_overrides_call_a_method_of_odoo(self):
        """What is let through as Odoo's own is one that Odoo has."""
        for name, method in self.methods:
            if not name.startswith(OWN) and method in ODOOS:
                functions = [vars(klass)[method] for klass in type(self.env[name]).mro() if method in vars(klass)]
                self.assertTrue(any(not f.__module__.startswith(ADDON) for f in functions), f"{name}.{method}")

    def test_strangers_see_no_badges(self):
        message = self.make_task(partner_id=self.client_partner.id).message_post(
            body="x", partner_ids=self.client_partner.ids, subtype_xmlid="mail.mt_comment"
        )
        self.assertTrue(message.interaction_ids)
        for user in self.public | self.portal | self.internal:
            answer = call_kw(self.env["crm.interaction"].with_user(user), "message_badges", [message.ids], {})
            self.assertEqual(answer, {})

    def test_lists_name_what_exists(self):
        self.assertLessEqual(OPEN.keys(), self.methods.keys())
        self.assertLessEqual({*ODOOS, *OPEN_EVERYWHERE}, {method for _name, method in self.methods})
