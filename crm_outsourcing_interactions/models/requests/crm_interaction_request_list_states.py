from odoo import api, fields, models
from odoo.exceptions import UserError

from ..events.locks import wait_for_others


class CrmInteractionRequestList(models.Model):
    """Open and close request lists."""

    _inherit = "crm.interaction.request.list"

    is_contract_over = fields.Boolean("Contract Has Ended", compute="_compute_is_contract_over")

    @api.depends("commercial_partner_id.interaction_client_until", "company_id")
    def _compute_is_contract_over(self):
        for list_ in self:
            # sudo: when a contract ends is no secret of its lists
            client = list_.sudo().commercial_partner_id
            list_.is_contract_over = client._interaction_is_former(list_.company_id or self.env.company)

    def action_open(self):
        """Open draft lists: from now on the client sees them, and counts as one, so that its replies are its own.

        :raises UserError: when one has no items.
        """
        for list_ in self:
            if not list_.item_ids:
                raise UserError(self.env._("“%s” has no items. Add what you need from the client.", list_.name))
            list_._check_under_contract()
        self._count_clients()
        self.filtered(lambda list_: list_.state == "draft")._by_code().write({"state": "open"})

    def _count_clients(self):
        """Mark those of the clients of these lists as clients who do not count yet."""
        people = self.env["crm.interaction.people"]
        others = self.filtered(lambda list_: not people._is_client(list_.commercial_partner_id, list_.company_id))
        # sudo: users need not be allowed to edit contacts
        outsiders = others.commercial_partner_id.sudo().filtered(people._is_outsider)
        outsiders.is_outsourcing_client = True

    def _check_under_contract(self):
        if self.is_contract_over:
            raise UserError(self.commercial_partner_id._interaction_former_text())

    def action_close(self):
        """Close lists of which every item is accepted or not applicable, or whose client's contract has ended.

        :raises UserError: when something is still outstanding or to check.
        """
        self.check_access("write")
        wait_for_others(self)
        for list_ in self.filtered(lambda list_: not list_.is_contract_over):
            if left := list_.item_count - list_.done_count:
                raise UserError(
                    self.env._(
                        "Items still outstanding or to check: %s. Accept them or mark them as not applicable first.",
                        left,
                    )
                )
        self._by_code().write({"state": "closed"})
        self._settle_matters()
        self._update_check_activity()

    def action_reopen(self):
        """Reopen closed lists."""
        self.check_access("write")
        wait_for_others(self)
        closed = self.filtered(lambda list_: list_.state == "closed")
        closed._by_code().write({"state": "open"})
        closed._settle_matters()
        closed._update_check_activity()

    def _settle(self):
        """Close open lists of which the last item is done, let the last hand-over answer the matter or not, and have
        what arrived checked."""
        is_finished = self.filtered(lambda list_: list_.state == "open" and list_.item_count == list_.done_count)
        is_finished._by_code().write({"state": "closed"})
        self._settle_matters()
        self._update_check_activity()
