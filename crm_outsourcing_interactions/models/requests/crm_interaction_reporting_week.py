from odoo import api, fields, models


class CrmInteractionReportingWeek(models.Model):
    """Store the company's reporting weeks, in which clients are busy: they get no letters and are not asked for
    feedback."""

    _name = "crm.interaction.reporting.week"
    _inherit = ["crm.interaction.protected.mixin"]
    _description = "Reporting Weeks"
    _order = "date_from desc, id desc"

    name = fields.Char(required=True, help="E.g. “Annual accounts” or “VAT, third quarter”.")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("To", required=True)

    _in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "The first day is after the last one. Correct one of the two dates."
    )

    @api.model
    def _of_company(self, company, since):
        """Return ``[(first day, last day), …]`` of the weeks of a company that end after a day."""
        # sudo: whoever may ask a client
        weeks = self.sudo().search_fetch([("company_id", "=", company.id), ("date_to", ">=", since)])
        return [(week.date_from, week.date_to) for week in weeks]
