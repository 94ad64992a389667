"""Look up the partners of a batch of past messages at once."""


def prefetch_partners(env, rows):
    """Return all authors and recipients as one prefetch group."""
    ids = {id_ for row in rows for id_ in (row["author_id"], *row["recipient_ids"]) if id_}
    return env["res.partner"].sudo().browse(sorted(ids)).exists()


def internal_partner_ids(env):
    """Return the ids of the partners of all internal users, archived ones included."""
    users = env["res.users"].sudo().with_context(active_test=False).search([("share", "=", False)])
    return frozenset(users.partner_id.ids)
