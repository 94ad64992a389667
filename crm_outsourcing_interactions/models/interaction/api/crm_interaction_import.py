from odoo import api, models
from odoo.exceptions import UserError

from ...events.keys import outside_key


class CrmInteraction(models.Model):
    """Import interactions from a file without duplicates; unchanged values do not count as a user's decision."""

    _inherit = "crm.interaction"

    def _load_records_write(self, values):
        """Write different values only, so that reimporting an unchanged export has no effect."""
        changed = {name: value for name, value in values.items() if self._is_imported_change(name, value)}
        return super()._load_records_write(changed) if changed else None

    def _is_imported_change(self, name, value):
        field = self._fields.get(name)
        if not field or name == "id":
            return bool(not field)  # unknown field: let Odoo raise
        if name == "origin_key" and value:
            return outside_key(str(value), self.company_id.id) != self.origin_key != value
        return field.type in ("one2many", "many2many") or self._is_changed(name, value)

    def _load_records_create(self, values):
        """Import new interactions; existing ones with the same reference and client stay unchanged.

        :raises UserError: when a reference belongs to an interaction that the user may not see.
        """
        keys = [self._imported_key(vals) for vals in values]
        known = self._known_imports([reference for reference, _client_id in keys if reference])
        new = {key: vals for key, vals in zip(keys, values, strict=True) if key[0] and key not in known}
        known |= dict(zip(new, super()._load_records_create(list(new.values())).ids, strict=True))
        others = [vals for key, vals in zip(keys, values, strict=True) if not key[0]]
        created = iter(super()._load_records_create(others).ids)
        return self.browse(known[key] if key[0] else next(created) for key in keys)

    @api.model
    def _imported_key(self, vals):
        partner = self.env["res.partner"].browse(vals.get("partner_id") or ())
        reference = vals.get("origin_key")
        company_id = vals.get("company_id") or self.env.company.id
        return reference and outside_key(str(reference), company_id), partner.commercial_partner_id.id

    @api.model
    def _known_imports(self, references):
        # sudo: interactions outside the user's access count as well
        interactions = self.sudo().with_context(active_test=False).search([("origin_key", "in", references)])
        mine = interactions.with_env(self.env)._filtered_access("read")
        if hidden := interactions - mine.sudo():
            raise UserError(
                self.env._(
                    "The unique reference “%s” belongs to an interaction that you cannot see. Remove the row.",
                    hidden[0].origin_key.rpartition(":")[2],
                )
            )
        return {(i.origin_key, i.commercial_partner_id.id): i.id for i in interactions}
