from odoo import api, models


class CrmInteraction(models.Model):
    """Interactions follow their message, document or client when these are moved or merged."""

    _inherit = "crm.interaction"

    @api.model
    def _follow_messages(self, messages):
        """Go with ``messages`` to the document that holds them now."""
        for interaction in self._everything().search([("message_id", "in", messages.ids)]):
            message = interaction.message_id
            interaction.write({"res_model": message.model, "res_id": message.res_id})
            if message.model in self.env and hasattr(self.env[message.model], "_interaction_is_captured"):
                interaction._claim_moved(self.env[message.model].sudo().browse(message.res_id))

    @api.model
    def _follow_records(self, sources, target):
        """Go with what happened on the documents ``sources`` to ``target``, into which they were merged."""
        domain = [("res_model", "=", target._name), ("res_id", "in", sources.ids)]
        moved = self._everything().search(domain)
        moved.write({"res_id": target.id})
        moved._claim_moved(target.sudo())

    @api.model
    def _forget_clients(self, clients):
        """Make ready for the deletion of ``clients``: their interactions stay, without client.

        What was one contact with each of several clients would otherwise be twice the same without client.
        """
        interactions = self._everything().search([("commercial_partner_id", "in", clients.ids)])
        for interaction in interactions.filtered("origin_key"):
            interaction.origin_key = f"{interaction.origin_key}#{interaction.commercial_partner_id.id}"
        interactions.write({"commercial_partner_id": False})
        interactions.flush_recordset()
