from odoo import api, fields, models
from odoo.exceptions import UserError

from ..events.keys import is_id
from ..events.plurals import plural
from . import targets
from .target_values import Value

CELLS_AT_MOST = 1000
"""Number of cells of a pivot that are evaluated in one call; more have no colours."""
CELL_MEASURES = ("kind_share", *targets.RATIOS)


class CrmInteractionTarget(models.Model):
    """Evaluate the cells of a pivot of shares, by the same rules as indicators."""

    _inherit = "crm.interaction.target"

    @api.model
    @api.readonly
    def cell_verdicts(self, client_id, cells):
        """Return a verdict for each cell of a pivot of shares by month. ::

            verdicts(False, [{"measure": "improvement_ratio", "kind_id": False, "month": "2026-10-01",
                              "n": 163, "amount": 0.061, "low": 0.051, "high": 0.095}])

        :param client_id: the client whose interactions are in the cells, ``False`` for all clients.
        :param cells: amount and bounds are fractions; ``n`` is the size of the sample, ``kind_id`` that of a share.
        :return: for each cell ``{"zone": str, "text": str}``, or ``False`` without a target.
        :raises AccessError: when the user may not read targets.
        :raises UserError: when a cell is malformed.
        """
        self.browse().check_access("read")
        if len(self.env.companies) > 1 or not cells or len(cells) > CELLS_AT_MOST:
            return [False] * len(cells)  # a target is that of one company
        if not (is_id(client_id) or client_id is False) or not all(map(is_cell, cells)):
            raise UserError(self.env._("The figures to compare with targets are incomplete. Reload the page."))
        domain = [
            ("company_id", "=", self.env.company.id),
            ("measure", "in", CELL_MEASURES),
            ("partner_id", "in", [False, client_id]),
        ]
        # an own target of the client goes before the firm's
        rules = self.search(domain).sorted(lambda rule: not rule.partner_id)
        return [rules._cell_verdict(cell) for cell in cells]

    def _cell_verdict(self, cell):
        month = fields.Date.to_date(cell["month"])
        for rule in self:
            is_same = rule.measure == cell["measure"] and rule.kind_id.id == cell["kind_id"]
            if is_same and targets.is_valid(month, rule.date_from, rule.date_to):
                value = Value(*(cell[name] for name in ("amount", "n", "low", "high")))
                zone = targets.zone_of_range(value, rule._limits(), cell["n"], rule.minimum_sample)
                return {"zone": zone, "text": rule._cell_text(zone)}
        return False

    def _cell_text(self, zone):
        """Return the verdict with the agreed limits, e.g. *Off Target · agreed: 6 % – 10 %, over 3 months*."""
        verdicts = dict(self.env["crm.interaction.indicator"]._fields["zone"]._description_selection(self.env))
        period = plural(self.env, self.env._("over %(n)s month|over %(n)s months"), self.window_months)
        agreed = self.env._("agreed: %(limits)s, %(period)s", limits=self.limits, period=period)
        return f"{verdicts[zone]} · {agreed}"


def is_cell(cell):
    """Return whether ``cell`` has what an evaluation needs.

    >>> cell = {"measure": "kind_share", "kind_id": 1, "month": "2026-10-01", "n": 4}
    >>> cell |= {"amount": 0.5, "low": 0, "high": 1}
    >>> is_cell(cell), is_cell({**cell, "low": None}), is_cell({**cell, "month": "October"}), is_cell("x")
    (True, False, False, False)
    """
    if not isinstance(cell, dict) or cell.get("measure") not in CELL_MEASURES:
        return False
    numbers = [cell.get(name) for name in ("n", "amount", "low", "high")]
    try:
        month = fields.Date.to_date(cell.get("month"))
    except (TypeError, ValueError):
        return False
    kind_id = cell.get("kind_id")
    return bool(month) and (kind_id is False or is_id(kind_id)) and all(type(n) in (int, float) for n in numbers)
