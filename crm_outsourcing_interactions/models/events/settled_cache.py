"""Cache committed values: settings and rules that every interaction needs."""

from odoo import api, models, tools

OWN = "interaction_settled_cache"


class settled_cache(tools.ormcache):
    """Extend ``tools.ormcache``, which shares values read by one transaction even if they are rolled back later.

    Once a transaction has changed cached records, the values that it reads are cached for this transaction only::

        @settled_cache("self.id")
        def _settings(self): ...

    These values are discarded on a rollback, also to a savepoint, and when the caches are cleared again.
    """

    def lookup(self, *args, **kwargs):
        """Return the value for these arguments, of which the first is the model."""
        model = args[0]
        if self.cache_name not in model.pool.cache_invalidated:
            return super().lookup(*args, **kwargs)
        own, key = own_values(model.env), self.key(*args, **kwargs)
        if key not in own:
            own[key] = self.method(*args, **kwargs)
        return own[key]


def own_values(env):
    """Return the transaction's own cache (dict), a new one if the caches were cleared meanwhile."""
    generation = env["crm.interaction.generation"]._current()
    since, own = env.cr.cache.get(OWN, (None, None))
    if since is not generation:
        own = {}
        env.cr.cache[OWN] = generation, own
    return own


class CrmInteractionGeneration(models.AbstractModel):
    """Detect whether the worker's caches have been cleared, in whichever transaction."""

    _name = "crm.interaction.generation"
    _description = "Generation of the Caches"

    @api.model
    @tools.ormcache()
    def _current(self):
        """Return an object that stays identical until the caches are cleared."""
        return object()
