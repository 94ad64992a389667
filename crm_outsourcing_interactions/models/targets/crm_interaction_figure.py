from odoo import models
from odoo.exceptions import UserError

from ..events.keys import is_id
from . import targets
from .crm_interaction_target import MEASURES

IDS = ("company_id", "kind_id", "type_id")


class CrmInteractionFigureMixin(models.AbstractModel):
    """Set a client's target from the list behind a figure, whose context names the figure."""

    _name = "crm.interaction.figure.mixin"
    _description = "Figure of a Client"

    def action_set_client_target(self):
        """Open the client's own target of the figure in the context, or a new one over the figure's period. ::

            interactions.with_context(
                interaction_figure={"client_id": 7, "measure": "kind_share", "kind_id": 1, "months": 3}
            ).action_set_client_target()

        :raises AccessError: when the user may not set targets.
        :raises UserError: when the context names no figure of a client.
        """
        rules = self.env["crm.interaction.target"]
        rules.check_access("create")
        figure = self.env.context.get("interaction_figure")
        if not is_figure(figure):
            raise UserError(self.env._("Open the list from a figure of one client to set its target."))
        values = {"partner_id": figure["client_id"], "measure": figure["measure"], "company_id": self.env.company.id}
        values |= {name: figure[name] for name in IDS if figure.get(name)}
        if figure.get("months"):
            values["window_months"] = min(figure["months"], targets.MONTHS_AT_MOST)
        return rules._action_set_client(values)


class CrmInteraction(models.Model):
    """Set a client's target from the interactions behind a figure."""

    _name = "crm.interaction"
    _inherit = ["crm.interaction", "crm.interaction.figure.mixin"]


class CrmInteractionMatter(models.Model):
    """Set a client's target from the matters behind an answer time."""

    _name = "crm.interaction.matter"
    _inherit = ["crm.interaction.matter", "crm.interaction.figure.mixin"]


def is_figure(figure):
    """Return whether ``figure`` names a client, a measure, and perhaps company, kind, type and a number of months.

    >>> figure = {"client_id": 7, "measure": "open_share"}
    >>> is_figure(figure), is_figure({**figure, "months": 3}), is_figure({**figure, "months": "3"}), is_figure(None)
    (True, True, False, False)
    """
    return (
        isinstance(figure, dict)
        and is_id(figure.get("client_id"))
        and figure.get("measure") in dict(MEASURES)
        and all(not figure.get(name) or is_id(figure[name]) for name in (*IDS, "months"))
    )
