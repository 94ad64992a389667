from collections.abc import Collection

from odoo import api, models
from odoo.fields import Domain


def divisions(text, separator):
    """Return the ``(before, after)`` pairs for each occurrence of ``separator`` in ``text``.

    >>> divisions("Share · Large · Vector", " · ")
    [('Share', 'Large · Vector'), ('Share · Large', 'Vector')]
    >>> divisions("Vector", " · ")
    []
    """
    parts = text.split(separator)
    return [(separator.join(parts[:n]), separator.join(parts[n:])) for n in range(1, len(parts))]


class CrmInteractionNamedMixin(models.AbstractModel):
    """Find records by a display name composed of several fields, e.g. on import of an export.

    A model that composes its display name implements the search::

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
        """Return the domain of the records with the display name ``name`` (str).

        :param operator: ``=`` or a variant of ``like``, applied to the last part of the name.
        """
        return Domain.FALSE
