"""Name the groups of the addon."""

USER = "crm_outsourcing_interactions.group_user"
MANAGER = "crm_outsourcing_interactions.group_manager"


def is_searched(records, name, operator):
    """Return whether the search method of the field ``name`` (str) handles ``operator`` (str): *in*, from which Odoo
    derives the others.

    :raises AccessError: when the user lacks the groups of the field; Odoo checks only those of stored fields.
    """
    records._check_field_access(records._fields[name], "read")
    return operator == "in"
