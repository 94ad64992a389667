import hashlib

from odoo import api, fields, models

from ...events.event import EVENT_DIRECTIONS
from ...events.marks import marked, without_requested

LONGEST_KEY = 128
OUTSIDE = "ref:"
"""What the keys of contacts begin with that people or other programs name; no captured one does."""
INVOICE_MOMENTS = {
    "invoice_posted": {"posted"},
    "invoice_sent": {"posted", "sent"},
    "credit_note_posted": {"posted"},
    "credit_note_sent": {"posted", "sent"},
}
"""At which settings an event of an invoice counts; one that was posted uncounted counts when sent."""


def origin_key(text):
    """Return ``text``, or a digest of it when it is too long for an index, or may hold somebody's address.

    A digest is its own key, and needs no erasure:

    >>> origin_key("account.move,7,issued")
    'account.move,7,issued'
    >>> len(origin_key("<anna@example.com>")), len(origin_key("x" * 5000))
    (45, 45)
    >>> origin_key(origin_key("<anna@example.com>")) == origin_key("<anna@example.com>")
    True
    """
    if "@" not in text and len(text) <= LONGEST_KEY:
        return text
    return "sha1:" + hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def captured_key(text):
    """Return the key of a captured contact; one that looks like somebody's reference is told from it.

    >>> captured_key("account.move,7,issued"), captured_key("ref:1:pbx-7") == "ref:1:pbx-7"
    ('account.move,7,issued', False)
    """
    return origin_key(f" {text}" if text.startswith(OUTSIDE) else text)


def outside_key(reference, company_id):
    """Return the key of a contact that a person or another program gave a ``reference`` (str).

    It is unique within a company (id), and never the key of an event, which it would suppress:

    >>> outside_key("pbx-7", 1), outside_key("account.move,7,issued", 1)
    ('ref:1:pbx-7', 'ref:1:account.move,7,issued')

    What was exported is found again:

    >>> [outside_key(outside_key(text, 1), 1) == outside_key(text, 1) for text in ("pbx-7", "a@b", "x" * 5000)]
    [True, True, True]
    """
    prefix = f"{OUTSIDE}{company_id}:"
    return prefix + origin_key(reference.removeprefix(prefix))


