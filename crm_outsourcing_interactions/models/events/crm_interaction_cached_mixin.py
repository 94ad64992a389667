from odoo import api, models


class CrmInteractionCachedMixin(models.AbstractModel):
    """What capture keeps in Odoo's caches: who changes it empties them, for all workers."""

    _name = "crm.interaction.cached.mixin"
    _description = "Cached by Client Interactions"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        res = super().write(vals)
        if self._is_cached(vals):
            self.env.registry.clear_cache()
        return res

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        """Translations are written past ``write``; texts are kept as well."""
        res = super()._update_field_translations(field_name, translations, digest, source_lang)
        self.env.registry.clear_cache()
        return res

    def unlink(self):
        res = super().unlink()
        self.env.registry.clear_cache()
        return res

    @api.model
    def _is_cached(self, vals):
        """Say whether one of the fields in ``vals`` (dict) is kept; extend it where others are written often."""
        return True
