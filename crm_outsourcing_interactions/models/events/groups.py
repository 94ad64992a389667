"""Name the groups of the addon."""

USER = "crm_outsourcing_interactions.group_user"
MANAGER = "crm_outsourcing_interactions.group_manager"
