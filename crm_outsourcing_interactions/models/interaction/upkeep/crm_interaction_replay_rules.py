from odoo import models

from .crm_interaction_replay import DOCUMENT_BATCH_SIZE


class CrmInteractionReplay(models.Model):
    """Reapply changed rules to logged interactions."""

    _inherit = "crm.interaction.replay"

    def _reclassify_batch(self):
        """Reapply the rules to a batch of interactions that no user has classified."""
        after = (self.progress or {}).get("interactions", 0)
        domain = [*self._unconfirmed_domain(), ("id", ">", after)]
        interactions = self.env["crm.interaction"].search(domain, order="id", limit=DOCUMENT_BATCH_SIZE)
        if not interactions:
            return self._finish()
        interactions.message_id.fetch(["subject", "body"])
        changes = {}
        for interaction in interactions:
            self._reclassify(interaction, changes)
        self._count(changes)
        self.read_count += len(interactions)
        self.progress = {"interactions": interactions[-1].id}

    def _unconfirmed_domain(self):
        """Return the domain of the captured interactions of clients and period that no user has classified."""
        return [*self._domain(), ("event", "!=", False), ("classified_by", "!=", "person")]

    def _reclassify(self, interaction, changes):
        document = interaction._document() if interaction.res_model in self.env else None
        if interaction._has_given_type() or not document or not document.exists():
            return
        vals = self.env["crm.interaction.pipeline"]._typed(interaction._as_event(document))
        if vals.get("type_id") == interaction.type_id.id:
            return
        before, after = interaction.kind_id.id, vals.get("kind_id") or False
        changes[before] = changes.get(before, 0) - 1
        changes[after] = changes.get(after, 0) + 1
        if self.state == "running":
            kept = ("type_id", "rule_id", "why", "suggested_words", "state", "service_id", "polarity")
            by = {"classified_by": vals.get("classified_by") or False}
            interaction._by_code().write({**{name: vals[name] for name in kept if name in vals}, **by})
