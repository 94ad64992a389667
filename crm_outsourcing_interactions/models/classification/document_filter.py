"""Restrict a rule's document filter to fields that its author may read."""

from odoo.exceptions import AccessError
from odoo.fields import Domain

DEEPEST = 2
"""Maximum number of relations in a path, as in ``project_id.partner_id.name``."""
SECRET_WORDS = frozenset(
    {"credential", "credentials", "key", "keys", "otp", "pass", "passphrase", "passwd", "password", "pwd", "secret",
     "signup", "token", "tokens", "totp"}
)  # fmt: skip
SECRET_GROUPS = frozenset({".", "base.group_system", "base.group_erp_manager"})
"""Fields restricted to these groups hold secrets; filters may not use them, not even an administrator's."""
DATES = {"date", "datetime"}


def check_filter(model, domain, crossed=0):
    """Check that the user of ``model`` (recordset) may read every field in ``domain``.

    :param domain: a domain in any form.
    :param int crossed: number of relations crossed to reach ``model``.
    :raises AccessError: for a field that is not stored, secret, too many relations away or not readable.
    """
    check_model(model)
    for condition in Domain(domain).iter_conditions():
        *relations, name = condition.field_expr.split(".")
        target, depth = follow(model, relations, crossed)
        if target is None:
            continue
        field = checked_field(target, name)
        if condition.operator in ("any", "not any"):
            check_filter(checked_relation(target, field, depth + 1), condition.value, depth + 1)


def follow(model, relations, crossed):
    """Follow the field names ``relations`` and return the target model and the number of relations crossed.

    The model is ``None`` when the rest of the path is part of a value: a month or a property of the document.
    """
    for name in relations:
        field = checked_field(model, name)
        if field.type in DATES or field.type == "properties":
            return None, crossed
        crossed += 1
        model = checked_relation(model, field, crossed)
    return model, crossed


def checked_relation(model, field, crossed):
    """Return the comodel of ``field`` of ``model``.

    :raises AccessError: when it is too many relations away from the document, or not readable.
    """
    if not field.comodel_name or crossed > DEEPEST:
        raise AccessError(
            model.env._("“%(field)s” is too far from the document. Cross at most two relations.", field=field.name)
        )
    return check_model(model.env[field.comodel_name])


def check_model(model):
    """Return ``model`` after checking read access.

    :raises AccessError: when its user may not read it.
    """
    model.browse().check_access("read")
    return model


def checked_field(model, name):
    """Return the field ``name`` of ``model``.

    :raises AccessError: when it is not stored, secret or not readable.
    """
    field = model._fields.get(name)
    if field is None or not field.store or is_secret(field) or not model._has_field_access(field, "read"):
        raise AccessError(
            model.env._(
                "“%(field)s” of “%(model)s” cannot be used in a filter. Choose a stored field that you may read.",
                field=name,
                model=model._description,
            )
        )
    return field


def is_secret(field):
    """Return whether ``field`` holds credentials, judged by its groups and its name."""
    groups = set((field.groups or "").replace(" ", "").split(","))
    return bool(groups & SECRET_GROUPS or set(field.name.lower().split("_")) & SECRET_WORDS)
