from odoo import api, fields, models

READERS = 5
"""Names of colleagues shown; of the others the number."""
OPEN_TO_CLIENTS = ("invited_users", "portal")
"""Visibilities of projects whose tasks people outside the firm can open, with a link for each file."""


class CrmInteractionRequestList(models.Model):
    """Determine where accepted files are kept, and who can read them there."""

    _inherit = "crm.interaction.request.list"

    files_on = fields.Selection(related="commercial_partner_id.interaction_files_on", string="Keep Accepted Files On")
    task_id = fields.Many2one(
        "project.task", ondelete="set null", index="btree_not_null", check_company=True, copy=False,
        help="Task that accepted files move to, as set for the client.",
    )  # fmt: skip
    files_readers = fields.Char("Who Can Read Accepted Files", compute="_compute_files_readers")

    def _files_record(self, item=None):
        """Return the record that the accepted files of ``item`` (one) belong to; the item itself by default.

        Files of confidential services never move: more people may open the client's form or a task. Nor do files move
        to a task that people at the client can open.
        """
        if item.service_id.is_confidential:
            return item
        if self.files_on == "task" and self.task_id and not self._is_task_open_to_clients():
            return self.task_id
        return self.commercial_partner_id if self.files_on == "client" else item

    def _is_task_open_to_clients(self):
        # sudo: the task may be out of the reader's sight
        return self.task_id.sudo().project_id.privacy_visibility in OPEN_TO_CLIENTS

    @api.depends("files_on", "task_id", "commercial_partner_id")
    @api.depends_context("lang")
    def _compute_files_readers(self):
        # sudo: names of colleagues only; the task may be out of the reader's sight
        for list_ in self.sudo():
            list_.files_readers = list_._readers()

    def _readers(self):
        if self.files_on == "client":
            return self.env._("All colleagues, on the client's form; files of confidential services remain here")
        if self.files_on != "task":
            return self.env._("Here: %s, and all managers of Client Interactions", self._names(self._people()))
        if not self.task_id:
            return self.env._("Here, until a task is selected: %s", self._names(self._people()))
        if self._is_task_open_to_clients():
            return self.env._("Here, because people outside can open the task: %s", self._names(self._people()))
        if self.task_id.project_id.privacy_visibility == "followers":
            return self.env._(
                "On the task: its followers (%s) and project administrators; files of confidential services remain "
                "here",
                self._names(self.task_id.message_partner_ids | self.task_id.project_id.message_partner_ids),
            )
        return self.env._("On the task: all colleagues who use Project; files of confidential services remain here")

    def _people(self):
        return self.commercial_partner_id._interaction_people()

    def _names(self, people):
        names = people.mapped("name")
        more = [f"+{len(names) - READERS}"] if len(names) > READERS else []
        return ", ".join([*names[:READERS], *more]) or self.env._("nobody else")
