from odoo import api, models


class MailThread(models.AbstractModel):
    """Move the interactions of documents that get a customer or another customer."""

    _inherit = "mail.thread"

    @api.model
    def _interaction_customer_fields(self):
        """Return the fields (set of str) by which a document gets its customer; extend it where others set it."""
        return {"partner_id"}

    def write(self, vals):
        if self._interaction_customer_fields().isdisjoint(vals) or "partner_id" not in self._fields:
            return super().write(vals)
        before = {record: record.partner_id for record in self.sudo()}
        res = super().write(vals)
        self.env["crm.interaction"]._follow_changed_customers(before)
        return res


class ProjectTask(models.Model):
    """Handle tasks, which also get the customer of their project or parent."""

    _inherit = "project.task"

    @api.model
    def _interaction_customer_fields(self):
        return super()._interaction_customer_fields() | {"project_id", "parent_id"}
