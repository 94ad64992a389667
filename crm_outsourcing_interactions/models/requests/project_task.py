from odoo import api, models


class ProjectTask(models.Model):
    """Return the accepted files of clients to their items before their task is deleted."""

    _inherit = "project.task"

    @api.ondelete(at_uninstall=False)
    def _unlink_and_return_files(self):
        # sudo: who may delete tasks may lack access to the items
        files = self.env["ir.attachment"].sudo().search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        for item in self.env["crm.interaction.matter.item"].sudo().search([("attachment_ids", "in", files.ids)]):
            item._move_files(item)
