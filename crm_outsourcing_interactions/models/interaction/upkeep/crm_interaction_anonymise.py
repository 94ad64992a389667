from odoo import api, models
from odoo.tools import SQL

from ...events.keys import captured_key

RECORDED = ["partner_id", "why", "unknown_sender"]
"""What the record of changes repeats of the contact."""
ANONYMISED = "Anonymised"


class CrmInteraction(models.Model):
    """Anonymise interactions: erase what identifies the contact, keep the data behind figures.

    Client, date, type, direction, kind, hours and responsible remain, so that no figure changes. The links to message
    and document remain as well, since Odoo erases these itself, and so does the unique reference, which prevents a
    second logging; a reference that might contain an address is stored as a digest (see ``origin_key``).
    """

    _name = "crm.interaction"
    _inherit = ["crm.interaction", "crm.interaction.personal.mixin"]
    _personal_texts = ("subject", "note", "suggested_words", "why")

    @api.model
    def _personal_records(self, partners):
        """Return the visible records with personal data of ``partners`` (list of recordsets)."""
        self = self.with_context(active_test=False)
        addresses = partners._interaction_addresses()
        names = ("crm.interaction.type.change", "crm.interaction.scope", "crm.interaction.capture.error")
        own = self.search([("partner_id", "in", partners.ids)]) | self._naming(addresses)
        return [own, *(self.env[name]._naming(addresses) for name in names)]

    @api.model
    def _hidden_personal_count(self, partners):
        """Return how many records hold personal data of ``partners`` that the user may not see, as in other companies,
        and that stay therefore."""
        # sudo: how many there are, and nothing else of them
        everything = self.sudo()._personal_records(partners)
        return sum(map(len, everything)) - sum(map(len, self._personal_records(partners)))

    def _anonymise(self):
        """Empty contact and texts of these interactions and of the records of their changes.

        By SQL: ``write`` would record, as a change, what is being erased.
        """
        if not self:
            return
        self.env.flush_all()
        columns = SQL(", ").join(SQL("%s = NULL", SQL.identifier(n)) for n in (*self._personal_texts, "partner_id"))
        self.env.cr.execute(SQL("UPDATE crm_interaction SET %s WHERE id IN %s", columns, self._ids))
        statement = "UPDATE crm_interaction SET unknown_sender = %s WHERE unknown_sender IS NOT NULL AND id IN %s"
        self.env.cr.execute(SQL(statement, ANONYMISED, self._ids))
        self.env.cr.execute(
            SQL(
                "UPDATE crm_interaction_type_change SET before = before - %(names)s, after = after - %(names)s"
                " WHERE interaction_id IN %(ids)s",
                names=RECORDED,
                ids=self._ids,
            )
        )
        self.env.invalidate_all()
        self._notify_pages()


class CrmInteractionTypeChange(models.Model):
    """Erase contact and reason in the records of changes as well."""

    _name = "crm.interaction.type.change"
    _inherit = ["crm.interaction.type.change", "crm.interaction.personal.mixin"]
    _personal_texts = ("before", "after")

    def _anonymise(self):
        """See the interaction's."""
        self.interaction_id._anonymise()


class CrmInteractionScope(models.Model):
    """Erase notes on scopes that name a person."""

    _name = "crm.interaction.scope"
    _inherit = ["crm.interaction.scope", "crm.interaction.personal.mixin"]
    _personal_texts = ("note",)


class CrmInteractionCaptureError(models.Model):
    """Erase personal data in payloads; the interaction can still be logged."""

    _name = "crm.interaction.capture.error"
    _inherit = ["crm.interaction.capture.error", "crm.interaction.personal.mixin"]
    _personal_texts = ("error", "payload")

    def _anonymise(self):
        """Empty the subject, remove addresses from the payload, and replace the key by the one to log with."""
        for capture_error in self:
            payload = {**capture_error.payload, "subject": False}
            if payload.get("key"):
                payload["key"] = captured_key(payload["key"])
            capture_error._write_anonymised({"error": ANONYMISED, "payload": without_addresses(payload)})


def without_addresses(value):
    """Return a JSON value with the texts emptied that may hold an address.

    >>> without_addresses({"key": "sha1:6f", "recipients": [{"id": 7, "email": "anna@x.example"}]})
    {'key': 'sha1:6f', 'recipients': [{'id': 7, 'email': ''}]}
    """
    if isinstance(value, dict):
        return {name: without_addresses(item) for name, item in value.items()}
    if isinstance(value, list):
        return [without_addresses(item) for item in value]
    return "" if isinstance(value, str) and "@" in value else value
