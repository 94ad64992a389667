from odoo import api, models

CANCELLED = "#cancelled"
"""What the key of a document ends with that was cancelled: confirmed again, it is the same contact."""


class CrmInteraction(models.Model):
    """Interactions of documents that are cancelled, and perhaps confirmed again.

    Both leave a record. What a person has marked as “Not an interaction” stays so.
    """

    _inherit = "crm.interaction"

    @api.model
    def _take_back_documents(self, keys):
        """Ignore what was logged under ``keys`` (list of str) when a document was confirmed."""
        reason = self.env._("The document was cancelled before it was sent")
        domain = [("origin_key", "in", keys), ("state", "!=", "ignored"), ("event", "=like", "%_posted")]
        for interaction in self._of_documents().search(domain):
            interaction.write({"state": "ignored", "origin_key": interaction.origin_key + CANCELLED, "reason": reason})

    @api.model
    def _put_back_documents(self, keys):
        """Put back what :meth:`_take_back_documents` ignored, as it was."""
        taken_back = self._of_documents().search([("origin_key", "in", [key + CANCELLED for key in keys])])
        if not taken_back:
            return
        kept = taken_back._kept_before_cancelled()
        for interaction in taken_back:
            values = kept.get(interaction.id, {}) if interaction.state == "ignored" else {}
            interaction.write({**values, "origin_key": interaction.origin_key.removesuffix(CANCELLED)})
        taken_back.flush_recordset()  # what is confirmed now is told by the database to be the same contact

    def _kept_before_cancelled(self):
        """Return ``{id: state and reason before it was ignored}`` of these."""
        domain = [
            ("interaction_id", "in", self.ids), ("state_before", "!=", "ignored"), ("state_after", "=", "ignored")
        ]  # fmt: skip
        changes = self.env["crm.interaction.type.change"].search(domain, order="id")
        return {
            change.interaction_id.id: {name: change.before[name] for name in ("state", "reason")} for change in changes
        }

    def _is_cancelled(self):
        """Say whether it is ignored only as long as its document is cancelled."""
        return (self.origin_key or "").endswith(CANCELLED)

    @api.model
    def _of_documents(self):
        # sudo: whoever cancels a document may have no right here
        return self.sudo().with_context(active_test=False)._by_code()
