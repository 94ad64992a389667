from odoo import api, fields, models


class CrmInteractionTargetTaking(models.TransientModel):
    """Dialog that shows which of today's values become targets, and why others do not, before anything is set."""

    _name = "crm.interaction.target.taking"
    _description = "Take Today's Values as Targets"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    preview = fields.Html(
        compute="_compute_preview", sanitize=False, help="Today's values and the limits that they make, e.g. ≥ 7 %."
    )
    has_limits = fields.Boolean("Something to Set", compute="_compute_preview")

    @api.depends("company_id")
    @api.depends_context("uid", "lang")
    def _compute_preview(self):
        rules = self.env["crm.interaction.target"]
        rules.check_access("write")
        for taking in self:
            found = rules._today_values(taking.company_id & self.env.companies) if taking.company_id else []
            taking.has_limits = any(limits for _rule, _value, limits, _reason in found)
            rows = [taking._row(*row) for row in found]
            taking.preview = self.env["ir.qweb"]._render("crm_outsourcing_interactions.target_taking", {"rows": rows})

    def _row(self, rule, value, limits, reason):
        """Return the texts of one target of the preview."""
        own = rule._limits()
        text = limits and rule._limits_text(own.bound, limits.get("low", 0), limits.get("high", 0))
        today = "–" if value.amount is None else rule._value_text(value.amount)
        return {"name": rule.name, "today": today, "n": value.n, "limits": text, "reason": reason}

    def action_apply(self):
        """Set the limits and open the targets."""
        self.ensure_one()
        return self.env["crm.interaction.target"].with_company(self.company_id).action_take_today_values()
