from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..events.reasons import because

DIRECTIONS = [("incoming", "Incoming"), ("outgoing", "Outgoing")]


class CrmInteractionType(models.Model):
    """Store the types of interactions, with codes such as 1.1.2.

    Types form a tree: a type with children is only a group and cannot be chosen. Look types up by XML id or
    code, never by name, which users may edit::

        type_ = env["crm.interaction.type"]._by_code("4.2.2")
    """

    _name = "crm.interaction.type"
    _inherit = ["crm.interaction.code.mixin"]
    _description = "Interaction Type"
    _parent_store = True
    _interaction_field = "type_id"
    _label_field = "short_name"
    _rec_names_search = ["code", "short_name", "name"]

    kind_id = fields.Many2one("crm.interaction.kind", required=True, index=True, ondelete="restrict")
    direction = fields.Selection(
        DIRECTIONS,
        required=True,
        default="incoming",
        help="Incoming: the client contacts the firm. Outgoing: the firm contacts the client.",
    )
    parent_id = fields.Many2one(
        "crm.interaction.type",
        string="Group",
        index=True,
        ondelete="restrict",
        domain="[('kind_id', '=', kind_id), ('direction', '=', direction), ('id', '!=', id)]",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many(
        "crm.interaction.type", "parent_id", string="Grouped Types", context={"active_test": False}
    )
    is_group = fields.Boolean(
        "Only a Group",
        compute="_compute_is_group",
        store=True,
        help="A type that groups others cannot be chosen itself.",
    )
    color = fields.Integer("Colour", related="kind_id.color")
    confirms_suggestions = fields.Boolean(
        "Confirm Learnt Suggestions",
        help="Suggestions of this type count as confirmed while their measured precision is at least the threshold "
        "in the settings.",
    )

    _code_unique = models.UniqueIndex(
        "(code)", "An interaction type with this code already exists. Choose another code."
    )

    @api.depends("child_ids")
    def _compute_is_group(self):
        for type_ in self:
            type_.is_group = bool(type_.child_ids)

    @api.constrains("is_group")
    def _check_is_group(self):
        """Reject values written over RPC: a computed field is readonly in forms only."""
        for type_ in self:
            if type_.is_group != bool(type_.child_ids):
                raise ValidationError(
                    self.env._(
                        "“%s” is a group only while it has grouped types. Change its grouped types instead.",
                        type_.display_name,
                    )
                )

    @api.constrains("parent_id", "kind_id", "direction")
    def _check_same_as_group(self):
        for type_ in self | self.child_ids:
            group = type_.parent_id
            if group and (group.kind_id, group.direction) != (type_.kind_id, type_.direction):
                raise ValidationError(
                    self.env._(
                        "“%(type)s” must have the kind and the direction of its group “%(group)s”.",
                        type=type_.display_name,
                        group=group.display_name,
                    )
                )

    @api.constrains("parent_id")
    def _check_group_unused(self):
        self.parent_id._check_unused(
            self.env._(
                "“%(entry)s” cannot become a group. Interactions of this type: %(count)s. Give them another type first."
            )
        )
        if rule := self.parent_id._rule_of_any():
            raise ValidationError(
                self.env._(
                    "“%(type)s” cannot become a group: the rule “%(rule)s” gives it. Change the rule first.",
                    type=rule.type_id.display_name,
                    rule=rule.name,
                )
            )

    @api.model
    def _set_given_type(self, events):
        """Set the type chosen by the writer or implied by the document; ignore automatic mail."""
        for event in events:
            if event.automatic:
                why = because("automatic_mail", header=event.automatic)
                event.vals |= {"type_id": False, "state": "ignored", "active": False, "why": why, "duration": 0.0}
            elif event.type_id:
                event.vals |= self.browse(event.type_id)._prepare_given_vals(event)
        return events

    def _prepare_given_vals(self, event):
        """Return the interaction values of an event of this given type."""
        name = (event.user or self.env.user).name
        says = because("chosen", name=name) if event.by_person else because("document")
        return {
            "type_id": self.id,
            "kind_id": self.kind_id.id,
            "direction": self.direction,
            "classified_by": "person" if event.by_person else "rule",
            "why": event.why or says,
            "duration": event.duration,
            "state": "confirmed",
        }

    def write(self, vals):
        """Write ``vals``.

        :raises UserError: when kind or direction of a type in use change, or a type becomes its own descendant.
        """
        self._check_no_cycle(vals.get("parent_id"))
        self._check_unused_if_changed(
            vals,
            {"kind_id", "direction"},
            self.env._(
                "Kind and direction of “%(entry)s” cannot change: past shares would change with them. "
                "Interactions of this type: %(count)s. Archive the type and add a new one instead."
            ),
        )
        return super().write(vals)

    def _check_no_cycle(self, parent_id):
        inside = self.with_context(active_test=False).search([("id", "child_of", self.ids)]) if parent_id else self
        if parent_id in inside.ids:
            raise UserError(self.env._("A type cannot be inside itself. Choose another group."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given_by_rule(self):
        if rule := self._rule_of_any():
            raise UserError(
                self.env._(
                    "“%(type)s” cannot be deleted: the rule “%(rule)s” gives it. "
                    "Archive the type, or change the rule first.",
                    type=rule.type_id.display_name,
                    rule=rule.name,
                )
            )

    def _rule_of_any(self):
        """Return one rule that sets one of these types, including archived rules and those of other companies."""
        # sudo: rules of companies outside the user's access count as well
        rules = self.env["crm.interaction.rule"].sudo().with_context(active_test=False)
        return rules.search([("type_id", "in", self.ids)], limit=1)
