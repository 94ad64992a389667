"""Select the client and the responsible member of staff of an interaction."""


def responsible(record, partner):
    """Return the member of staff (``res.users``) responsible for the document, else for the client.

    A contact's salesperson does not go before the client's accountant.
    """
    if record._name == "res.partner":
        return client_responsible(partner or record)
    for name in ("user_id", "user_ids"):
        field = record._fields.get(name)
        if field and field.comodel_name == "res.users" and record[name]:
            return record[name].sorted("id")[:1]
    return client_responsible(partner)


def client_responsible(partner):
    """Return the member of staff (``res.users``) responsible for the client."""
    return partner.env["crm.interaction.people"]._client_user(partner)


def one_client(people, is_client):
    """Return ``(person, is_shared)`` for ``people`` (``res.partner``) with the same email address.

    The person is the first for whom ``is_client`` is true, if all of these belong to one client. If they belong to
    several, the address is shared and the person empty. People other than clients are ignored.
    """
    clients = people.filtered(is_client)
    is_shared = len({client_id(person) for person in clients}) > 1
    return (people.browse() if is_shared else clients[:1]), is_shared


def client_id(person):
    """Return the id of the client (commercial partner) of ``person`` (``res.partner``, one or none), else 0."""
    return person.env["crm.interaction.people"]._client_id(person)


def one_per_client(people, client_of=client_id):
    """Return the first of ``people`` (``res.partner``) of each client; ``client_of`` returns the client's id."""
    if len(people) < 2:
        return people
    return people.browse({client_of(person): person.id for person in reversed(people)}.values())


def is_mere_supplier(supplier_rank, customer_rank):
    """Return whether a partner with these Odoo ranks (numbers of bills and invoices) is a supplier but not a customer.

    >>> is_mere_supplier(2, 0), is_mere_supplier(2, 1), is_mere_supplier(0, 0)
    (True, False, False)
    """
    return bool(supplier_rank and not customer_rank)


def address_of(event):
    """Return the e-mail address of the person contacted, also where it is not known whose it is; possibly empty."""
    return (event.hint or {}).get("address") or (event.partner and event.partner.email_normalized) or ""


def robot_partner_id(env):
    """Return the id of OdooBot's partner, which Odoo sets as the author of its notices and of mails without *From*."""
    return env["ir.model.data"]._xmlid_to_res_id("base.partner_root")
