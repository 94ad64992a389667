from odoo import api, fields, models

from ..events.groups import MANAGER


class CrmInteractionRequestList(models.Model):
    """Keep lists with somebody who may read them: by default the client's accountant, also after a change.

    A chosen colleague remains responsible while working for the client. During an absence the deputy acts.
    """

    _inherit = "crm.interaction.request.list"

    user_id = fields.Many2one(
        "res.users", "Responsible", compute="_compute_user_id", store=True, readonly=False, precompute=True,
        ondelete="set null", index="btree_not_null", tracking=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Checks the documents; the client's accountant by default, also after a change of accountant.",
    )  # fmt: skip

    @api.depends(
        "state",
        "commercial_partner_id.interaction_accountant_id",
        "commercial_partner_id.interaction_supervisor_id",
        "commercial_partner_id.interaction_team_ids",
    )
    def _compute_user_id(self):
        for list_ in self:
            list_.user_id = list_.user_id if list_.state == "closed" else list_._responsible()

    def _responsible(self):
        """Return who is responsible for this list now: the chosen user, else the first person of the client who may
        read it; possibly nobody."""
        return (self.user_id | self.commercial_partner_id._interaction_people()).filtered(self._is_read_by)[:1]

    def _is_read_by(self, user):
        """Return whether ``user``, who may be away, may read this list."""
        is_here = user.active and self.company_id in user.company_ids
        return is_here and (user in self.commercial_partner_id._interaction_people() or user.has_group(MANAGER))

    def _acting(self):
        """Return who acts for this list today (``res.users``, possibly none)."""
        return self._responsible()._interaction_stand_in()
