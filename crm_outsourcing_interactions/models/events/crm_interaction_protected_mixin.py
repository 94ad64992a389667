from odoo import api, models
from odoo.exceptions import AccessError

from .marks import mark, marked

BY_CODE = "interaction_by_code"
"""Name of the mark that permits writing protected fields."""


class CrmInteractionProtectedMixin(models.AbstractModel):
    """Restrict fields to be set by code only.

    ``readonly=True`` and invisible buttons give no protection: over RPC, users with write access may write any field.
    A model lists the fields in ``_protected_fields``; code sets them through ``_by_code``::

        class CrmInteractionThing(models.Model):
            _inherit = ["crm.interaction.protected.mixin"]
            _protected_fields = frozenset({"payload"})

        things._by_code().write({"payload": {}})
        things.write({"payload": {}})  # AccessError, in sudo too

    Superuser mode does not lift the protection, because portal posts and server actions run in it.

    Stored fields that are computed or related and not editable are protected, too: Odoo only shows them as readonly.
    """

    _name = "crm.interaction.protected.mixin"
    _description = "Fields Set by Code Only"
    _protected_fields = frozenset()
    _rule_fields = frozenset()
    """Fields that decide who may change a record: Odoo checks record rules before a write only."""

    def _by_code(self):
        """Return these records (recordset), allowed to write their protected fields."""
        return marked(self, BY_CODE)

    @api.model_create_multi
    def create(self, vals_list):
        """Create records.

        :raises AccessError: when ``vals_list`` sets a protected field. Empty values pass: forms send them for displayed
            fields.
        """
        for vals in vals_list:
            self._check_protected({name: value for name, value in vals.items() if value})
        return super().create(vals_list)

    @api.model
    def default_get(self, fields):
        """Return defaults, those of protected fields from the model only.

        Any caller controls the context, and every employee may store defaults (``ir.default``).
        """
        protected = {
            name for name in fields if name in self._protected_fields or self._is_derived(self._fields.get(name))
        }
        values = super().default_get([name for name in fields if name not in protected])
        return values | {name: self._own_default(name) for name in protected if self._fields[name].default}

    @api.model
    def _own_default(self, name):
        field = self._fields[name]
        value = field.convert_to_cache(field.default(self), self, validate=False)
        return field.convert_to_write(field.convert_to_record(value, self), self)

    def write(self, vals):
        """Write ``vals``.

        :raises AccessError: when ``vals`` contain a protected field or a company outside the user's companies, or move
            a record to where the user may not change it, see ``_rule_fields``.
        """
        self._check_protected(vals)
        self._check_company_change(vals)
        result = super().write(vals)
        if self._rule_fields & vals.keys() and not mark(self.env, BY_CODE):
            self.check_access("write")
        return result

    def _check_company_change(self, vals):
        """Check that the user may move the records to the company in ``vals``.

        Odoo applies record rules before a write, never to the new company, and not at all in superuser mode, in which
        portal posts and server actions run.

        :raises AccessError: when a record leaves or enters a company outside the user's companies.
        """
        if "company_id" not in vals or mark(self.env, BY_CODE):
            return
        moved = self.filtered(lambda record: record._is_changed("company_id", vals["company_id"]))
        companies = moved.company_id | self.env["res.company"].browse((moved and vals["company_id"]) or ())
        if companies - self.env.user.company_ids:
            raise AccessError(self.env._("You can move records only between companies that you have access to."))

    def _is_changed(self, name, value):
        """Return whether writing ``value`` to the field ``name`` changes one of these records."""
        field = self._fields[name]
        return any(
            field.convert_to_cache(record[name], record, validate=False)
            != field.convert_to_cache(value, record, validate=False)
            for record in self
        )

    @api.model
    def _protected_names(self, vals):
        """Return the names (set of str) of protected fields in ``vals`` (dict).

        Extend it for protection that depends on the record.
        """
        return {name for name in vals if name in self._protected_fields or self._is_derived(self._fields.get(name))}

    @api.model
    def _is_derived(self, field):
        """Return whether a field (possibly ``None``) is stored, and only its computation may set it."""
        return bool(field) and field.store and field.compute and field.readonly and not field.inverse

    @api.model
    def _check_protected(self, vals):
        if mark(self.env, BY_CODE):
            return
        if names := self._protected_names(vals):
            raise AccessError(
                self.env._(
                    "Only the system sets these fields of “%(model)s”: %(fields)s. Remove them from your request.",
                    model=self._description,
                    fields=", ".join(sorted(names)),
                )
            )
