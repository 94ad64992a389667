from datetime import datetime

from odoo import api, models
from odoo.tools import SQL

from ...events.reasons import because

NEVER = datetime.min, 0


class CrmInteraction(models.Model):
    """Merge duplicate interactions when clients are merged."""

    _inherit = "crm.interaction"

    @api.model
    def _merge_clients(self, sources, target):
        """Leave one interaction of each contact with several of these clients, which are about to become one.

        The others stay, marked as ignored; without that, the merge of partners would
        find the unique index violated and delete all interactions of ``sources``.

        :param sources: the clients that ``target`` (one) takes in, all ``res.partner``.
        """
        domain = [("commercial_partner_id", "in", (sources | target).ids), ("origin_key", "!=", False)]
        interactions = self._everything()
        for _key, double in interactions._read_group(domain, ["origin_key"], ["id:recordset"], [("__count", ">", 1)]):
            double._keep_one(double._preferred(target))

    def _keep_one(self, kept):
        """Ignore all of these (sudo) but ``kept``, one of them: they are the same contact. Further purposes stay."""
        double = (self - kept)._by_code()
        self._purposes_of(double).split_from_id = kept
        why = because("same_contact", kept=kept.id, key=kept.origin_key)
        double.write({"state": "ignored", "origin_key": False, "why": why})
        double.flush_recordset(["origin_key"])  # in one statement with what takes its place it would be twice there

    def _preferred(self, client):
        """Return the one of these (sudo) that is kept when they turn out to be the same contact with ``client``.

        A person's word wins, the latest one of several; else the interaction of ``client`` itself, then the oldest.
        """
        spoken = self._spoken_at()
        return max(self, key=lambda i: (spoken.get(i, NEVER), i.commercial_partner_id == client, -i.id))

    def _spoken_at(self):
        """Return ``{interaction: (moment, id of the change)}`` of the last decision by a user, if any.

        Ignoring it or adding a further purpose is a decision as well.
        """
        purposes = self._purposes_of(self)
        said = (self | purposes)._last_said()
        spoken = {
            interaction: said.get(interaction, (interaction.create_date.replace(microsecond=0), 0))
            for interaction in self
            if interaction.classified_by == "person" or (interaction.state == "ignored" and interaction in said)
        }
        for purpose in purposes:
            first, word = purpose.split_from_id, said.get(purpose, (purpose.create_date.replace(microsecond=0), 0))
            spoken[first] = max(spoken.get(first, NEVER), word)
        return spoken

    def _last_said(self):
        """Return ``{interaction: (moment, id of the change)}`` of the last change of type, direction or status."""
        # sudo: the record of changes
        changes = (
            self.env["crm.interaction.type.change"].sudo().search([("interaction_id", "in", self.ids)], order="id")
        )
        return {change.interaction_id: (change.date, change.id) for change in changes if change._is_of_type()}

    @api.model
    def _move_clients(self, contact, client):
        """Count for ``client`` what a merge has moved to ``contact``, one of its people."""
        if contact != client:
            self.env.cr.execute(
                SQL(
                    "UPDATE crm_interaction SET commercial_partner_id = %s WHERE commercial_partner_id = %s",
                    client.id,
                    contact.id,
                )
            )
        self.invalidate_model(["partner_id", "commercial_partner_id"], flush=False)

    @api.model
    def _move_client(self, contact):
        """Count what was contact with ``contact`` as a client of its own under the client it joined."""
        self._merge_clients(contact, contact.commercial_partner_id)
        interactions = self._everything().search([("commercial_partner_id", "=", contact.id)])
        interactions.commercial_partner_id = contact.commercial_partner_id
