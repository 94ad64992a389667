from odoo import api, models

DELIVERED = "1_done"


class ProjectTask(models.Model):
    _inherit = "project.task"

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        if self.env.user._is_portal() and not self.env.su:
            self.env["crm.interaction.capture"]._documents("task_requested", tasks)
        return tasks

    def write(self, vals):
        delivered = self.browse()
        if vals.get("state") == DELIVERED:
            delivered = self.filtered(lambda t: t.state != DELIVERED and not t.parent_id and not t.is_template)
        res = super().write(vals)
        self.env["crm.interaction.capture"]._documents("task_delivered", delivered)
        return res
