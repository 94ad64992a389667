"""Who of several people a contact is with, and who of the staff looks after it."""


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
