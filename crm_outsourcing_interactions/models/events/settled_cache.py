"""A cache of what is committed: for settings and rules that are asked for with every contact."""

from odoo import api, models, tools

OWN = "interaction_settled_cache"


class settled_cache(tools.ormcache):
    """Like ``tools.ormcache``, which keeps for all transactions of the worker what one of them has read, though it may
    be undone later. While a transaction has changed something cached, what it reads is kept for itself alone::

        @settled_cache("self.id")
        def _settings(self): ...

    Its own values are gone when it rolls back, to a savepoint as well, or empties the caches once more.
    """

    def lookup(self, *args, **kwargs):
        """Return the value for these arguments, the first one being the model."""
        model = args[0]
        if self.cache_name not in model.pool.cache_invalidated:
            return super().lookup(*args, **kwargs)
        own, key = own_values(model.env), self.key(*args, **kwargs)
        if key not in own:
            own[key] = self.method(*args, **kwargs)
        return own[key]


def own_values(env):
    """Return what the transaction keeps for itself, a dict; a new one when the caches were emptied meanwhile."""
    generation = env["crm.interaction.generation"]._current()
    since, own = env.cr.cache.get(OWN, (None, None))
    if since is not generation:
        own = {}
        env.cr.cache[OWN] = generation, own
    return own


class CrmInteractionGeneration(models.AbstractModel):
    """Tells whether the worker's caches were emptied since, by whomever."""

    _name = "crm.interaction.generation"
    _description = "Generation of the Caches"

    @api.model
    @tools.ormcache()
    def _current(self):
        """Return an object that stays the same until the caches are emptied."""
        return object()
