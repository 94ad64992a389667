from odoo import fields, models


class ProjectProject(models.Model):
    """A project stands for the outsourced service that its tasks are about."""

    _inherit = "project.project"

    interaction_service_id = fields.Many2one(
        "crm.interaction.service",
        string="Outsourced Service",
        ondelete="set null",
        help="Requests on this project's tasks are about this service.",
    )

    def unlink(self):
        """Rules for one project go with it."""
        self.env["crm.interaction.rule"]._unlink_of("project_id", self)
        return super().unlink()
