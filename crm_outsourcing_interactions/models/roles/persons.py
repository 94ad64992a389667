"""Find the members of staff that a request for records names: in domains, groupings, sort orders and columns."""

from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition, DomainNary, DomainNot
from odoo.orm.utils import COLLECTION_TYPES

IMPERSONAL = {
    "body", "date", "id", "message_type", "model", "preview", "record_name", "res_id", "subject", "subtype_id",
}  # fmt: skip
"""Fields of messages that name nobody; others, e.g. ``reply_to``, lead to authors, who are colleagues if outgoing."""
FOLLOWERS = {"message_partner_ids", "message_follower_ids"}
"""Fields that name those who follow a record, among them its accountant."""
ANY = {"any": False, "any!": False, "not any": True, "not any!": True}
"""Operators with a condition on other records → whether they negate it."""
IS, IS_NOT = ("=", "in"), ("!=", "not in")


def person_field(model, path):
    """Return the first field on ``path`` that names a member of staff, with the path to it; ``(None, "")`` if none.

    :param str path: field of ``model``, also of other records: ``user_id.name``, ``matter_id/user_id``, ``date:month``.
    """
    names = []
    for field in fields_on(model, path.partition(":")[0].replace("/", ".")):
        names.append(field.name)
        if field.comodel_name == "res.users" or field.name in FOLLOWERS or is_named_in(field):
            return field, ".".join(names)
    return None, ""


def is_named_in(field):
    """Return whether a field may name the author of a message or, as the data of a reason or a change, who decided."""
    if field.model_name == "mail.message":
        return field.name not in IMPERSONAL
    return field.type == "json" and field.model_name.startswith("crm.interaction")


def fields_on(model, path):
    """Yield the fields on a dotted path from ``model``, up to the first that is none or leads to no records."""
    for name in path.split("."):
        field = model._fields.get(name)
        if field is None:
            return
        yield field
        if not field.comodel_name:
            return
        model = model.env[field.comodel_name]


def comodel_of(model, path):
    """Return the model of the records at a dotted path from ``model``, ``None`` if there are none."""
    fields = list(fields_on(model, path))
    is_whole = len(fields) == path.count(".") + 1 and fields[-1].comodel_name
    return model.env[fields[-1].comodel_name] if is_whole else None


def named(model, domain, is_negated=False):
    """Yield ``(path, ids)`` of each condition on a person in ``domain``; ids are ``None`` unless it lists users.

    :param bool is_negated: whether the domain is negated, so that it finds all others.
    """
    if isinstance(domain, DomainNot):
        yield from named(model, domain.child, not is_negated)
    elif isinstance(domain, DomainNary):
        for child in domain.children:
            yield from named(model, child, is_negated)
    elif isinstance(domain, DomainCondition):
        yield from _named_in(model, domain, is_negated)


def _named_in(model, condition, is_negated):
    path, operator, value = condition.field_expr, condition.operator, condition.value
    field, person = person_field(model, path)
    if field:
        is_user = field.comodel_name == "res.users" and path == person
        is_asked_active = _is_active(operator, value, path.removeprefix(person))
        yield person, () if is_asked_active else _ids(operator, value, is_negated, is_user)
    elif operator in ANY and isinstance(value, (Domain, *COLLECTION_TYPES)):
        comodel = comodel_of(model, path)
        for person, ids in named(comodel, Domain(value), is_negated or ANY[operator]) if comodel is not None else ():
            yield f"{path}.{person}", ids


def _is_active(operator, value, rest):
    """Return whether a condition on a user asks only whether the user is archived, as *My Queue* does."""
    if operator in ANY and not rest and isinstance(value, (Domain, *COLLECTION_TYPES)):
        return {condition.field_expr for condition in Domain(value).iter_conditions()} == {"active"}
    return rest == ".active"


def _ids(operator, value, is_negated, is_user):
    """Return the ids of the users to whom a condition restricts; ``None`` if it does not; ``()`` if it names nobody."""
    values = [v for v in (value if isinstance(value, COLLECTION_TYPES) else [value]) if v or type(v) is int]
    if operator not in (*IS, *IS_NOT):
        return None
    if not values:
        return ()  # whether there is a person at all
    is_listed = is_user and all(type(v) is int for v in values)
    return values if is_listed and operator in IS and not is_negated else None


def restricted(model, domain):
    """Return the paths to persons of which ``domain`` only finds those whom it lists, whatever else it asks."""
    parts = domain.children if isinstance(domain, DomainAnd) else (domain,)
    conditions = [part for part in parts if isinstance(part, DomainCondition)]
    found = {path for condition in conditions for path, ids in named(model, condition) if ids}
    return {path for path in found if _is_single(model, path)}


def _is_single(model, path):
    """Return whether each record has at most one value at ``path``."""
    return all(field.type == "many2one" for field in fields_on(model, path))
