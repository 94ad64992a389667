from odoo import api, fields, models
from odoo.exceptions import UserError

from ..events.crm_interaction_ranges_mixin import SEQUENCES
from ..events.settled_cache import settled_cache

RATIO_ROLES = [
    ("base", "Base (production, organisational)"),
    ("improvement", "Improvement"),
    ("additional", "Additional services"),
]


class CrmInteractionKind(models.Model):
    """Store the kinds of interactions: production, improvement, additional services, organisation.

    The ``ratio_role``, not the name, determines where the interactions of a kind enter the two ratios::

        improvement ratio         = improvement / base
        additional-services ratio = additional  / base

    A firm may rename the four seeded kinds, archive them or add its own. Once a kind
    has interactions, its role is frozen so that past figures stay valid.
    """

    _name = "crm.interaction.kind"
    _inherit = ["crm.interaction.code.mixin"]
    _description = "Interaction Kind"
    _interaction_field = "kind_id"
    _ranges = {"sequence": SEQUENCES, "color": (0, 11)}

    ratio_role = fields.Selection(
        RATIO_ROLES,
        required=True,
        default="base",
        help="Base: counted in the denominator of both ratios.\nImprovement and Additional services: the numerators.",
    )
    color = fields.Integer("Colour", help="Colour of the badges of this kind.")
    type_ids = fields.One2many("crm.interaction.type", "kind_id", string="Types")
    type_count = fields.Integer(compute="_compute_type_count")

    _code_unique = models.UniqueIndex(
        "(code)", "An interaction kind with this code already exists. Choose another code."
    )

    @api.depends("type_ids")
    def _compute_type_count(self):
        counts = dict(
            self.env["crm.interaction.type"]._read_group([("kind_id", "in", self.ids)], ["kind_id"], ["__count"])
        )
        for kind in self:
            kind.type_count = counts.get(kind._origin, 0)

    @api.model
    @settled_cache()
    def _ids_by_role(self):
        """Return ``{ratio role: kind ids}`` (cached), archived kinds included so that past figures stay valid."""
        # sudo: figures must not depend on the reader's access to kinds
        kinds = self.sudo().with_context(active_test=False).search(fields.Domain.TRUE)
        return {
            role: kinds.filtered(lambda kind, role=role: kind.ratio_role == role).ids for role, _name in RATIO_ROLES
        }

    def write(self, vals):
        """Write ``vals``.

        :raises UserError: when the ratio role of a kind in use changes.
        """
        self._check_unused_if_changed(
            vals,
            {"ratio_role"},
            self.env._(
                "The ratio role of “%(entry)s” cannot change: past ratios would change with it. "
                "Interactions of this kind: %(count)s. Archive the kind and add a new one instead."
            ),
        )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_types(self):
        if types := self.with_context(active_test=False).type_ids:
            raise UserError(
                self.env._(
                    "“%(kind)s” cannot be deleted: the types %(types)s belong to it. Delete or move them first.",
                    kind=types.kind_id[:1].display_name,
                    types=", ".join(types.mapped("code")),
                )
            )
