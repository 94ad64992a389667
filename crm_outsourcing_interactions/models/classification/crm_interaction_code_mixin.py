from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..events.crm_interaction_named_mixin import divisions
from ..events.crm_interaction_ranges_mixin import SEQUENCES


class CrmInteractionCodeMixin(models.AbstractModel):
    """Give kinds and types a stable code, a translated name and protection while in use.

    An inheriting model sets ``_interaction_field`` to the field of ``crm.interaction`` that refers to it, and
    ``_label_field`` to the field displayed beside the code.
    """

    _name = "crm.interaction.code.mixin"
    _inherit = [
        "crm.interaction.cached.mixin",
        "crm.interaction.in.use.mixin",
        "crm.interaction.named.mixin",
        "crm.interaction.ranges.mixin",
    ]
    _description = "Classification Entry"
    _order = "sequence, code, id"
    _rec_names_search = ["code", "name"]
    _interaction_field = None
    _label_field = "name"
    _ranges = {"sequence": SEQUENCES}

    code = fields.Char(required=True, copy=False, help="Unique, permanent code, e.g. 1.1.2.")
    name = fields.Char(required=True, translate=True)
    client_name = fields.Char(
        "Name for the Client",
        translate=True,
        help="Name in the client report, e.g. “Your questions”; kinds and types without one are not printed.",
    )
    description = fields.Text(
        translate=True, help="Interactions that belong here, e.g. requests covered by the contract."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    @api.depends(lambda self: ("code", self._label_field))
    @api.depends_context("lang")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = " ".join(filter(None, (entry.code, entry[self._label_field])))

    @api.model
    def _named(self, name, operator):
        return Domain.OR(
            Domain("code", "=", code) & Domain(field, operator, rest)
            for code, rest in divisions(name, " ")
            for field in {"name", self._label_field}
        )

    def copy_data(self, default=None):
        """Return the values of copies, each with a new code because codes are unique."""
        vals_list = super().copy_data(default=default)
        for entry, vals in zip(self, vals_list, strict=True):
            vals.setdefault("code", self.env._("%s (copy)", entry.code))
        return vals_list

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_unused(
            self.env._(
                "“%(entry)s” cannot be deleted. Interactions that have it: %(count)s. Archive it instead: "
                "it disappears from the choices and stays in past figures."
            )
        )

    @api.model
    def _by_code(self, code):
        """Return the entry with ``code``, archived or not; an empty recordset when there is none."""
        return self.with_context(active_test=False).search([("code", "=", code)], limit=1)

    def _used_entry(self):
        """Return ``(entry, number of its interactions)`` of the first entry in use, else ``None``.

        Implemented in ``models/interaction``, above this room.
        """

    def _check_unused(self, message):
        """Reject entries in use.

        :raises UserError: with ``message`` (placeholders ``entry``, ``count``) for the first entry in use.
        """
        if used := self._used_entry():
            entry, count = used
            raise UserError(message % {"entry": entry.display_name, "count": count})

    def _check_unused_if_changed(self, vals, names, message):
        """Call ``_check_unused`` for the entries whose fields ``names`` (set of str) change with ``vals``."""
        for name in names & vals.keys():
            field = self._fields[name]
            self.filtered(
                lambda entry, field=field: field.convert_to_write(entry[field.name], entry) != vals[field.name]
            )._check_unused(message)