class CrmInteraction(models.Model):
    """The one entry point of capture: events in, interactions out."""

    _inherit = "crm.interaction"

    @api.model
    def _log(self, events, returning=True):
        """Log captured ``events``, each contact once; never disturb what caused them.

        One statement however many events there are. An event whose key is known
        already for that client adds nothing, also when another worker logs it at the
        same moment. A fault is undone alone, the caller's work goes on, and the event
        is kept under *Capture Errors*.

        :param list events: ``Event`` objects of ``models/events/event.py``.
        :param bool returning: whether the caller wants to know what is new; it costs half of the time.
        :return: the new interactions, in sudo mode; empty when there is nothing new.

        >>> env["crm.interaction"]._log([Event("invoice_paid", move, f"account.move,{move.id},paid")])
        crm.interaction(1,)
        """
        log = without_requested(self.sudo())  # the poster may be a customer on the portal, without any right here
        try:
            if len(events) > 1:
                log = marked(log, "interaction_requests", {})  # what of the batch counts against agreed limits
            vals_list = [log._prepare_interaction_vals(event) for event in events if log._is_logged(event)]
            return log._insert_once(vals_list, returning)
        except Exception as error:
            capture_errors = self.env["crm.interaction.capture.error"]
            capture_errors._keep(error, lambda: [capture_errors._event_payload(event) for event in events])
            return log.browse()

    @api.model
    def _logged_as_sent(self, messages):
        """Return what ``messages`` are logged as having been sent, and counts; no further purposes of it."""
        sent = [code for code, direction in EVENT_DIRECTIONS.items() if direction == "outgoing"]
        domain = [("message_id", "in", messages.ids), ("event", "in", sent), ("split_from_id", "=", False)]
        # sudo: whoever undoes a message may have no right here
        return self.sudo().search(domain)

    def _take_back(self):
        """Ignore these: it has turned out that they did not happen, whatever type a person has given them."""
        # sudo: as in _logged_as_sent
        undone = self.sudo()._by_code()
        undone.write({"state": "ignored", "reason": self.env._("Cancelled before it was sent")})

    @api.model
    def _is_logged(self, event):
        """Say whether the company wants this event. Extend it for switches of your own."""
        return self._is_event_logged(event.code, event.settings)

    @api.model
    def _is_event_logged(self, code, settings):
        """Say whether the event ``code`` is wanted under a company's ``settings``, a dict by field."""
        if code.startswith("credit_note_") and not settings["interaction_log_credit_note"]:
            return False
        if code in INVOICE_MOMENTS:
            return settings["interaction_log_invoice"] in INVOICE_MOMENTS[code]
        return settings.get(f"interaction_log_{code}", True)

    @api.model
    def _prepare_interaction_vals(self, event):
        """Return the values of the interaction that a captured event becomes.

        Extend it to fill fields of your own; computed ones are not computed here, for
        the sake of the queries they would cost.
        """
        return {
            **event.ids,
            "date": event.date or fields.Datetime.now(),
            "commercial_partner_id": event.client_id,
            "direction": event.direction,
            "channel": event.channel,
            "polarity": event.polarity,
            "subject": event.subject,
            "message_id": event.message_id,
            "event": event.code,
            "origin_key": captured_key(event.key),
            "active": True,
            **self._prepare_type_vals(event),
        }

    @api.model
    def _prepare_type_vals(self, event):
        """Return what classification says of the event; *to classify* when it says nothing."""
        if event.automatic:
            reason = self.env._("Automatic mail: %s", event.automatic)
            return {"type_id": False, "state": "ignored", "active": False, "reason": reason, "duration": 0.0}
        if event.type_id:
            return self._prepare_given_type_vals(event)
        rule = self.env["crm.interaction.rule"]._classify(event, event.company)
        if not rule:
            return {"type_id": False, "state": "to_review", "reason": event.hint, "duration": event.duration}
        vals = {
            "type_id": rule.type_id,
            "kind_id": rule.kind_id,
            "classified_by": "rule",
            "rule_id": rule.id,
            "reason": event.hint or rule.reason,
            "direction": rule.direction,
            "polarity": event.polarity or rule.polarity,
            "duration": event.duration or rule.duration,
            "state": "confirmed" if rule.confirms and not event.hint else "to_review",
        }
        return self.env["crm.interaction.scope"]._apply(event, vals)

    @api.model
    def _prepare_given_type_vals(self, event):
        type_ = self.env["crm.interaction.type"].browse(event.type_id)
        return {
            "type_id": type_.id,
            "kind_id": type_.kind_id.id,
            "direction": type_.direction,
            "classified_by": "person" if event.by_person else "rule",
            "reason": self._given_reason(event),
            "duration": event.duration,
            "state": "confirmed",
        }

    @api.model
    def _given_reason(self, event):
        if event.by_person:
            return self.env._("Chosen by %s", event.user.name or self.env.user.name)
        return self.env._("The document says it")

    @api.model
    def _classify_fresh(self, records, type_, reason):
        """Give ``type_`` to what was captured on ``records`` in this transaction and no person has classified.

        :return: those of ``records`` on which there was something.
        """
        # sudo: automations run for whoever triggers them
        fresh = self.sudo().search(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("create_date", ">=", self.env.cr.now()),
                ("classified_by", "!=", "person"),
                "|",
                ("direction", "=", False),
                ("direction", "=", type_.direction or False) if type_ else ("id", "!=", False),
            ]
        )
        if type_:
            vals = {"type_id": type_.id, "classified_by": "rule", "rule_id": False, "reason": reason}
            fresh._by_code().write({**vals, "state": "confirmed"})
        return records.browse(set(fresh.mapped("res_id")))
