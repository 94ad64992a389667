from odoo import api, models

from ...events.settled_cache import settled_cache
from .res_users import PREFERENCES

OPINIONS = ("negative", "positive")
"""Opinions of a client offered as choices of their own, in this order."""


class IrHttp(models.AbstractModel):
    """Send the list of types with the page, so that choosing one needs no request."""

    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        if self.env.user.has_group("crm_outsourcing_interactions.group_user"):
            info["interaction_types"] = self._interaction_types()
            info.update({name: self.env.user[name] for name in PREFERENCES})
            info["interaction_makes_rules"] = self.env["crm.interaction.rule"].has_access("create")
        return info

    @api.model
    @settled_cache("self.env.lang")
    def _interaction_types(self):
        """Return the selectable types, in order, as dicts (cached)."""
        # sudo: the cache must not depend on the first reader
        types = self.env["crm.interaction.type"].sudo().search([("is_group", "=", False)])
        polarity = self.env["crm.interaction"]._fields["polarity"]
        names = dict(polarity._description_selection(self.env))
        opinions = [[value, names[value]] for value in OPINIONS]
        return [
            {
                "id": type_.id,
                "code": type_.code,
                "name": type_.name,
                "short_name": type_.short_name,
                "direction": type_.direction,
                "kind": type_.kind_id.display_name,
                "color": type_.color,
                "role": type_.kind_id.ratio_role,
                "description": type_.description or "",
                "opinions": opinions if type_.role == "opinion" else [],
                "asks_feedback": type_.role == "feedback",
            }
            for type_ in types
        ]
