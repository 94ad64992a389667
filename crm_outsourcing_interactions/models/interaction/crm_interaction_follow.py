from odoo import api, models


class CrmInteraction(models.Model):
    """Interactions follow their message, document or client when these are moved or merged."""

    _inherit = "crm.interaction"

    @api.model
    def _follow_messages(self, messages):
        """Go with ``messages`` to the document that holds them now."""
        # sudo: whoever may move messages may have no right here
        interactions = self.sudo().with_context(active_test=False).search([("message_id", "in", messages.ids)])
        for interaction in interactions:
            message = interaction.message_id
            interaction.write({"res_model": message.model, "res_id": message.res_id})

    @api.model
    def _follow_records(self, sources, target):
        """Go with what happened on the documents ``sources`` to ``target``, into which they were merged."""
        # sudo: as above
        interactions = self.sudo().with_context(active_test=False)
        domain = [("res_model", "=", target._name), ("res_id", "in", sources.ids)]
        interactions.search(domain).write({"res_id": target.id})

    @api.model
    def _merge_clients(self, sources, target):
        """Make ready for clients becoming one: what was a contact with each of them is now one contact.

        The others stay, marked as ignored; without that, the merge of partners would
        find the unique index violated and delete all interactions of ``sources``.
        """
        domain = [("commercial_partner_id", "in", (sources | target).ids), ("origin_key", "!=", False)]
        # sudo: as above
        interactions = self.sudo().with_context(active_test=False)
        for key, double in interactions._read_group(domain, ["origin_key"], ["id:recordset"], [("__count", ">", 1)]):
            kept = double.sorted(lambda i: (i.commercial_partner_id != target, i.id))[0]
            reason = self.env._("One contact with %(kept)s since clients were merged (%(key)s)", kept=kept.id, key=key)
            (double - kept).write({"state": "ignored", "origin_key": False, "reason": reason})

    @api.model
    def _move_client(self, contact):
        """Count what was contact with ``contact`` as a client of its own under the client it joined."""
        self._merge_clients(contact, contact.commercial_partner_id)
        # sudo: as above
        interactions = self.sudo().with_context(active_test=False)
        interactions = interactions.search([("commercial_partner_id", "=", contact.id)])
        interactions.commercial_partner_id = contact.commercial_partner_id

    @api.model
    def _forget_clients(self, clients):
        """Make ready for the deletion of ``clients``: their interactions stay, without client.

        What was one contact with each of several clients would otherwise be twice the same without client.
        """
        # sudo: as above
        interactions = self.sudo().with_context(active_test=False)
        domain = [("commercial_partner_id", "in", clients.ids), ("origin_key", "!=", False)]
        for interaction in interactions.search(domain):
            interaction.origin_key = f"{interaction.origin_key}#{interaction.commercial_partner_id.id}"
