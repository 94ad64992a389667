"""Make the actions that buttons return: window actions with access checks, and notifications."""

from lxml import etree

from odoo.exceptions import AccessError, UserError

CLOSE = {"type": "ir.actions.act_window_close"}
RELOAD = {"type": "ir.actions.client", "tag": "soft_reload"}


def notification_action(message, kind="success", then=None, **params):
    """Return the action that shows ``message`` (str) in the corner and goes on with the action ``then``.

    >>> notification_action("Done.", then=CLOSE)["params"]
    {'message': 'Done.', 'type': 'success', 'next': {'type': 'ir.actions.act_window_close'}}

    :param kind: ``"success"``, ``"warning"``, ``"danger"`` or ``"info"``.
    :param params: further ones of Odoo's ``display_notification``, e.g. ``sticky``.
    """
    params = {"message": message, "type": kind, **params}
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {**params, "next": then} if then else params,
    }


def addon_action(env, name):
    """Return the window action ``name`` (str, without the module) of the addon, a dict for the web client.

    :raises AccessError: when the user may not read the model of the action, which Odoo does not check.
    """
    action = env["ir.actions.act_window"]._for_xml_id(f"crm_outsourcing_interactions.{name}")
    env[action["res_model"]].browse().check_access("read")
    del action["display_name"]  # the web client prefers it to a name that the caller sets
    return action


def document_action(record):
    """Return the action that opens the form of ``record`` (one).

    :raises UserError: when the reader may not open it; some forms show fields restricted to users of their app.
    """
    if not may_open(record):
        raise UserError(
            record.env._(
                "You do not have the rights to open this document (%s). Ask an administrator for access to its app.",
                record.env["ir.model"]._get(record._name).sudo().name,
            )
        )
    return record.get_formview_action()


def may_open(record):
    """Return whether the reader may read ``record`` (one) and everything on its form."""
    if not record.has_access("read"):
        return False
    form = etree.fromstring(record.get_view(record.get_formview_id(), "form")["arch"])
    names = {node.get("name") for node in form.iter("field")} & record._fields.keys()
    shown = {"fields": {"display_name": {}}}
    try:
        record.web_read({name: shown if record._fields[name].relational else {} for name in names})
    except AccessError:
        return False
    return True
