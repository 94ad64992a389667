from odoo import fields, models


class ProjectProject(models.Model):
    """Link a project to the outsourced service of its tasks."""

    _inherit = "project.project"

    interaction_service_id = fields.Many2one(
        "crm.interaction.service",
        string="Outsourced Service",
        ondelete="set null",
        help="Requests on this project's tasks are about this service.",
    )

    def unlink(self):
        """Delete projects and the rules that refer to them."""
        self.env["crm.interaction.rule"]._unlink_of("project_id", self)
        return super().unlink()
