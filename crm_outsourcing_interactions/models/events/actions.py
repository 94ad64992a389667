"""The addon's actions, for the buttons that open them."""


def addon_action(env, name):
    """Return the window action ``name`` (str, without the module) of the addon, a dict for the web client.

    :raises AccessError: when the user may not read what it lists; Odoo gives an action to anybody.
    """
    action = env["ir.actions.act_window"]._for_xml_id(f"crm_outsourcing_interactions.{name}")
    env[action["res_model"]].browse().check_access("read")
    return action
