from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CrmInteractionInUseMixin(models.AbstractModel):
    """Explain that what other records refer to is archived, where the database would only refuse its deletion."""

    _name = "crm.interaction.in.use.mixin"
    _description = "Archived While in Use"

    # Odoo calls such checks in the order of their names: those that know more, _unlink_except_…, come first
    @api.ondelete(at_uninstall=False)
    def _unlink_unless_referenced(self):
        for field in self._restricting_fields():
            if entry := self._entry_in(field):
                raise UserError(
                    self.env._(
                        "“%(entry)s” cannot be deleted: it is used in “%(model)s”. Archive it instead.",
                        entry=entry.display_name,
                        model=self.env["ir.model"]._get(field.model_name).name,
                    )
                )

    @api.model
    def _restricting_fields(self):
        """Return the fields (list) by which records keep these from deletion, those of other addons included."""
        fields = (field for model in self.env.registry.values() if model._auto for field in model._fields.values())
        return [
            field
            for field in fields
            if field.type == "many2one" and field.comodel_name == self._name and field.ondelete == "restrict"
            if field.store and not field.company_dependent
        ]

    def _entry_in(self, field):
        """Return the first of these entries to which a record refers by ``field``; those deleted along do not count."""
        domain = Domain(field.name, "in", self.ids)
        if field.model_name == self._name:
            domain &= Domain("id", "not in", self.ids)
        # sudo: records that the user may not see keep an entry as well; nothing of them is shown
        records = self.env[field.model_name].sudo().with_context(active_test=False)
        return records.search(domain, limit=1)[field.name].sudo(False)
