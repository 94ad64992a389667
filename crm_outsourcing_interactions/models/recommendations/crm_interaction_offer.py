from odoo import api, models


class CrmInteraction(models.Model):
    """A message on an opportunity is the offer that the opportunity says, before any rule is asked."""

    _inherit = "crm.interaction"

    @api.model
    def _prepare_type_vals(self, event):
        vals = super()._prepare_type_vals(event)
        if event.type_id or event.code != "message_out" or event.record._name != "crm.lead":
            return vals
        type_ = event.record.interaction_offer_type_id
        if not type_:
            return vals
        offer = {"type_id": type_.id, "kind_id": type_.kind_id.id, "direction": type_.direction}
        reason = self.env._("The opportunity offers it")
        return {**vals, **offer, "classified_by": "rule", "rule_id": False, "reason": reason, "state": "to_review"}
