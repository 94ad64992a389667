"""Who of several people a contact is with, and who of the staff looks after it."""


def responsible(record, partner):
    """Return the member of staff (``res.users``) who looks after the document, else after the client."""
    for name in ("user_id", "user_ids"):
        field = record._fields.get(name)
        if field and field.comodel_name == "res.users" and record[name]:
            return record[name][:1]
    return partner.user_id or partner.commercial_partner_id.user_id


def one_per_client(people):
    """Return of ``people`` (``res.partner``) the first of each client."""
    return people.browse({person.commercial_partner_id: person.id for person in reversed(people)}.values())
