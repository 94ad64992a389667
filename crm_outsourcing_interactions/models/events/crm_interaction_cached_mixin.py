from odoo import api, models


class CrmInteractionCachedMixin(models.AbstractModel):
    """Clear Odoo's caches in all workers whenever records cached by capture change."""

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
        """Clear the caches too: translations bypass ``write``, and texts are cached."""
        res = super()._update_field_translations(field_name, translations, digest, source_lang)
        self.env.registry.clear_cache()
        return res

    def unlink(self):
        res = super().unlink()
        self.env.registry.clear_cache()
        return res

    @api.model
    def _is_cached(self, vals):
        """Return whether a field in ``vals`` (dict) is cached. Extend it to exclude fields that are written often."""
        return True
