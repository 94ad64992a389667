from odoo import api, models
from odoo.exceptions import AccessError

from .marks import mark, marked

BY_CODE = "interaction_by_code"
"""The mark under which code writes protected fields."""


class CrmInteractionProtectedMixin(models.AbstractModel):
    """Fields that only code may set.

    ``readonly=True`` and an invisible button protect nothing: over RPC any user who may write a record writes any of
    its fields. A model names the fields in ``_protected_fields``; code that sets them says so::

        class CrmInteractionThing(models.Model):
            _inherit = ["crm.interaction.protected.mixin"]
            _protected_fields = frozenset({"payload"})

        things._by_code().write({"payload": {}})
        things.write({"payload": {}})  # AccessError, in sudo too

    Superuser mode is no way around: portal posts and server actions run in it.
    """

    _name = "crm.interaction.protected.mixin"
    _description = "Fields Set by Code Only"
    _protected_fields = frozenset()

    def _by_code(self):
        """Return these records (recordset), allowed to write their protected fields."""
        return marked(self, BY_CODE)

    @api.model_create_multi
    def create(self, vals_list):
        """Create records.

        :raises AccessError: when ``vals_list`` sets a protected field; an empty value is what a form sends of a field
            that it shows.
        """
        for vals in vals_list:
            self._check_protected({name: value for name, value in vals.items() if value})
        return super().create(vals_list)

    @api.model
    def default_get(self, fields):
        """Return defaults, those of protected fields from the model alone: anybody chooses the context, and every
        employee may keep defaults of his or her own (``ir.default``)."""
        protected = self._protected_fields & set(fields)
        values = super().default_get([name for name in fields if name not in protected])
        return values | {name: self._own_default(name) for name in protected if self._fields[name].default}

    @api.model
    def _own_default(self, name):
        field = self._fields[name]
        value = field.convert_to_cache(field.default(self), self, validate=False)
        return field.convert_to_write(field.convert_to_record(value, self), self)

    def write(self, vals):
        """Write ``vals``.

        :raises AccessError: when ``vals`` name a protected field, or a company that is not the user's.
        """
        self._check_protected(vals)
        self._check_company_change(vals)
        return super().write(vals)

    def _check_company_change(self, vals):
        """Odoo checks rules of companies before a write, hence never the company that a record moves to; and no rule at
        all in superuser mode, in which portal posts and server actions run.

        :raises AccessError: when a record leaves or joins a company that is not the user's.
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
        """Return the names (set of str) of protected fields in ``vals`` (dict); extend it for values that depend on
        the record."""
        return self._protected_fields & vals.keys()

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
