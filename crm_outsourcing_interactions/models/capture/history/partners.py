"""Look up the partners of a batch of past messages at once."""


def prefetch_partners(env, rows):
    """Return all authors and recipients as one prefetch group."""
    ids = {id_ for row in rows for id_ in (row["author_id"], *row["recipient_ids"]) if id_}
    return env["res.partner"].sudo().browse(sorted(ids)).exists()


def common_addresses(env, partners):
    """Return the addresses (set) of ``partners`` shared by people of several commercial partners."""
    domain = [("email_normalized", "in", [email for email in partners.mapped("email_normalized") if email])]
    having = [("commercial_partner_id:count_distinct", ">", 1)]
    groups = env["res.partner"].sudo()._read_group(domain, ["email_normalized"], [], having)
    return {address for (address,) in groups}


def internal_partner_ids(env):
    """Return the ids of the partners of all internal users, archived ones included."""
    users = env["res.users"].sudo().with_context(active_test=False).search([("share", "=", False)])
    return frozenset(users.partner_id.ids)
