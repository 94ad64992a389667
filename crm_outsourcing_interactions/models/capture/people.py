"""Who of several people a contact is with, and who of the staff looks after it."""

from odoo.tools import SQL

FIRST_ASSIGNEE = "(SELECT min(u.id) FROM res_users u JOIN %s r ON r.%s = u.id WHERE r.%s = %s AND u.active)"


def unread_assignee(record):
    """Return SQL that gives the id of the first assignee of ``record``, when that would have to be looked up; else
    ``None``. The statement that logs the contact looks it up by the way."""
    field = record._fields.get("user_ids")
    is_stored = field and field.type == "many2many" and field.store
    if not is_stored or "user_ids" in record._cache or "user_id" in record._fields:
        return None
    names = (field.relation, field.column2, field.column1)
    return SQL(FIRST_ASSIGNEE, *map(SQL.identifier, names), record.id)


def responsible(record, partner):
    """Return the member of staff (``res.users``) who looks after the document, else after the client."""
    for name in ("user_id", "user_ids"):
        field = record._fields.get(name)
        if field and field.comodel_name == "res.users" and record[name]:
            return record[name].sorted("id")[:1]
    return client_responsible(partner)


def client_responsible(partner):
    """Return the member of staff who looks after the client."""
    return partner.user_id or partner.commercial_partner_id.user_id


def one_client(people, is_client):
    """Return ``(person, is_shared)`` of ``people`` (``res.partner``) who have an address in common.

    The person is the first whom ``is_client`` takes for a client, if all of them are of one client; of several, the
    address is shared and nobody's: never the first one's. Whoever is no client does not make an address doubtful.
    """
    clients = people.filtered(is_client)
    is_shared = len(clients.commercial_partner_id) > 1
    return (people.browse() if is_shared else clients[:1]), is_shared


def one_per_client(people):
    """Return of ``people`` (``res.partner``) the first of each client."""
    return people.browse({person.commercial_partner_id: person.id for person in reversed(people)}.values())
