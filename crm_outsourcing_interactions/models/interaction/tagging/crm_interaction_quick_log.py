from datetime import timedelta

from odoo import api, models

LOGGED = {"date", "direction", "partner_id", "type_id", "polarity", "duration", "note", "subject", "channel"}
"""Fields that the card writes."""
JUST_DONE = timedelta(minutes=1)


class CrmInteraction(models.Model):
    """Log interactions outside Odoo with the card in the corner of the page."""

    _inherit = "crm.interaction"

    @api.model
    def action_quick_log(self, model=False, res_id=False):
        """Return the action that opens the card.

        :param str model: the document on the screen, if any; its client is filled in.
        """
        values = self.quick_log_defaults(model, res_id)
        return {"type": "ir.actions.client", "tag": "interaction_quick_log", "params": values}

    @api.model
    @api.readonly
    def quick_log_defaults(self, model=False, res_id=False):
        """Return what the card is filled with: ``partner_id`` and ``subject``, if the user may read the document.

        :raises AccessError: when the user does not belong to the user group.
        """
        self._check_may_classify()
        if not res_id or model not in self.env or not hasattr(self.env[model], "_mail_get_partners"):
            return {}
        record = self.env[model].browse(res_id).exists()
        if not record or not record.has_access("read"):
            return {}
        # sudo: only the client of a readable document
        record = record.sudo()
        people = self.env["crm.interaction.people"]
        clients = record._mail_get_partners()[record.id].filtered(people._is_client)
        subject = record.display_name if model != "res.partner" else ""
        return {"partner_id": clients[:1].id, "subject": subject}

    @api.model
    def quick_log(self, values, interaction_id=False):
        """Log an interaction, or complete one that was captured, with the user's rights.

        :param dict values: of the fields :data:`LOGGED`; others are left out.
        :return: ``{"id": …, "undo": ids for undo_tag, empty for a new interaction, "counts": see review_counts}``.
        """
        values = {name: value for name, value in values.items() if name in LOGGED}
        interaction = self.browse(interaction_id) if interaction_id else self.create(values)
        undo = interaction._changes_of(lambda: interaction.write(values)).ids if interaction_id else []
        return {"id": interaction.id, "undo": undo, "counts": self.review_counts()}

    @api.model
    @api.readonly
    def logged_call(self, model, res_id):
        """Return what the card shows of a call on a document that the user has just marked as done, or ``False``."""
        domain = [
            ("res_model", "=", model),
            ("res_id", "=", res_id),
            ("event", "=", "activity_done"),
            ("channel", "=", "phone"),
            ("create_uid", "=", self.env.uid),
            ("create_date", ">=", self.env.cr.now() - JUST_DONE),
        ]
        call = self.search(domain, limit=1, order="id desc")
        names = ["date", "direction", "partner_id", "type_id", "duration", "note", "subject"]
        return call and call.read(names, load="")[0]
