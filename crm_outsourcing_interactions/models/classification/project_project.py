from odoo import api, fields, models

from ..events.res_company_settings import PREFETCH


class ProjectProject(models.Model):
    """Link a project to the outsourced service of its tasks; whoever has a project is a customer."""

    _inherit = "project.project"

    interaction_service_id = fields.Many2one(
        "crm.interaction.service",
        string="Outsourced Service",
        ondelete="set null",
        help="Requests on this project's tasks are about this service.",
        groups="base.group_user",
        prefetch=PREFETCH,
    )

    @api.model_create_multi
    def create(self, vals_list):
        projects = super().create(vals_list)
        # sudo: facts concern everybody, whatever the user may see
        self.env["crm.interaction.people"]._forget_customers(projects.sudo().partner_id)
        return projects

    def write(self, vals):
        """Write ``vals``; a project that changes hands makes one partner a customer and may end it for another."""
        if "partner_id" not in vals:
            return super().write(vals)
        before = self.sudo().partner_id  # sudo: as above
        res = super().write(vals)
        self.env["crm.interaction.people"]._forget_customers(before | self.sudo().partner_id)
        return res

    def unlink(self):
        """Delete projects and the rules that refer to them."""
        self.env["crm.interaction.rule"]._unlink_of("project_id", self)
        clients = self.sudo().partner_id  # sudo: as above
        res = super().unlink()
        self.env["crm.interaction.people"]._forget_customers(clients)
        return res
