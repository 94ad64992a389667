from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, plaintext2html

from ..requests.crm_interaction_request_list_files import OPEN_TO_CLIENTS

ACTS = [
    ("activity", "Plan an Activity"),
    ("task", "Create a Task"),
    ("offer", "Draft an Offer"),
    ("portal", "Send the Portal Invitation"),
]
NEEDED = {"task": "project.task", "offer": "crm.lead", "portal": "portal.wizard"}
"""Model of which an act creates a record with the rights of the user."""


class CrmInteractionCorrectiveAction(models.Model):
    """Carry a corrective action out, as configured, with the rights of whoever takes it."""

    _inherit = "crm.interaction.corrective.action"

    act = fields.Selection(
        ACTS,
        "What Act Does",
        required=True,
        default="activity",
        help="E.g. “Create a Task” with the name and the instructions of the corrective action.",
    )
    days = fields.Integer("Due In (Days)", default=7, help="Deadline of the activity or task, e.g. 7.")
    activity_type_id = fields.Many2one("mail.activity.type", ondelete="set null", help="Empty: a to-do.")
    template_id = fields.Many2one(
        "project.task",
        "Task Template",
        ondelete="set null",
        index="btree_not_null",
        domain=[("is_template", "=", True)],
        help="It is copied with its subtasks, within its project. Empty: a task with the instructions, in a project of "
        "the client that the client does not see, or else a private to-do.",
    )

    _days_ahead = models.Constraint("CHECK (days BETWEEN 0 AND 365)", "Enter a deadline of 0 to 365 days.")

    def _may_act(self):
        """Return whether the user may do what one corrective action does."""
        return self.act not in NEEDED or self.env[NEEDED[self.act]].has_access("create")

    def _effect_text(self, indicator):
        """Return what the button *Act* will do, as a sentence."""
        deadline = format_date(self.env, self._deadline(indicator))
        return {
            "activity": self.env._("Plans an activity for you, due on %s.", deadline),
            "task": self.env._("Creates a task for you, due on %s.", deadline),
            "offer": self.env._("Drafts an opportunity of the client, assigned to you."),
            "portal": self.env._("Opens the invitation of the client's contacts to the portal."),
        }.get(self.act, "")

    def _act_on(self, indicator):
        """Do what this corrective action does for an indicator; return the document where it is to be found.

        :raises AccessError: when the user may not create such a document.
        :raises UserError: when it needs a client and the indicator is of the whole firm.
        """
        self.ensure_one().check_access("read")
        if self.act != "activity" and not indicator.partner_id:
            raise UserError(self.env._("“%s” is taken for a client. Open the indicator of one.", self.name))
        return getattr(self, f"_act_{self.act}")(indicator)

    def _deadline(self, indicator):
        return indicator.company_id._interaction_today() + timedelta(days=self.days)

    def _act_activity(self, indicator):
        document = indicator._breach_document()
        # sudo: users of the addon need not be allowed to edit the contacts whose indicators they read
        document.sudo().activity_schedule(
            activity_type_id=(self.activity_type_id or self.env.ref("mail.mail_activity_data_todo")).id,
            date_deadline=self._deadline(indicator),
            summary=self.name,
            note=self.description and plaintext2html(self.description),
            user_id=self.env.uid,
        )
        return document

    def _act_task(self, indicator):
        values = self._prepare_task(indicator)
        tasks = self.env["project.task"]
        if template := self.template_id:
            return tasks.browse(template.action_create_from_template(values))
        return tasks.create(values)

    def _prepare_task(self, indicator):
        """Return the values of the task. Extend it to fill in more.

        The instructions are internal: the client does not read them in a project that it sees on the portal.
        """
        values = {
            "name": f"{self.template_id.name or self.name} · {indicator.partner_id.name}",
            "user_ids": [fields.Command.set([self.env.uid])],
            "date_deadline": self._deadline(indicator),
        }
        if self.template_id:
            return values
        project = self._project_of(indicator)
        return {
            **values,
            "description": self.description and plaintext2html(self.description),
            **({"project_id": project.id} if project else {}),
        }

    def _project_of(self, indicator):
        """Return a project of the client that the client does not see; empty without one."""
        projects = self.env["project.project"]
        domain = [
            ("partner_id", "child_of", indicator.partner_id.ids),
            ("company_id", "in", [False, indicator.company_id.id]),
            ("privacy_visibility", "not in", OPEN_TO_CLIENTS),
        ]
        return projects.search(domain, limit=1) if projects.has_access("read") else projects

    def _act_offer(self, indicator):
        return self.env["crm.lead"].create(self._prepare_offer(indicator))

    def _prepare_offer(self, indicator):
        """Return the values of the opportunity. Extend it to fill in more."""
        return {
            "name": f"{self.name} · {indicator.partner_id.name}",
            "type": "opportunity",
            "partner_id": indicator.partner_id.id,
            "description": self.description and plaintext2html(self.description),
            "user_id": self.env.uid,
            "company_id": indicator.company_id.id,
        }

    def _act_portal(self, indicator):
        self.env["portal.wizard"].check_access("create")
        return indicator.partner_id
