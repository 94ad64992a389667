from collections.abc import Collection

from odoo import api, models
from odoo.fields import Domain


def divisions(text, separator):
    """Return all pairs of what stands before and after one of the ``separator`` in ``text``.

    >>> divisions("Share · Large · Vector", " · ")
    [('Share', 'Large · Vector'), ('Share · Large', 'Vector')]
    >>> divisions("Vector", " · ")
    []
    """
    parts = text.split(separator)
    return [(separator.join(parts[:n]), separator.join(parts[n:])) for n in range(1, len(parts))]


class CrmInteractionNamedMixin(models.AbstractModel):
    """Records whose display name is made of several fields are found by the whole of it, as an export holds it.

    A model that composes its display name says how to find it::

        def _named(self, name, operator):
            return Domain.OR(
                Domain("code", "=", code) & Domain("name", operator, rest) for code, rest in divisions(name, " ")
            )
    """

    _name = "crm.interaction.named.mixin"
    _description = "Found by Display Name"

    @api.model
    def _search_display_name(self, operator, value):
        domain = Domain(super()._search_display_name(operator, value))
        is_negative = operator in Domain.NEGATIVE_OPERATORS
        compared = "=" if "like" not in operator else operator.removeprefix("not ")
        values = value if isinstance(value, Collection) and not isinstance(value, str) else [value]
        named = Domain.OR(self._named(name, compared) for name in values if isinstance(name, str))
        return domain & ~named if is_negative else domain | named

    @api.model
    def _named(self, name, operator):
        """Return the domain of the records with the display name ``name`` (str); its last part is compared by
        ``operator``: ``=``, or one of those of *like*."""
        return Domain.FALSE
