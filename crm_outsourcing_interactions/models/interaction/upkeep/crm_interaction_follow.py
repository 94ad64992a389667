from odoo import api, models
from odoo.tools import SQL


class CrmInteraction(models.Model):
    """Move interactions with their message, document or client when these are moved or merged."""

    _inherit = "crm.interaction"

    @api.model
    def _follow_messages(self, former):
        """Go with messages to the document that holds them now.

        What stood elsewhere stays there, e.g. that a letter about several lists names another one.

        :param dict former: the model and the id of the document that held each message.
        """
        for interaction in self._everything().search([("message_id", "in", [message.id for message in former])]):
            message = interaction.message_id
            if (interaction.res_model or False, interaction.res_id or False) != former[message]:
                continue
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
        """Make ready for the deletion of ``clients``: their interactions stay; the database takes the client out.

        What was one contact with each of several clients would otherwise be twice the same without client.
        """
        self._record_pointer("commercial_partner_id", clients.ids)
        self.env.cr.execute(
            SQL(
                "UPDATE crm_interaction i SET origin_key = origin_key || '#' || commercial_partner_id"
                " WHERE commercial_partner_id = ANY(%(ids)s) AND EXISTS (SELECT FROM crm_interaction other"
                " WHERE other.origin_key = i.origin_key AND other.id <> i.id AND (other.commercial_partner_id IS NULL"
                " OR other.commercial_partner_id = ANY(%(ids)s) AND other.id < i.id))",
                ids=clients.ids,
            )
        )
        self.invalidate_model(["origin_key"], flush=False)
