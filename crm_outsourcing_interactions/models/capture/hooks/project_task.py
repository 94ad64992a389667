import logging

from odoo import api, models

_logger = logging.getLogger(__name__)

DELIVERED = "1_done"
CANCELLED = "1_canceled"


class ProjectTask(models.Model):
    """Capture tasks created by clients, and delivered tasks."""

    _inherit = "project.task"

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        capture = self.env["crm.interaction.capture"]
        if capture._is_by_client():  # in sudo mode it is a consequence, e.g. of an order
            capture._requests(tasks, "task_requested")
        return tasks

    def write(self, vals):
        undelivered = self.browse()
        if {"state", "stage_id"} & vals.keys():
            undelivered = self._interaction_undelivered()
        res = super().write(vals)
        self.env["crm.interaction.capture"]._delivered(undelivered)
        return res

    def _interaction_undelivered(self):
        """Return the tasks not delivered yet; after a fault all of them, as capture then records the fault again."""
        try:
            return self.filtered(lambda task: not task._interaction_is_delivered())
        except Exception:
            _logger.warning("Could not see which tasks were delivered before", exc_info=True)
            return self

    def _interaction_is_delivered(self):
        """Return whether the task is delivered: done, or in a folded stage if the company's settings include that."""
        task = self.sudo()  # a portal user may close a task without access to all fields
        if task.parent_id or task.is_template:
            return False
        by_stage = (task.company_id or self.env.company)._interaction_settings()[
            "interaction_task_delivered_by"
        ] == "stage"
        return task.state == DELIVERED or (by_stage and task.stage_id.fold and task.state != CANCELLED)
