from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..models.events.groups import MANAGER


class CrmInteractionRecipients(models.TransientModel):
    """Choose who receives the monthly summary report; the setting itself is for administrators only."""

    _name = "crm.interaction.recipients"
    _description = "Recipients of the Monthly Summary Report"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Recipients",
        default=lambda self: self._default_users(),
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Colleagues who receive last month's summary report by mail, e.g. the partners of the firm.",
    )

    @api.model
    def _default_users(self):
        # sudo: managers need no rights on companies
        return self.env.company.sudo().interaction_summary_report_user_ids.sudo(False)

    def action_apply(self):
        """Store the recipients.

        :raises AccessError: when the user is no manager, or works in another company.
        """
        self.ensure_one()
        if not self.env.user.has_group(MANAGER) or self.company_id not in self.env.companies:
            raise AccessError(self.env._("Only managers of the company choose who receives the monthly report."))
        # sudo: managers need no rights on companies, which recipients may have more of
        staff = self.user_ids.sudo().filtered(lambda user: not user.share and self.company_id in user.company_ids)
        self.company_id.sudo().interaction_summary_report_user_ids = staff
        return {"type": "ir.actions.act_window_close"}
