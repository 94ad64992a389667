"""Define the permitted retries of a *Capture Error*, whatever its payload contains."""

from odoo.exceptions import UserError

from ...events.event import Event


def retry_event(env, payload, _records):
    """Log a whole event."""
    env["crm.interaction.pipeline"]._run([Event.from_json(env, payload)])


def retry_message(env, payload, records):
    """Read a message again.

    :raises UserError: when it was deleted.
    """
    message = env["mail.message"].browse(payload["message_id"]).exists()
    if not message:
        raise UserError(
            env._(
                "The message was deleted, so the interaction cannot be captured. Log the interaction by hand or "
                "delete this entry."
            )
        )
    env["crm.interaction.capture"]._message(records, message, {}, payload["recipients"])


def retry_documents(env, payload, records):
    """Log an event of documents again."""
    [code] = payload["args"]
    env["crm.interaction.capture"]._documents(code, records)


def calling(name, model="crm.interaction.capture"):
    """Return a retry that calls a method of ``model`` with the records and what was kept."""
    return lambda env, payload, records: getattr(env[model], name)(records, *payload.get("args", ()))


RETRIES = {
    "event": retry_event,
    "_message": retry_message,
    "_documents": retry_documents,
    **{
        name: calling(name)
        for name in (
            "_automation_retry",
            "_campaign",
            "_delivered",
            "_meetings",
            "_ratings",
            "_requests",
            "_template_mails_retry",
        )
    },
    **{name: calling(name, "crm.interaction") for name in ("_follow_documents", "_take_back_documents", "_undo_mails")},
}
"""Name in a payload → what is done with (environment, payload, records). Add those of your own events."""
