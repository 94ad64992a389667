from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..events.settled_cache import settled_cache

ROLES = [
    ("request", "Request Within the Contract"),
    ("additional_request", "Request Beyond the Contract"),
    ("source_request", "Request for Source Data"),
    ("feedback", "Request for Feedback"),
    ("opinion", "Complaint or Praise"),
    ("scope_offer", "Offer to Extend the Scope"),
    ("client_report", "Client Report"),
]
INCOMING_ROLES = {"request", "additional_request", "opinion"}


class CrmInteractionType(models.Model):
    """Add the role by which the addon looks types up, independently of their codes::

        asked = env["crm.interaction.type"]._of_role("feedback")

    A type with a role is in use: it can be archived or deleted only after its role is removed.
    """

    _inherit = "crm.interaction.type"

    role = fields.Selection(
        ROLES,
        index="btree_not_null",
        copy=False,
        help="Role of this type in the system.\nRequest Within the Contract: checked against the client's contract "
        "scope.\nRequest Beyond the Contract: assigned to requests outside that scope or above its limit.\n"
        "Request for Source Data: many of them lead to the recommendation to take over data collection.\nOffer "
        "to Extend the Scope: type of the opportunity created from this recommendation.\nRequest for Feedback: "
        "the client's form shows the last and the next one.\n"
        "Complaint or Praise: a confirmed one with the client opinion “Complaint” opens a complaint.\n"
        "Client Report: type of the messages that take a report to the client.",
    )

    _role_unique = models.UniqueIndex(
        "(role) WHERE role IN ('additional_request', 'client_report', 'feedback', 'scope_offer')",
        "Another interaction type has this role, which only one can have. Remove it there first.",
    )

    @api.constrains("role", "active", "direction", "is_group", "parent_id")
    def _check_role(self):
        for type_ in (self | self.parent_id).filtered("role"):
            if not type_.active:
                raise ValidationError(type_._in_use_text())
            if type_.child_ids:
                raise ValidationError(
                    self.env._(
                        "The group “%s” cannot have a role. Remove the role, or give it to the types in the group.",
                        type_.display_name,
                    )
                )
            if (type_.direction == "incoming") != (type_.role in INCOMING_ROLES):
                raise ValidationError(
                    self.env._(
                        "The role “%(role)s” does not match the direction of “%(type)s”. Choose another role.",
                        role=type_._role_name(),
                        type=type_.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_role(self):
        for type_ in self.filtered("role"):
            raise UserError(type_._in_use_text())

    def _in_use_text(self):
        return self.env._(
            "“%(type)s” is used as “%(role)s” and cannot be archived or deleted. "
            "Remove its role first, or give the role to another type.",
            type=self.display_name,
            role=self._role_name(),
        )

    def _role_name(self):
        return dict(self._fields["role"]._description_selection(self.env))[self.role]

    @api.model
    def _of_role(self, role):
        """Return the types with ``role``, in their order; an empty recordset when there is none."""
        return self.browse(self._ids_of_role(role))

    @api.model
    @settled_cache("role")
    def _ids_of_role(self, role):
        # sudo: the poster may be a portal user; the cache must not depend on the first reader
        return tuple(self.sudo().search([("role", "=", role)]).ids)
