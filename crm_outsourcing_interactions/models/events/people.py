"""Who of several people a contact is with, and who of the staff looks after it."""

from odoo.tools import SQL

FIRST_ASSIGNEE = (
    'COALESCE((SELECT "{user}" FROM "{relation}" WHERE "{record}" = %s AND "{user}" <> ALL(%s)'
    ' ORDER BY "{user}" LIMIT 1), %s)'
)


def unread_responsible(record, partner):
    """Return SQL that gives the id of the first assignee of ``record``, else of who looks after ``partner``, when the
    assignee would have to be looked up; else ``None``. The statement that logs the contact looks it up by the way."""
    field = record._fields.get("user_ids")
    is_stored = field and field.type == "many2many" and field.store
    if not is_stored or "user_ids" in record._cache or "user_id" in record._fields:
        return None
    first = FIRST_ASSIGNEE.format(relation=field.relation, record=field.column1, user=field.column2)
    archived = record.env["crm.interaction.people"]._archived_user_ids()
    return SQL(first, record.id, archived, client_responsible(partner).id or None)


def responsible(record, partner):
    """Return the member of staff (``res.users``) who looks after the document, else after the client."""
    for name in ("user_id", "user_ids"):
        field = record._fields.get(name)
        if field and field.comodel_name == "res.users" and record[name]:
            return record[name].sorted("id")[:1]
    return client_responsible(partner)


def client_responsible(partner):
    """Return the member of staff (``res.users``) who looks after the client."""
    return partner.env["crm.interaction.people"]._client_user(partner)


def one_client(people, is_client):
    """Return ``(person, is_shared)`` of ``people`` (``res.partner``) who have an address in common.

    The person is the first whom ``is_client`` takes for a client, if all of them are of one client; of several, the
    address is shared and nobody's: never the first one's. Whoever is no client does not make an address doubtful.
    """
    clients = people.filtered(is_client)
    is_shared = len({client_id(person) for person in clients}) > 1
    return (people.browse() if is_shared else clients[:1]), is_shared


def client_id(person):
    """Return the id of the client (commercial partner) of ``person`` (``res.partner``, one or none), else 0."""
    return person.env["crm.interaction.people"]._client_id(person)


def one_per_client(people, client_of=client_id):
    """Return of ``people`` (``res.partner``) the first of each client; ``client_of`` gives the client's id."""
    if len(people) < 2:
        return people
    return people.browse({client_of(person): person.id for person in reversed(people)}.values())


def is_mere_supplier(supplier_rank, customer_rank):
    """Say whether who has these ranks, as Odoo counts bills and invoices, is a supplier and no customer.

    >>> is_mere_supplier(2, 0), is_mere_supplier(2, 1), is_mere_supplier(0, 0)
    (True, False, False)
    """
    return bool(supplier_rank and not customer_rank)
