from odoo import api, fields, models
from odoo.fields import Domain

from ..events.groups import MANAGER, USER

KEEPING = ("interaction_accountant_id", "interaction_team_ids")
SUPERVISING = ("interaction_supervisor_id",)
DEPENDS = (*KEEPING, *SUPERVISING)


class ResPartner(models.Model):
    """Determine the clients of the current user, for record rules and filters.

    On the days of the deputyship, a deputy has the clients of the represented user. The condition is part of each
    query, so that nothing is stored and no job has to end it.
    """

    _inherit = "res.partner"

    interaction_is_mine = fields.Boolean(
        "My Client",
        compute="_compute_interaction_is_mine",
        search="_search_interaction_is_mine",
        groups="base.group_user",
    )
    interaction_is_supervised = fields.Boolean(
        "I Supervise",
        compute="_compute_interaction_is_mine",
        search="_search_interaction_is_supervised",
        groups="base.group_user",
    )
    interaction_is_shown = fields.Boolean(
        "Mine or Supervised",
        compute="_compute_interaction_is_mine",
        search="_search_interaction_is_shown",
        groups="base.group_user",
    )

    @api.depends(*DEPENDS)
    @api.depends_context("uid")
    def _compute_interaction_is_mine(self):
        # sudo: whether a client is one's own is no secret, whatever else one may read of it
        partners = self.sudo().with_context(active_test=False)
        mine = partners.search([("id", "in", self._origin.ids), ("interaction_is_mine", "=", True)])
        supervised = partners.search([("id", "in", self._origin.ids), ("interaction_is_supervised", "=", True)])
        for partner in self:
            partner.interaction_is_mine = partner._origin in mine
            partner.interaction_is_supervised = partner._origin in supervised
            partner.interaction_is_shown = partner.interaction_is_mine or partner.interaction_is_supervised

    def _search_interaction_is_mine(self, operator, _value):
        return self._interaction_held_domain(operator, KEEPING)

    def _search_interaction_is_supervised(self, operator, _value):
        return self._interaction_held_domain(operator, SUPERVISING)

    def _search_interaction_is_shown(self, operator, _value):
        return self._interaction_held_domain(operator, DEPENDS)

    def _interaction_may_see(self):
        """Return whether the user sees the interactions of this client: that of own roles, managers those of all."""
        return self.interaction_is_shown or self.env.user.has_group(MANAGER)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Let users write to people of their own clients also when they may not edit contacts: it is their work."""
        operations = super()._mail_get_operation_for_mail_message_operation(message_operation)
        user = self.env.user
        contacts = self.env["res.partner"].sudo(False)
        if message_operation == "create" and user.has_group(USER) and not contacts.has_access("write"):
            own = self.filtered(lambda partner: partner.commercial_partner_id._interaction_may_see())
            operations |= dict.fromkeys(own, "read")
        return operations

    @api.model
    def _interaction_held_domain(self, operator, names):
        """Return the domain of partners on which the user, or a user represented today, has one of the roles.

        :param names: fields of the roles.
        """
        if operator != "in":
            return NotImplemented
        holders = self.env["res.users"]._interaction_represented()
        return Domain.OR([Domain(name, "in", holders)] for name in names)
