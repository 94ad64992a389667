from odoo import api, models
from odoo.fields import Domain


class CrmInteractionRequestList(models.Model):
    """Merge lists of one period when their clients are merged."""

    _inherit = "crm.interaction.request.list"

    @api.model
    def _merge_clients(self, partners, client):
        """Merge the lists of ``partners`` that are not closed into those of ``client`` for the same period.

        Of several lists the first one of ``client``, else the oldest one, is kept.
        """
        domain = Domain("commercial_partner_id", "in", (partners | client).ids) & Domain("state", "!=", "closed")
        same = ("company_id", "period", "period_length")
        for lists in (
            self.search(domain, order="id").grouped(lambda list_: tuple(list_[name] for name in same)).values()
        ):
            own = lists.filtered(lambda list_: list_.commercial_partner_id == client)
            kept = (own or lists)[0]
            (lists - kept)._merge_into(kept)

    def _merge_into(self, kept):
        """Move everything of these lists to the list ``kept`` and delete them."""
        if not self:
            return
        kept = kept._by_code()
        if "open" in self.mapped("state"):
            kept.state = "open"
        if set((self | kept).mapped("audience")) != {"client"}:
            kept.audience = "person"
        for item in self.item_ids:  # the person is kept by writing it: it still belongs to the other client
            item._by_code().write({"list_id": kept.id, "partner_id": item.partner_id.id})
        kept.write({name: (kept | self)[name].ids for name in ("reply_ids", "reply_file_ids")})
        self.handover_ids.list_id = kept
        self.saving_ids.list_id = kept
        self.env["crm.interaction.request.letter"].search([("list_id", "in", self.ids)]).list_id = kept
        self.message_ids.res_id = kept.id
        moved = Domain("res_id", "in", self.ids) & Domain("res_model", "=", self._name)
        self.env["crm.interaction"]._everything().search(moved)._by_code().write({"res_id": kept.id})
        self.env["ir.attachment"].search(moved).res_id = kept.id
        self.invalidate_recordset()
        self.unlink()
        kept._update_check_activity()
